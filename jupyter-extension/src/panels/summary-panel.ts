import type { Report } from 'driftline';
import { formatBytes, formatCount } from '../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../format/time-format.js';
import { copyCodeButton } from '../widgets/copy-code-button.js';
import { element } from '../widgets/element.js';
import { fact } from '../widgets/fact.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';
import type { ReportProject } from './report-project.js';

/** Title, status in words, the one sentence, and the facts that a reader checks first. */
export function summaryPanel(
  report: Report,
  { trans, path }: PanelContext,
  project?: Promise<ReportProject | undefined>,
): HTMLElement {
  const decided = element('span', {});
  void project?.then((found) => {
    if (found === undefined) return;
    const draw = (): void => decided.replaceChildren(...decidedMark(report, found, trans));
    draw();
    found.watch(draw);
  });
  const copyCode = copyCodeButton(async ({ reportCode }, root) => {
    const found = await project;
    return reportCode(report, {
      ...(path !== undefined && { file: { path, root } }),
      ...(found && { project: { path: found.path, root } }),
    });
  }, trans);
  return element(
    'header',
    { class: 'driftline-summary' },
    element(
      'div',
      { class: 'driftline-title' },
      element('h2', {}, report.title),
      status(report, trans),
      decided,
      copyCode,
    ),
    element('p', { class: 'driftline-headline' }, report.headline),
    element('dl', { class: 'driftline-facts' }, ...facts(report, trans)),
  );
}

function status({ status: kind, violations, rule }: Report, trans: PanelContext['trans']): HTMLElement {
  if (kind === 'no-data') return statusMark('quiet', trans.__('No data'));
  if (kind === 'ok') return statusMark('ok', trans.__('No violations'));
  const count = violations.filter(({ rules }) => rules.includes(rule)).length;
  return statusMark('violated', trans._n('1 violation', '%1 violations', count));
}

/** How many of the violations people have accepted or muted. */
function decidedMark(
  { violations, rule }: Report,
  { stateOf }: ReportProject,
  trans: PanelContext['trans'],
): readonly HTMLElement[] {
  const states = violations.filter(({ rules }) => rules.includes(rule)).map(stateOf);
  const accepted = states.filter((state) => state.accepted !== undefined).length;
  const muted = states.filter((state) => state.accepted === undefined && state.muted !== undefined).length;
  const words = [
    ...(accepted > 0 ? [trans._n('1 of them accepted as normal', '%1 of them accepted as normal', accepted)] : []),
    ...(muted > 0 ? [trans._n('1 of them muted', '%1 of them muted', muted)] : []),
  ];
  return words.length > 0 ? [statusMark('quiet', words.join(', '))] : [];
}

function facts(report: Report, trans: PanelContext['trans']): HTMLElement[] {
  const { baseline, current, window, hours } = report;
  const read = current.read;
  const emptyHours = hours.filter(({ rows }) => rows === 0).length;
  const gap =
    emptyHours > 0 && emptyHours < hours.length && trans._n('1 hour without rows', '%1 hours without rows', emptyHours);
  const rules = { significant: trans.__('significant'), threshold: trans.__('threshold') };
  return [
    window && fact(trans.__('Window'), formatWindow(window), gap),
    fact(
      trans.__('Current'),
      trans._n('1 row', '%1 rows', current.rows).replace(String(current.rows), formatCount(current.rows)),
      read && read.files > 0 && `${trans._n('1 file', '%1 files', read.files)}, ${formatBytes(read.bytes)}`,
    ),
    baseline.rows === 0 && (report.modelBias ?? report.modelExplainability)
      ? fact(trans.__('Baseline'), trans.__('rows not known'))
      : fact(
          trans.__('Baseline'),
          trans._n('1 row', '%1 rows', baseline.rows).replace(String(baseline.rows), formatCount(baseline.rows)),
          trans._n('1 column', '%1 columns', baseline.columns),
        ),
    read &&
      fact(
        trans.__('Quarantined'),
        trans._n('1 line', '%1 lines', read.quarantined),
        read.dropped > 0 && trans._n('1 dropped by the hook', '%1 dropped by the hook', read.dropped),
      ),
    fact(trans.__('Rule'), rules[report.rule] ?? report.rule, report.ruleSource),
    report.endpoint !== undefined && fact(trans.__('Endpoint'), report.endpoint),
    report.status === 'no-data' &&
      report.newestCapture !== undefined &&
      fact(trans.__('Newest capture'), formatTimeAndZone(report.newestCapture)),
  ].filter((node) => node instanceof HTMLElement);
}
