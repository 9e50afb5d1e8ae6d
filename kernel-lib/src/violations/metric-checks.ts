import type { MetricConstraint } from '../constraints/quality-constraints.schema.js';
import type { MetricValue } from '../report/model-quality-report.js';
import type { Rule } from '../report/report.js';
import { normalCdf } from '../stats/distributions.js';
import { NORMAL_95, standardErrorOf } from '../stats/interval.js';

/** What a metric's check came to. */
export interface MetricOutcome {
  /** Rules under which it is violated; none when it is kept. */
  readonly rules: readonly Rule[];
  /** The service's wording. */
  readonly description: string;
}

/**
 * Compares a metric with its constraint. `threshold`, the service's rule: the value is beyond the limit. `significant`:
 * its whole 95 % interval is; and where the limit is the baseline's own value, which is itself a sample's, the 95 %
 * interval of the difference leaves out 0. A metric without an interval is not judged by it.
 *
 * @param baseline - the baseline's value with its interval, where it is known.
 */
export function checkMetric(
  name: string,
  current: MetricValue,
  constraint: MetricConstraint,
  baseline?: MetricValue,
): MetricOutcome {
  const { threshold, comparison_operator: operator } = constraint;
  const { value, lower, upper } = current;
  const less = operator === 'LessThanThreshold';
  const nearest = less ? upper : lower;
  const beyond = (measured: number): boolean => (less ? measured < threshold : measured > threshold);
  const rules: Rule[] = [];
  const limitIsSampled = baseline?.value === threshold;
  if (nearest !== undefined && beyond(nearest) && !(limitIsSampled && isWithinError(current, baseline))) {
    rules.push('significant');
  }
  if (beyond(value)) rules.push('threshold');
  const deviation = current.standardDeviation ?? 'NaN';
  return { rules, description: `Metric ${name} with ${value} +/- ${deviation} was ${operator} '${threshold}'` };
}

/** Whether two independent samples' values differ by no more than their sampling errors explain, at 95 %. */
function isWithinError(one: MetricValue, other: MetricValue): boolean {
  const [a, b] = [standardErrorOf(one), standardErrorOf(other)];
  return a !== undefined && b !== undefined && Math.abs(one.value - other.value) <= NORMAL_95 * Math.hypot(a, b);
}

/**
 * The chance that the service's rule is broken by a window of this size from a model that is as good as in the baseline:
 * the metric is then about normal around the baseline's value, with the standard error that its interval tells.
 *
 * @returns in [0, 1]; undefined without an interval or a baseline.
 */
export function falseAlarmChance(
  current: MetricValue,
  baseline: number | undefined,
  { threshold, comparison_operator: operator }: MetricConstraint,
): number | undefined {
  const error = standardErrorOf(current);
  if (baseline === undefined || error === undefined || error <= 0) return undefined;
  const below = normalCdf((threshold - baseline) / error);
  return operator === 'LessThanThreshold' ? below : 1 - below;
}
