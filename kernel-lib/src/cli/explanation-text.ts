import type { Explanation } from '../monitor/model-explainability/explain-dataset.js';
import { plainTable, terminalText } from '../report/plain-table.js';
import { countText, numberText, plural } from '../report/value-text.js';

/** Features beyond these are counted only. */
const MOST_FEATURES = 20;

/** What {@link Explanation} says, for a terminal: the features that weigh most first. */
export function explanationText(explanation: Explanation): string {
  const { rows, features, output, worstAdditivityError, expectedValues, outputs, method, resumedRows } = explanation;
  const sorted = [...features].sort((a, b) => b.meanAbs - a.meanAbs);
  const table = plainTable(
    [{ head: 'Feature' }, { head: 'Mean |attribution|', align: 'right' }],
    sorted.slice(0, MOST_FEATURES).map(({ feature, meanAbs }) => [terminalText(feature, 40), numberText(meanAbs)]),
  );
  const hidden = sorted.length - MOST_FEATURES;
  return [
    `${plural(rows, 'row')} explained by ${method.title}: ${terminalText(output)}`,
    ...(resumedRows > 0 ? [`${plural(resumedRows, 'row')} of them by an earlier run.`] : []),
    '',
    table,
    ...(hidden > 0 ? [`and ${countText(hidden)} more`] : []),
    '',
    `expected ${expectedValues.map((value, place) => `${outputs.length > 1 ? terminalText(outputs[place]!, 40) : 'value'} ${numberText(value)}`).join(', ')}; rows add up to the model's margin within ${numberText(worstAdditivityError, 2)}`,
  ].join('\n');
}
