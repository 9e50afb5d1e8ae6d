import type { Report } from 'driftline';
import { type Child, element, uniqueId } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusIcon } from '../widgets/status-mark.js';
import { driftPanel } from './drift-panel.js';
import { featuresPanel } from './features-panel.js';
import { mappingPanel, notesPanel, quarantinePanel } from './reading-panels.js';
import { summaryPanel } from './summary-panel.js';
import { violationsPanel } from './violations-panel.js';

/** The whole report, from the sentence at the top to the notes at the end. */
export function reportPanel(report: Report, context: PanelContext): HTMLElement {
  const { trans } = context;
  const { violations, features, current, mapping } = report;
  const list = features.length > 0 ? featuresPanel(report, context) : undefined;
  const goTo = (name: string): void => list?.goTo(name);
  const drift = driftPanel(report, context, goTo);
  return element(
    'article',
    { class: 'driftline-report', 'aria-label': report.title },
    summaryPanel(report, context),
    report.status === 'no-data' && emptyWindow(context),
    violations.length > 0 && section(trans.__('Violations'), violationsPanel(report, context, goTo)),
    drift && section(trans.__('Drift'), drift),
    list && section(trans.__('Features'), list.node),
    quarantinePanel(current.read, context),
    mappingPanel(mapping, context),
    notesPanel(report, context),
  );
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  const id = uniqueId('section');
  return element('section', { 'aria-labelledby': id }, element('h3', { id }, title), ...children);
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
