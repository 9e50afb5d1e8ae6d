import picocolors from 'picocolors';
import { plainTable, terminalText } from '../report/plain-table.js';
import { countText, timeText } from '../report/value-text.js';
import { executionWords } from './execution-words.js';
import type { ListedExecution } from './list-all.js';
import { paintOutcome } from './outcome-words.js';

/** A table of executions for the terminal, in the order given. */
export function executionsText(
  executions: readonly ListedExecution[],
  { colour = false, width = 100 }: { readonly colour?: boolean; readonly width?: number } = {},
): string {
  if (executions.length === 0) return 'No executions: nothing was run in this time.';
  const paint = picocolors.createColors(colour);
  const longest = Math.max(...executions.map(({ monitor }) => monitor.length));
  const monitorWidth = Math.max(7, Math.min(32, longest));
  const what = Math.max(24, width - monitorWidth - 18 - 13 - 11 - 8 - 2);
  const columns = [
    { head: 'Window ends', width: 18 },
    { head: 'Monitor', width: monitorWidth },
    { head: 'State', width: 13 },
    { head: 'Rows', align: 'right', width: 11 },
    { head: 'What', width: what },
  ] as const;
  const rows = executions.map((execution) => [
    timeText(execution.scheduledTime),
    paint.bold(terminalText(execution.monitor)),
    paintOutcome(execution.outcome, paint),
    countText(execution.rows),
    terminalText(executionWords(execution), what),
  ]);
  return plainTable(columns, rows, paint.dim);
}
