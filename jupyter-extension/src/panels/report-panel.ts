import type { Report, Violation } from 'driftline';
import { element } from '../widgets/element.js';
import type { LatePart } from '../widgets/late-parts.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { statusIcon } from '../widgets/status-mark.js';
import { driftPanel } from './drift-panel.js';
import { featuresPanel } from './features-panel.js';
import { noBiasLabels, noLabels } from './label-notices.js';
import { mappingPanel, notesPanel, quarantinePanel } from './reading-panels.js';
import type { ReportProject } from './report-project.js';
import { summaryPanel } from './summary-panel.js';
import { violationsPanel } from './violations-panel.js';

/**
 * The whole report, from the sentence at the top to the notes at the end.
 *
 * @param project - the project that it belongs to, once that is found; its violations then say what people decided about
 * them, and lead to their views.
 */
export function reportPanel(
  report: Report,
  context: PanelContext,
  project?: Promise<ReportProject | undefined>,
): HTMLElement {
  const { trans } = context;
  const { violations, features, current, mapping, modelQuality, modelBias } = report;
  const list = features.length > 0 ? featuresPanel(report, context) : undefined;
  const monitored = monitoredPart(report, context);
  const goTo = (name: string): void => {
    list?.goTo(name);
  };
  const goToViolation = (violation: Violation): void => {
    if (monitored === undefined) goTo(violation.feature);
    else monitored.use((panel) => panel.goTo(violation));
  };
  const drift = driftPanel(report, context, goTo);
  const coverage = modelQuality?.coverage ?? modelBias?.coverage;
  const captured = (coverage?.predictions ?? 0) > 0;
  const unlabelled = captured && coverage?.labelled === 0;
  return element(
    'article',
    { class: 'driftline-report', 'aria-label': report.title },
    summaryPanel(report, context, project),
    report.status === 'no-data' && !captured && emptyWindow(context),
    unlabelled && (modelQuality ? noLabels(modelQuality, context) : noBiasLabels(context)),
    violations.length > 0 && section(trans.__('Violations'), violationsPanel(report, context, goToViolation, project)),
    monitored?.node,
    drift && section(trans.__('Drift'), drift),
    list && section(trans.__('Features'), list.node),
    quarantinePanel(current.read, context),
    mappingPanel(mapping, context),
    notesPanel(report, context),
  );
}

function emptyWindow({ trans }: PanelContext): HTMLElement {
  return element(
    'div',
    { class: 'driftline-empty' },
    statusIcon('quiet'),
    element(
      'div',
      {},
      element('p', {}, trans.__('Nothing was captured in this window, so nothing could be compared.')),
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__(
          'Choose a window that ends after the newest capture, or look whether data capture is on for this endpoint.',
        ),
      ),
    ),
  );
}

/** What the checks of model quality, bias and attribution add to a report: code that is fetched when there is such a check. */
interface MonitoredPanel {
  readonly sections: readonly HTMLElement[];
  readonly goTo: (violation: Violation) => void;
}

function monitoredPart(report: Report, context: PanelContext): LatePart<MonitoredPanel> | undefined {
  const { trans, parts } = context;
  const { modelQuality, modelBias, modelExplainability, violations } = report;
  const nodes = ({ sections }: MonitoredPanel): readonly HTMLElement[] => sections;
  if (modelQuality !== undefined) {
    return parts.add({
      title: trans.__('model quality'),
      load: () => import(/* webpackChunkName: "model-quality" */ './model-quality/quality-panel.js'),
      make: ({ qualityPanel }): MonitoredPanel => {
        const { sections, goTo } = qualityPanel(modelQuality, violations, context);
        return { sections, goTo: ({ feature }) => goTo(feature) };
      },
      nodes,
    });
  }
  if (modelBias !== undefined) {
    return parts.add({
      title: trans.__('bias'),
      load: () => import(/* webpackChunkName: "model-bias" */ './model-bias/bias-panel.js'),
      make: ({ biasPanel }): MonitoredPanel => {
        const { sections, goTo } = biasPanel({ ...report, modelBias }, context);
        return { sections, goTo: ({ facet, feature }) => facet && goTo(facet, feature) };
      },
      nodes,
    });
  }
  if (modelExplainability === undefined) return undefined;
  return parts.add({
    title: trans.__('feature attribution'),
    load: () => import(/* webpackChunkName: "model-explainability" */ './model-explainability/explainability-panel.js'),
    make: ({ explainabilityPanel }): MonitoredPanel => {
      const { sections, goTo } = explainabilityPanel(modelExplainability, context);
      return { sections, goTo: ({ label }) => goTo(label) };
    },
    nodes,
  });
}
