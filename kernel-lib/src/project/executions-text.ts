import picocolors from 'picocolors';
import { plainTable, terminalText } from '../report/plain-table.js';
import { countText, timeText } from '../report/value-text.js';
import type { ViolationDecision } from './annotations.js';
import { decidedWords } from './decided-words.js';
import { executionWords } from './execution-words.js';
import type { ListedExecution } from './list-all.js';
import { outcomeWords, paintOutcome } from './outcome-words.js';

export interface ExecutionsTextOptions {
  readonly colour?: boolean;
  readonly width?: number;
  /** What people decided about violations; counted apart. */
  readonly decisions?: readonly ViolationDecision[];
  /** Until when violations are muted is compared with it. */
  readonly now: Date;
}

/** A table of executions for the terminal, in the order given. */
export function executionsText(
  executions: readonly ListedExecution[],
  { colour = false, width = 100, decisions = [], now }: ExecutionsTextOptions,
): string {
  if (executions.length === 0) return 'No executions: nothing was run in this time.';
  const paint = picocolors.createColors(colour);
  const longest = Math.max(...executions.map(({ monitor }) => monitor.length));
  const monitorWidth = Math.max(7, Math.min(32, longest));
  const states = executions.map((execution) => {
    const decided = decidedWords(execution, execution.monitor, decisions, now);
    const words = outcomeWords[execution.outcome];
    return decided === undefined ? words : `${words} (${decided})`;
  });
  const stateWidth = Math.max(13, ...states.map((words) => words.length));
  const what = Math.max(24, width - monitorWidth - 18 - stateWidth - 11 - 8 - 2);
  const columns = [
    { head: 'Window ends', width: 18 },
    { head: 'Monitor', width: monitorWidth },
    { head: 'State', width: stateWidth },
    { head: 'Rows', align: 'right', width: 11 },
    { head: 'What', width: what },
  ] as const;
  const rows = executions.map((execution, index) => [
    timeText(execution.scheduledTime),
    paint.bold(terminalText(execution.monitor)),
    paintOutcome(execution.outcome, paint, states[index]),
    countText(execution.rows),
    terminalText(executionWords(execution), what),
  ]);
  return plainTable(columns, rows, paint.dim);
}
