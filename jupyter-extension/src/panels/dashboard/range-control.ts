import { fromPlotTime, plotTime } from '../../charts/plot-time.js';
import { formatTimeAndZone, isLocal } from '../../format/time-format.js';
import { reportLate } from '../../main-area/report-late.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import type { Dashboard } from './dashboard.js';
import type { LastSpan, Until } from './time-range.js';

/** The range that all charts of a dashboard share: presets that move along, and two times. */
export function rangeControl(dashboard: Dashboard, controls: string): HTMLElement {
  const { trans } = dashboard.context;
  const message = element('p', { class: 'driftline-range-message', role: 'status' });
  const presets = choiceSwitch<LastSpan | 'fixed'>(
    {
      label: trans.__('Range of time'),
      choices: [
        ['day', trans.__('24 hours')],
        ['week', trans.__('7 days')],
        ['month', trans.__('30 days')],
        ['all', trans.__('All')],
      ],
      chosen: 'fixed',
      controls,
    },
    (last) => {
      if (last !== 'fixed') choose({ last, until: untilOf(dashboard) });
    },
  );
  const ends = choiceSwitch<Until>(
    {
      label: trans.__('End of the range'),
      choices: [
        ['latest', trans.__('latest data')],
        ['now', trans.__('now')],
      ],
      chosen: untilOf(dashboard),
      controls,
    },
    (until) => {
      const { choice } = dashboard;
      choose({ last: 'last' in choice ? choice.last : 'week', until });
    },
  );
  const input = (label: string): HTMLInputElement =>
    element('input', { type: 'datetime-local', 'aria-label': label, 'aria-controls': controls });
  const from = input(isLocal() ? trans.__('From (local time)') : trans.__('From (UTC)'));
  const to = input(isLocal() ? trans.__('To (local time)') : trans.__('To (UTC)'));

  const choose = (choice: Dashboard['choice']): void => {
    message.replaceChildren();
    dashboard.chooseRange(choice).catch(reportLate);
  };
  const typed = (): void => {
    const [start, end] = [fromPlotTime(from.value), fromPlotTime(to.value)];
    if (start === undefined || end === undefined) return;
    if (start >= end) {
      message.replaceChildren(trans.__('The range must begin before it ends.'));
      return;
    }
    choose({ from: start, to: end });
  };
  for (const each of [from, to]) each.addEventListener('change', typed);

  const back = button(
    { class: 'driftline-quiet-button', title: trans.__('Show the range again that was shown before') },
    () => dashboard.goBack().catch(reportLate),
    trans.__('Back'),
  );
  const show = (): void => {
    const { choice, span } = dashboard;
    // What has the focus is not taken away.
    back.hidden = !dashboard.canGoBack && document.activeElement !== back;
    back.disabled = !dashboard.canGoBack && !back.hidden;
    presets.press('last' in choice ? choice.last : 'fixed');
    ends.node.hidden = !('last' in choice);
    ends.press(untilOf(dashboard));
    // What is being typed is not taken away.
    if (document.activeElement !== from) from.value = inputTime(span.from);
    if (document.activeElement !== to) to.value = inputTime(span.to);
  };
  show();
  dashboard.changed.connect((_sender, change) => {
    if (change !== 'choice') show();
  });
  const untilId = uniqueId('until');
  const { latest } = dashboard;
  return element(
    'div',
    {
      class: 'driftline-range',
      role: 'group',
      'aria-label': trans.__('Range of time, for all charts'),
    },
    presets.node,
    element(
      'span',
      { class: 'driftline-range-until' },
      element('span', { id: untilId, class: 'driftline-muted' }, trans.__('until')),
      ends.node,
    ),
    element(
      'span',
      { class: 'driftline-range-times' },
      from,
      element('span', { class: 'driftline-muted', 'aria-hidden': 'true' }, '–'),
      to,
      element('span', { class: 'driftline-muted' }, isLocal() ? trans.__('local time') : 'UTC'),
    ),
    back,
    message,
    latest === undefined && element('span', { class: 'driftline-muted' }, trans.__('Nothing ran yet.')),
    latest !== undefined &&
      element(
        'span',
        { class: 'driftline-unseen' },
        trans.__('Newest data until %1', formatTimeAndZone(latest.toISOString())),
      ),
  );
}

function untilOf({ choice, latest }: Dashboard): Until {
  if ('until' in choice) return choice.until;
  return latest === undefined ? 'now' : 'latest';
}

function inputTime(time: Date): string {
  return plotTime(time.toISOString()).replace(' ', 'T');
}
