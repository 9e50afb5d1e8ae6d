import picocolors from 'picocolors';
import { plainTable, terminalText } from '../report/plain-table.js';
import { plural, timeText } from '../report/value-text.js';
import { parseSchedule } from '../schedule/cron.js';
import type { ViolationDecision } from './annotations.js';
import { executionWords } from './execution-words.js';
import { type MonitorState, type MonitorStateKind, monitorState, stateRank, stateWords } from './monitor-state.js';
import { outcomeMarks, outcomeWords, paintOutcome } from './outcome-words.js';
import type { ProjectConfig } from './project-config.js';
import type { MonitorStatus, StatusFile } from './status.js';

/** Executions of a trend that a terminal has room for. */
const TREND = 14;

/** The state of every monitor of a project for the terminal: worst first, endpoints without a monitor last. */
export function statusText(
  config: ProjectConfig,
  status: StatusFile | undefined,
  options: {
    readonly colour?: boolean;
    readonly width?: number;
    readonly now: Date;
    /** Of the project's annotations. */
    readonly decisions?: readonly ViolationDecision[];
  },
): string {
  const { colour = false, width = 100, now, decisions = [] } = options;
  const paint = picocolors.createColors(colour);
  const nextOf = new Map(
    [...new Set(Object.values(config.monitors).map(({ schedule }) => schedule))].map((schedule) => [
      schedule,
      parseSchedule(schedule, 'schedule').next(now),
    ]),
  );
  const monitors = Object.entries(config.monitors).map(([name, monitor]) => {
    const latest = status?.monitors[name];
    const state = monitorState({ monitor: { name, config: monitor }, status: latest, decisions, now });
    return { name, next: state.kind === 'paused' ? undefined : nextOf.get(monitor.schedule), latest, state };
  });
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
    .sort((a, b) => stateRank(a.state.kind) - stateRank(b.state.kind))
    .map(({ name, next, latest, state }) => [
      paint.bold(terminalText(name)),
      latest === undefined ? paint.dim(stateWords(state)) : paintState(state, paint),
      latest === undefined ? '-' : timeText(latest.last.scheduledTime),
      next === undefined ? '-' : timeText(next.toISOString()),
      latest === undefined ? '' : trendText(latest),
      latest === undefined ? 'driftline run runs it' : terminalText(executionWords(latest.last), what),
    ]);
  const states = monitors.map(({ state }) => state.kind);
  const parts = [summary(states, Object.keys(config.endpoints).length), ''];
  if (rows.length > 0) parts.push(plainTable(columns, rows, paint.dim), '', legend());
  if (unwatched.length > 0) {
    parts.push(
      '',
      `${plural(unwatched.length, 'endpoint')} without a monitor: ${unwatched.map((name) => terminalText(name)).join(', ')}`,
    );
  }
  return parts.join('\n');
}

const summaryWords: readonly (readonly [kinds: readonly MonitorStateKind[], words: string])[] = [
  [['violations'], 'with violations'],
  [['failed', 'stopped'], 'failed'],
  [['no-data'], 'without data'],
  [['ok'], 'without violations'],
  [['decided'], 'with violations accepted or muted'],
  [['paused'], 'paused'],
  [['never-run'], 'never run'],
];

function summary(states: readonly MonitorStateKind[], endpoints: number): string {
  const said = summaryWords.flatMap(([kinds, words]) => {
    const count = states.filter((kind) => kinds.includes(kind)).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return `${plural(states.length, 'monitor')} on ${plural(endpoints, 'endpoint')}${said.length > 0 ? `: ${said.join(', ')}` : ''}.`;
}

function paintState(state: MonitorState, paint: ReturnType<typeof picocolors.createColors>): string {
  const { kind } = state;
  const words = stateWords(state);
  if (kind === 'decided') return paint.green(words);
  return kind === 'paused' || kind === 'never-run' || kind === 'not-configured'
    ? paint.dim(words)
    : paintOutcome(kind, paint, words);
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
