import { BOTH_RULES, type CheckOutcome } from '../outcome.js';

/** The service's `feature_name` of the two column checks. */
const MISSING_COLUMNS = 'Missing columns';
const EXTRA_COLUMNS = 'Extra columns';

/** One outcome a run: violated when a column of the baseline is not in current. */
export function missingColumnCheck(expected: readonly string[], current: readonly string[]): CheckOutcome {
  return compare('missing_column_check', MISSING_COLUMNS, 'missing', expected, current);
}

/** One outcome a run: violated when current has a column that the baseline does not know. */
export function extraColumnCheck(expected: readonly string[], current: readonly string[]): CheckOutcome {
  return compare('extra_column_check', EXTRA_COLUMNS, 'extra', expected, current);
}

function compare(
  check: 'missing_column_check' | 'extra_column_check',
  feature: string,
  word: 'missing' | 'extra',
  expected: readonly string[],
  current: readonly string[],
): CheckOutcome {
  const [these, those] = word === 'missing' ? [expected, current] : [current, expected];
  const others = new Set(those);
  const found = these.filter((name) => !others.has(name));
  if (found.length === 0) return { kind: 'passed', check, feature };
  const names = found.slice(0, 10).join(', ') + (found.length > 10 ? ` and ${found.length - 10} more` : '');
  return {
    kind: 'violated',
    check,
    feature,
    description: `There are ${word} columns in current dataset. Number of columns in current dataset: ${current.length}, Number of columns in baseline constraints: ${expected.length}`,
    measured: current.length,
    limit: expected.length,
    baselineValue: expected.length,
    unit: 'columns',
    rules: BOTH_RULES,
    explanation: word === 'missing' ? `not in the current data: ${names}` : `not in the baseline: ${names}`,
  };
}
