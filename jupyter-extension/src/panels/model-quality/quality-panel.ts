import type { ModelQualityReport, Violation } from 'driftline';
import type { PanelContext } from '../../widgets/panel-context.js';
import { section } from '../../widgets/section.js';
import { coveragePanel } from './coverage-panel.js';
import { estimatePanel } from './estimate-panel.js';
import { metricsPanel } from './metrics-panel.js';
import { predictionsPanel } from './predictions-panel.js';
import { segmentsPanel } from './segments-panel.js';

export interface QualityPanel {
  readonly sections: readonly HTMLElement[];
  /** Shows a metric, and takes the reader to it. */
  goTo(metric: string): void;
}

/** The part of a report that is about model quality. */
export function qualityPanel(
  quality: ModelQualityReport,
  violations: readonly Violation[],
  context: PanelContext,
): QualityPanel {
  const { trans } = context;
  const metrics = metricsPanel(quality, violations, context);
  const predictions = predictionsPanel(quality, context);
  const labels = coveragePanel(quality, context);
  const searched = quality.coverage.labelled > 0 || quality.segments.length > 0;
  return {
    sections: [
      section(trans.__('Labels'), ...labels),
      section(trans.__('Metrics'), ...metrics.nodes),
      predictions && section(trans.__('Predictions against labels'), predictions),
      searched && section(trans.__('Segments'), segmentsPanel(quality, context)),
      quality.estimate &&
        section(trans.__('Estimated without labels'), ...estimatePanel(quality.estimate, quality, context)),
    ].filter((part) => part instanceof HTMLElement),
    goTo: metrics.goTo,
  };
}
