import type { Explanation } from '../explain/explain.js';
import { plainTable, terminalText } from '../report/plain-table.js';
import { countText, numberText, plural } from '../report/value-text.js';

/** Features beyond these are counted only. */
const MOST_FEATURES = 20;

/** What {@link Explanation} says, for a terminal: the features that weigh most first. */
export function explanationText(explanation: Explanation): string {
  const { rows, features, output, worstAdditivityError, expectedValue } = explanation;
  const sorted = [...features].sort((a, b) => b.meanAbs - a.meanAbs);
  const table = plainTable(
    [{ head: 'Feature' }, { head: 'Mean |attribution|', align: 'right' }],
    sorted.slice(0, MOST_FEATURES).map(({ feature, meanAbs }) => [terminalText(feature, 40), numberText(meanAbs)]),
  );
  const hidden = sorted.length - MOST_FEATURES;
  return [
    `${plural(rows, 'row')} explained: ${terminalText(output)}`,
    '',
    table,
    ...(hidden > 0 ? [`and ${countText(hidden)} more`] : []),
    '',
    `expected value ${numberText(expectedValue)}; rows add up to the model's margin within ${numberText(worstAdditivityError, 2)}`,
  ].join('\n');
}
