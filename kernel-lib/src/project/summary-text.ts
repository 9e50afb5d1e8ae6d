import picocolors from 'picocolors';
import { plainTable, terminalText } from '../report/plain-table.js';
import type { Violation } from '../report/report.js';
import { countText, plural } from '../report/value-text.js';
import type { Execution } from './executions.js';
import { shortExplanation } from './short-explanation.js';
import { type Finding, findings } from './summary.js';

/** Options of {@link summaryText}. */
export interface SummaryTextOptions {
  /** Default: false. */
  readonly colour?: boolean;
  /** Columns of the terminal; default: 100. */
  readonly width?: number;
}

type Paint = ReturnType<typeof picocolors.createColors>;

/** "Wed 4 Mar 06:00 *". */
const MOMENT_WIDTH = 17;
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** What a run or back-fill found, for people: by monitor, which features drifted, since when, until when, by how much. */
export function summaryText(executions: readonly Execution[], options: SummaryTextOptions = {}): string {
  if (executions.length === 0) return 'Nothing was scheduled in this time.';
  const monitors = [...new Set(executions.map(({ monitor }) => monitor))];
  return monitors
    .map((monitor) =>
      monitorText(
        executions.filter((execution) => execution.monitor === monitor),
        options,
      ),
    )
    .join('\n\n');
}

function monitorText(executions: readonly Execution[], { colour = false, width = 100 }: SummaryTextOptions): string {
  const paint = picocolors.createColors(colour);
  const [first] = executions;
  const last = executions.at(-1);
  if (first === undefined || last === undefined) return '';
  const found = findings(executions);
  const count = (status: string): number => executions.filter(({ report }) => report.status === status).length;
  const empty = executions.filter(({ report }) => report.status === 'no-data' && report.current.rows === 0).length;
  const again = executions.filter(({ replaces }) => replaces !== undefined).length;
  const rows = executions.reduce((sum, { report }) => sum + report.current.rows, 0);
  const quarantined = executions.reduce((sum, { report }) => sum + (report.current.read?.quarantined ?? 0), 0);

  const span = `${moment(first.report.window?.start ?? first.scheduledTime)} to ${moment(last.scheduledTime)} UTC`;
  const lines = [
    paint.bold(`${first.monitor} on ${first.endpoint}`),
    `${span}: ${countText(rows)} rows in ${plural(executions.length, 'execution')}, ` +
      `${count('violations')} with violations, ${count('ok')} without` +
      (empty > 0 ? `, ${empty} without data` : '') +
      (count('no-data') > empty ? `, ${count('no-data') - empty} still without labels` : '') +
      (again > 0 ? `; ${again} reported again, since labels have come` : '') +
      (quarantined > 0 ? `; ${plural(quarantined, 'line')} could not be read` : ''),
  ];
  if (count('no-data') === executions.length) lines.push(last.report.headline);
  else if (found.length === 0) lines.push(paint.green('No violations.'));
  else lines.push('', findingsTable(found, width, paint));
  lines.push('', `Reports: ${commonFolder(executions)}`);
  return lines.join('\n');
}

function findingsTable(found: readonly Finding[], width: number, paint: Paint): string {
  const feature = Math.min(24, Math.max(7, ...found.map(({ violation }) => subject(violation).length)));
  const what = Math.max(24, Math.min(width, 140) - 2 * (MOMENT_WIDTH + 2) - (feature + 2) - 2);
  const columns = [
    { head: 'Since', width: MOMENT_WIDTH },
    { head: 'Until', width: MOMENT_WIDTH },
    { head: 'Feature', width: feature },
    { head: 'What', width: what },
  ];
  const rows = found.map(({ violation, since: begin, until: end, ongoing }) => [
    begin === undefined ? '-' : `${moment(begin)}${violation.since?.orEarlier ? ' *' : ''}`,
    ongoing ? paint.red('still there') : moment(end),
    paint.bold(terminalText(subject(violation))),
    terminalText(shortExplanation(violation)),
  ]);
  const earlier = found.some(({ violation }) => violation.since?.orEarlier);
  return (
    plainTable(columns, rows, paint.dim) + (earlier ? '\n* or earlier: it was so when the known history begins' : '')
  );
}

/** What a violation is about: a feature, a metric, "sex = Female: DPPL", or "shap of label0". */
function subject({ facet, label, feature }: Violation): string {
  if (label !== undefined) return `${feature} of ${label}`;
  return facet === undefined ? feature : `${facet.title}: ${feature}`;
}

/** "Wed 4 Mar 06:00". */
function moment(iso: string): string {
  const date = new Date(iso);
  return `${day.format(date).replace(',', '')} ${clock.format(date)}`;
}

/** The folder below which all executions' files lie. */
function commonFolder(executions: readonly Execution[]): string {
  const parts = executions.map(({ folder }) => folder.split('/'));
  const [first = []] = parts;
  let length = 0;
  while (length < first.length && parts.every((part) => part[length] === first[length])) length++;
  return first.slice(0, length).join('/');
}
