import { BOTH_RULES, type CheckOutcome, type FeatureInput } from '../outcome.js';
import { percent } from './completeness.js';

const check = 'categorical_values_check';

/** Violated when the share of present values inside the baseline's domain is below `domain_content_threshold`. */
export function categoricalValuesCheck({ constraint, config, current }: FeatureInput): CheckOutcome {
  const feature = constraint.name;
  const domain = constraint.string_constraints?.domains;
  if (domain === undefined) return { kind: 'notApplicable', check, feature, reason: 'no domain' };
  if (current.present === 0) return { kind: 'notApplicable', check, feature, reason: 'no values' };
  if (current.values === undefined) {
    return { kind: 'notApplicable', check, feature, reason: 'too many different texts to count each' };
  }
  const allowed = new Set(domain);
  let inside = 0;
  for (const [value, count] of current.values) if (allowed.has(value)) inside += count;
  const measured = inside / current.present;
  const limit = config.domainContentThreshold;
  if (measured >= limit) return { kind: 'passed', check, feature };
  return {
    kind: 'violated',
    check,
    feature,
    description: `Values are not within the baseline domain. Expected match: ${percent(limit)}%. Observed: Only ${percent(measured)}% of data is within the domain.`,
    measured,
    limit,
    unit: 'fraction',
    rules: BOTH_RULES,
    rows: current.present - inside,
    condition: { kind: 'not-in', feature, values: domain },
  };
}
