import picocolors from 'picocolors';
import { plainTable, terminalText } from '../report/plain-table.js';
import { plural, timeText } from '../report/value-text.js';
import { parseSchedule } from '../schedule/cron.js';
import { executionWords } from './execution-words.js';
import { outcomeMarks, outcomeWords, paintOutcome } from './outcome-words.js';
import type { ProjectConfig } from './project-config.js';
import type { MonitorStatus, StatusFile } from './status.js';

/** Executions of a trend that a terminal has room for. */
const TREND = 14;

/** The state of every monitor of a project for the terminal: worst first, endpoints without a monitor last. */
export function statusText(
  config: ProjectConfig,
  status: StatusFile | undefined,
  options: { readonly colour?: boolean; readonly width?: number; readonly now: Date },
): string {
  const { colour = false, width = 100, now } = options;
  const paint = picocolors.createColors(colour);
  const nextOf = new Map(
    [...new Set(Object.values(config.monitors).map(({ schedule }) => schedule))].map((schedule) => [
      schedule,
      parseSchedule(schedule, 'schedule').next(now),
    ]),
  );
  const monitors = Object.entries(config.monitors).map(([name, { schedule }]) => ({
    name,
    next: nextOf.get(schedule),
    state: status?.monitors[name],
  }));
  const watched = new Set(Object.values(config.monitors).map(({ endpoint }) => endpoint));
  const unwatched = Object.keys(config.endpoints).filter((endpoint) => !watched.has(endpoint));
  const nameWidth = Math.min(32, Math.max(7, ...monitors.map(({ name }) => name.length)));
  const what = Math.max(20, width - nameWidth - 14 - 18 - 18 - TREND - 10 - 2);
  const columns = [
    { head: 'Monitor', width: nameWidth },
    { head: 'State', width: 14 },
    { head: 'Window ended', width: 18 },
    { head: 'Next', width: 18 },
    { head: 'Trend', width: TREND },
    { head: 'What', width: what },
  ];
  const rows = monitors
    .sort((a, b) => rank(a.state) - rank(b.state))
    .map(({ name, next, state }) => [
      paint.bold(terminalText(name)),
      state === undefined ? paint.dim('never run') : paintOutcome(state.last.outcome, paint, stateWords(state)),
      state === undefined ? '-' : timeText(state.last.scheduledTime),
      next === undefined ? '-' : timeText(next.toISOString()),
      state === undefined ? '' : trendText(state),
      state === undefined ? 'driftline run runs it' : terminalText(executionWords(state.last), what),
    ]);
  const parts = [summary(config, status), ''];
  if (rows.length > 0) parts.push(plainTable(columns, rows, paint.dim), '', legend());
  if (unwatched.length > 0) {
    parts.push(
      '',
      `${plural(unwatched.length, 'endpoint')} without a monitor: ${unwatched.map((name) => terminalText(name)).join(', ')}`,
    );
  }
  return parts.join('\n');
}

function summary(config: ProjectConfig, status: StatusFile | undefined): string {
  const states = Object.keys(config.monitors).map((name) => status?.monitors[name]?.last.outcome ?? 'never');
  const count = (state: string): number => states.filter((each) => each === state).length;
  const parts = [
    [count('violations'), 'with violations'],
    [count('failed') + count('stopped'), 'failed'],
    [count('no-data'), 'without data'],
    [count('ok'), 'without violations'],
    [count('never'), 'never run'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  const endpoints = plural(Object.keys(config.endpoints).length, 'endpoint');
  return `${plural(states.length, 'monitor')} on ${endpoints}${said.length > 0 ? `: ${said.join(', ')}` : ''}.`;
}

function stateWords({ last, violations }: MonitorStatus): string {
  return last.outcome === 'violations' ? plural(violations, 'violation') : outcomeWords[last.outcome];
}

/** Trouble first, then what never ran, then what is well. */
function rank(state: MonitorStatus | undefined): number {
  if (state === undefined) return 3;
  return { failed: 0, stopped: 0, violations: 1, 'no-data': 2, ok: 4 }[state.last.outcome];
}

function trendText({ trend }: MonitorStatus): string {
  return trend.outcomes
    .slice(-TREND)
    .map((outcome) => outcomeMarks[outcome])
    .join('');
}

function legend(): string {
  const marks = Object.entries(outcomeMarks) as [keyof typeof outcomeMarks, string][];
  return `Trend, oldest first: ${marks.map(([outcome, mark]) => `${mark} ${outcomeWords[outcome]}`).join(', ')}. Times are UTC.`;
}
