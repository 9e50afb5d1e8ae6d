import type picocolors from 'picocolors';
import type { ExecutionOutcome } from './execution-record.js';

type Paint = ReturnType<typeof picocolors.createColors>;

/** What an execution came to, in the words that command line and panels share. */
export const outcomeWords: Readonly<Record<ExecutionOutcome, string>> = {
  ok: 'no violations',
  violations: 'violations',
  'no-data': 'no data',
  failed: 'failed',
  stopped: 'stopped',
};

/** One character of a trend. */
export const outcomeMarks: Readonly<Record<ExecutionOutcome, string>> = {
  ok: '.',
  violations: '!',
  'no-data': '-',
  failed: 'x',
  stopped: 's',
};

/** The words, or others, in the outcome's colour. */
export function paintOutcome(outcome: ExecutionOutcome, paint: Paint, words: string = outcomeWords[outcome]): string {
  if (outcome === 'ok') return paint.green(words);
  if (outcome === 'violations' || outcome === 'failed') return paint.red(words);
  return paint.yellow(words);
}
