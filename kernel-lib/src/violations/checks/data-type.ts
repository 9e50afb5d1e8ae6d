import { cellType } from '../../capture/cell-type.js';
import type { ColumnProfile, TypeCounts } from '../../profile/profile.js';
import { BOTH_RULES, type CheckOutcome, type FeatureInput } from '../outcome.js';
import { percent } from './completeness.js';

const check = 'data_type_check';

/**
 * Violated when the share of present values of the expected type is below `datatype_check_threshold`. Whole numbers are
 * fractional too. Any value is a String where the baseline itself has texts that look like numbers (codes, postcodes);
 * elsewhere a text column that gets numbers is a violation.
 */
export function dataTypeCheck({ constraint, config, baseline, current }: FeatureInput): CheckOutcome {
  const feature = constraint.name;
  const expected = constraint.inferred_type;
  if (expected !== 'Integral' && expected !== 'Fractional' && expected !== 'String') {
    return { kind: 'notApplicable', check, feature, reason: 'the baseline knows no type' };
  }
  if (current.present === 0 || current.types === undefined) {
    return { kind: 'notApplicable', check, feature, reason: 'no values' };
  }
  const anyText = expected === 'String' && textsMayBeNumbers(baseline, constraint.string_constraints?.domains);
  const matching = anyText ? current.present : countMatching(current.types, expected);
  const measured = matching / current.present;
  const limit = config.datatypeThreshold;
  if (measured >= limit) return { kind: 'passed', check, feature };
  return {
    kind: 'violated',
    check,
    feature,
    description: `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${percent(limit)}%. Observed: Only ${percent(measured)}% of data is ${expected}.`,
    measured,
    limit,
    ...(baseline?.types !== undefined &&
      baseline.present > 0 && { baselineValue: countMatching(baseline.types, expected) / baseline.present }),
    unit: 'fraction',
    rules: BOTH_RULES,
    rows: current.present - matching,
    condition: { kind: 'not-type', feature, expected },
  };
}

function countMatching(
  { integral, fractional, boolean, text }: TypeCounts,
  expected: 'Integral' | 'Fractional' | 'String',
): number {
  if (expected === 'Integral') return integral;
  return expected === 'Fractional' ? integral + fractional : boolean + text;
}

function textsMayBeNumbers(baseline: ColumnProfile | undefined, domain: readonly string[] | undefined): boolean {
  if (baseline?.types !== undefined) return baseline.types.integral + baseline.types.fractional > 0;
  const known = domain ?? (baseline?.values && [...baseline.values.keys()]);
  return known === undefined || known.some((text) => ['integral', 'fractional'].includes(cellType(text)));
}
