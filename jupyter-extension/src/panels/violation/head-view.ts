import type { Report, Violation } from 'driftline';
import { measureKey } from 'driftline/browser';
import { formatCount, noValue } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { button, element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { statusMark } from '../../widgets/status-mark.js';
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
    element('dl', { class: 'driftline-facts driftline-figures' }, ...figures(report, violation, subject, context)),
    element('div', { class: 'driftline-actions driftline-links' }, notebook, linksView(found, context)),
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
function linksView(found: FoundViolation, { trans, commands }: ViolationContext): HTMLElement {
  const { store, monitor, config, execution, violation } = found;
  const { path: project } = store;
  const { scheduledTime, window } = execution;
  const { type, endpoint } = config;
  const feature = type === 'data-quality' ? violation.feature : measureKey(violation);
  const tab = {
    'data-quality': 'data-quality',
    'model-quality': 'model-quality',
    'model-bias': 'bias',
    'model-explainability': 'attribution',
  }[type];
  const links = [
    [trans.__('Dashboard'), 'driftline:open-dashboard', { project, endpoint, tab, monitor, feature, to: window.end }],
    [trans.__('Execution report'), 'driftline:open-execution', { project, monitor, scheduledTime }],
    ...(type === 'data-quality' || type === 'model-quality'
      ? [[trans.__('Constraint'), 'driftline:edit-constraints', { project, monitor, feature }] as const]
      : []),
  ] as const;
  return element(
    'nav',
    { class: 'driftline-links', 'aria-label': trans.__('More about it') },
    ...links
      .filter(([, command]) => commands.hasCommand(command))
      .map(([words, command, args]) =>
        button({ class: 'driftline-link' }, () => void commands.execute(command, args), words),
      ),
  );
}
