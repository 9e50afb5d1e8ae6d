import type { Report, Violation } from 'driftline';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { statusIcon } from '../widgets/status-mark.js';
import { driftPanel } from './drift-panel.js';
import { featuresPanel } from './features-panel.js';
import { biasPanel, noBiasLabels } from './model-bias/bias-panel.js';
import { noLabels, qualityPanel } from './model-quality/quality-panel.js';
import { mappingPanel, notesPanel, quarantinePanel } from './reading-panels.js';
import { summaryPanel } from './summary-panel.js';
import { violationsPanel } from './violations-panel.js';

/** The whole report, from the sentence at the top to the notes at the end. */
export function reportPanel(report: Report, context: PanelContext): HTMLElement {
  const { trans } = context;
  const { violations, features, current, mapping, modelQuality, modelBias } = report;
  const list = features.length > 0 ? featuresPanel(report, context) : undefined;
  const quality = modelQuality && qualityPanel(modelQuality, violations, context);
  const bias = modelBias && biasPanel({ ...report, modelBias }, context);
  const goTo = (name: string): void => {
    list?.goTo(name);
    quality?.goTo(name);
  };
  const goToViolation = ({ feature, facet }: Violation): void => {
    if (facet === undefined) goTo(feature);
    else bias?.goTo(facet, feature);
  };
  const drift = driftPanel(report, context, goTo);
  const coverage = modelQuality?.coverage ?? modelBias?.coverage;
  const captured = (coverage?.predictions ?? 0) > 0;
  const unlabelled = captured && coverage?.labelled === 0;
  return element(
    'article',
    { class: 'driftline-report', 'aria-label': report.title },
    summaryPanel(report, context),
    report.status === 'no-data' && !captured && emptyWindow(context),
    unlabelled && (modelQuality ? noLabels(modelQuality, context) : noBiasLabels(context)),
    violations.length > 0 && section(trans.__('Violations'), violationsPanel(report, context, goToViolation)),
    ...(quality?.sections ?? []),
    ...(bias?.sections ?? []),
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
