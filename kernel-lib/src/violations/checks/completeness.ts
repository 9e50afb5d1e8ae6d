import { BOTH_RULES, type CheckOutcome, type FeatureInput } from '../outcome.js';

const check = 'completeness_check';

/** Violated when the share of rows with a value is below the constraint's. */
export function completenessCheck({ constraint, baseline, current }: FeatureInput): CheckOutcome {
  const feature = constraint.name;
  const limit = constraint.completeness;
  const rows = current.present + current.missing;
  if (limit === undefined) return { kind: 'notApplicable', check, feature, reason: 'no completeness constraint' };
  if (rows === 0) return { kind: 'notApplicable', check, feature, reason: 'no rows' };
  const measured = current.present / rows;
  if (measured >= limit) return { kind: 'passed', check, feature };
  const baselineRows = baseline === undefined ? 0 : baseline.present + baseline.missing;
  return {
    kind: 'violated',
    check,
    feature,
    description: `Completeness requirement is not met. Expected completeness: ${percent(limit)}%. Observed: Only ${percent(measured)}% of data is complete.`,
    measured,
    limit,
    ...(baseline !== undefined && baselineRows > 0 && { baselineValue: baseline.present / baselineRows }),
    unit: 'fraction',
    rules: BOTH_RULES,
    rows: current.missing,
    condition: { kind: 'missing', feature },
  };
}

/** A fraction as the service prints it: 100.0, 97.3. */
export function percent(fraction: number): string {
  const value = fraction * 100;
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
