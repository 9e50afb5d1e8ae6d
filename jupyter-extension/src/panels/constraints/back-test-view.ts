import type { BackTestedExecution } from 'driftline/browser';
import { formatTimeAndZone } from '../../format/time-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import type { BackTestSums } from './back-tested.js';

/** "19 alerts in the last 14 executions, 15 with these limits: 2 new, 6 gone." */
export function sumsSentence(sums: BackTestSums, { trans }: Pick<PanelContext, 'trans'>): HTMLElement {
  const { executions, before, after, raised, cleared } = sums;
  const then = trans._n('1 alert in the last %2 executions', '%1 alerts in the last %2 executions', before, executions);
  const same = raised === 0 && cleared === 0;
  const tone = after > before ? 'violated' : after < before ? 'ok' : 'quiet';
  const words = same
    ? trans.__('%1, and the same with these limits.', then)
    : trans.__('%1, %2 with these limits: %3 new, %4 gone.', then, after, raised, cleared);
  return element('p', { class: 'driftline-back-test-sums', role: 'status' }, statusMark(tone, words));
}

/** Which alerts come and go, by execution; the latest first. */
export function backTestTable(
  tested: readonly BackTestedExecution[],
  openExecution: (scheduledTime: string) => void,
  { trans }: Pick<PanelContext, 'trans'>,
): HTMLElement {
  const names = (alerts: BackTestedExecution['raised']): string =>
    alerts.length === 0 ? '–' : alerts.map(({ title }) => title).join(', ');
  return dataTable<BackTestedExecution>({
    caption: trans.__('Alerts by execution'),
    trans,
    stack: true,
    rows: [...tested].reverse(),
    empty: trans.__('No execution has a report yet: run the monitor, and its alerts are judged anew here.'),
    columns: [
      {
        title: trans.__('Window ended'),
        rowHeader: true,
        cell: ({ scheduledTime }) =>
          button({ class: 'driftline-link' }, () => openExecution(scheduledTime), formatTimeAndZone(scheduledTime)),
        sortBy: ({ scheduledTime }) => scheduledTime,
      },
      { title: trans.__('Alerts then'), kind: 'number', cell: ({ before }) => String(before.length) },
      { title: trans.__('Alerts now'), kind: 'number', cell: ({ after }) => String(after.length) },
      { title: trans.__('New'), cell: ({ raised }) => names(raised) },
      { title: trans.__('Gone'), cell: ({ cleared }) => names(cleared) },
    ],
  });
}
