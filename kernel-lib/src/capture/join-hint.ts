import type { LabelTable } from './label-table.js';
import type { CaptureFiles } from './locate.js';
import type { LabelCoverage } from './summary.js';

/**
 * Why no label belongs to a prediction, as far as can be told from examples and hours.
 *
 * @param example - The id that the first prediction joins by.
 */
export function joinHint(
  coverage: LabelCoverage,
  labels: LabelTable,
  example: string | undefined,
  files: Pick<CaptureFiles, 'newestHour' | 'oldestHour'>,
): string {
  if (coverage.predictions === 0) {
    const known = files.newestHour === undefined ? '' : `; there is capture up to ${files.newestHour}`;
    return `There are no predictions in the window${known}.`;
  }
  if (labels.size === 0) return 'There are no labels for this time: they may not have come yet.';
  const label = labels.example;
  const ids =
    example === undefined
      ? 'The predictions have neither inferenceId nor eventId.'
      : `Predictions have ids such as "${example}", labels such as "${label}".`;
  const similar =
    example !== undefined && label !== undefined && shapeOf(example) !== shapeOf(label)
      ? ' They look different: a label carries the inferenceId of its prediction, where the prediction has one, else its eventId.'
      : ' The labels may be of another endpoint or of other hours.';
  return `None of ${labels.size} labels belongs to one of ${coverage.predictions} predictions. ${ids}${similar}`;
}

/** "aa-0" for "census-002640": letters and digits in runs. */
function shapeOf(id: string): string {
  return id
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'U')
    .replace(/[A-Za-z]+/g, 'a')
    .replace(/\d+/g, '0');
}
