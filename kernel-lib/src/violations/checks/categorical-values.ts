import type { ColumnProfile } from '../../profile/profile.js';
import { BOTH_RULES, type CheckOutcome, type FeatureInput } from '../outcome.js';
import { percent } from './completeness.js';

const check = 'categorical_values_check';

/**
 * Violated when the share of present values inside the baseline's domain is below `domain_content_threshold`. Where there
 * are too many different texts to count each, at most as many values are inside as leave one for each text that the
 * domain has no room for.
 */
export function categoricalValuesCheck({ constraint, config, baseline, current }: FeatureInput): CheckOutcome {
  const feature = constraint.name;
  const domain = constraint.string_constraints?.domains;
  if (domain === undefined) return { kind: 'notApplicable', check, feature, reason: 'no domain' };
  if (current.present === 0) return { kind: 'notApplicable', check, feature, reason: 'no values' };
  const allowed = new Set(domain);
  const inside = countInside(current, allowed);
  const most = inside ?? current.present - leastOutside(current, allowed.size);
  const measured = most / current.present;
  const limit = config.domainContentThreshold;
  if (measured >= limit) {
    if (inside !== undefined) return { kind: 'passed', check, feature };
    return { kind: 'notApplicable', check, feature, reason: 'too many different texts to count each' };
  }
  const known = baseline && baseline.present > 0 ? countInside(baseline, allowed) : undefined;
  const observed = `${inside === undefined ? 'At most' : 'Only'} ${percent(measured)}%`;
  return {
    kind: 'violated',
    check,
    feature,
    description: `Values are not within the baseline domain. Expected match: ${percent(limit)}%. Observed: ${observed} of data is within the domain.`,
    measured,
    limit,
    ...(known !== undefined && baseline && { baselineValue: known / baseline.present }),
    unit: 'fraction',
    rules: BOTH_RULES,
    ...(inside !== undefined && { rows: current.present - inside }),
    condition: { kind: 'not-in', feature, values: domain },
    ...(inside === undefined && {
      explanation: `about ${current.distinctEstimate.toLocaleString('en-US')} different texts, ${allowed.size} in the baseline`,
    }),
  };
}

function countInside({ values }: ColumnProfile, allowed: ReadonlySet<string>): number | undefined {
  if (values === undefined) return undefined;
  let inside = 0;
  for (const value of allowed) inside += values.get(value) ?? 0;
  return inside;
}

/** An estimate of distinct texts is taken at its lower end: four standard errors of 0.8 %. */
function leastOutside({ distinct, distinctEstimate }: ColumnProfile, allowed: number): number {
  const least = distinct?.exact === true ? distinctEstimate : Math.floor(distinctEstimate * 0.968);
  return Math.max(0, least - allowed);
}
