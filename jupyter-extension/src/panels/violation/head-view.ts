import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ExecutionRecord, MonitorType, Report, Violation } from 'driftline';
import { formatCount, noValue } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import { commandIds } from '../../tokens.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { statusMark } from '../../widgets/status-mark.js';
import { tabOfType } from '../dashboard/dashboard-args.js';
import { checkWords } from '../feature-state.js';
import { type ViolationSubject, violationSubjects } from '../violation-subject.js';
import type { FoundViolation } from './find-violation.js';
import { measuredSentence } from './measured-sentence.js';
import type { ViolationContext } from './violation-context.js';

/** What was found, against what, since when, and where to go from here. */
export function headView(found: FoundViolation, notebook: HTMLElement, context: ViolationContext): HTMLElement {
  const { report, violation, monitor } = found;
  const { trans } = context;
  const subject = violationSubjects(report)(violation);
  const words = checkWords(violation.check, trans);
  return element(
    'header',
    { class: 'driftline-summary' },
    element(
      'div',
      { class: 'driftline-title' },
      element('h2', {}, subject.title),
      violation.rules.includes(report.rule)
        ? statusMark('violated', words)
        : statusMark('drifting', trans.__('%1 (%2 rule only)', words, violation.rules.join(', '))),
    ),
    element(
      'p',
      { class: 'driftline-muted' },
      subject.more !== undefined && `${subject.more} · `,
      report.window === undefined ? monitor : trans.__('%1, %2', monitor, formatWindow(report.window)),
    ),
    element('p', { class: 'driftline-headline' }, measuredSentence(report, violation, subject, trans)),
    // Of a metric it says the same once more.
    report.modelQuality === undefined && subject.explanation !== '' && element('p', {}, subject.explanation),
    element(
      'dl',
      { class: 'driftline-facts driftline-violation-figures' },
      ...figures(report, violation, subject, context),
    ),
    element(
      'div',
      { class: 'driftline-violation-actions driftline-violation-links' },
      notebook,
      linksView(found, context),
    ),
  );
}

function figures(
  report: Report,
  violation: Violation,
  { measured, limit, baseline }: ViolationSubject,
  { trans }: ViolationContext,
): HTMLElement[] {
  const { since, rows } = violation;
  return [
    fact(trans.__('Measured'), measured),
    fact(trans.__('Limit'), limit),
    baseline !== noValue && fact(trans.__('Baseline'), baseline),
    since &&
      fact(
        trans.__('Since'),
        since.orEarlier ? trans.__('%1 or earlier', formatTimeAndZone(since.hour)) : formatTimeAndZone(since.hour),
        since.until !== undefined && trans.__('as before again from %1', formatTimeAndZone(since.until)),
      ),
    rows !== undefined &&
      fact(trans.__('Rows'), formatCount(rows), trans.__('of %1 in the window', formatCount(report.current.rows))),
  ].filter((node) => node instanceof HTMLElement);
}

/** Other panels about the same; those that this page does not have are left out. */
function linksView(found: FoundViolation, context: ViolationContext): HTMLElement {
  const { trans } = context;
  const { store, monitor, config, execution, violation } = found;
  const { path: project } = store;
  const { scheduledTime, window } = execution;
  const { type, endpoint } = config;
  const { feature } = violation;
  const link = (command: string, words: string, args: ReadonlyPartialJSONObject) =>
    commandLink(context, command, { project, monitor, ...args }, words);
  return element(
    'nav',
    { class: 'driftline-violation-links', 'aria-label': trans.__('More about it') },
    link(commandIds.openDashboard, trans.__('Dashboard'), {
      endpoint,
      tab: tabOfType[type],
      from: sevenWindows(window),
      to: window.end,
      ...(type === 'data-quality' && { feature }),
    }),
    link(commandIds.openExecution, trans.__('Execution report'), { scheduledTime }),
    link(commandIds.editConstraints, trans.__('Limit'), { feature: limitName(type, violation) }),
  );
}

/** What the limits of a monitor are listed by. */
function limitName(type: MonitorType, { feature, facet }: Violation): string {
  if (type === 'model-bias') return facet === undefined ? feature : `${facet.title}: ${feature}`;
  return type === 'model-explainability' ? 'nDCG' : feature;
}

/** The window and the six before it. */
function sevenWindows({ start, end }: ExecutionRecord['window']): string {
  const length = Date.parse(end) - Date.parse(start);
  return new Date(Date.parse(end) - 7 * length).toISOString();
}
