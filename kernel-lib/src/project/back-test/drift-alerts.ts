import { type Constraints, effectiveConfig } from '../../constraints/constraints.js';
import type { FeatureReport, Report, Rule } from '../../report/report.js';
import { benjaminiHochberg } from '../../stats/hypothesis.js';
import { type BackTestAlert, recorded } from './alert.js';

const LEVEL = 0.05;

/** What a data-quality report would have raised under other constraints; see `backTest`. */
export function driftAlerts(report: Report, constraints: Constraints, rule: Rule): BackTestAlert[] {
  const isOn = (feature: string): boolean => effectiveConfig(constraints, feature).evaluate;
  const known = new Map(constraints.features.map((feature) => [feature.name, feature]));
  const before = recorded(report, rule);
  const kept = report.violations.flatMap(({ id, feature, check }) => {
    if (check === 'baseline_drift_check' || check === 'completeness_check') return [];
    if (known.has(feature) && !isOn(feature)) return [];
    return before.filter((alert) => alert.id === id);
  });
  const compared = report.features.filter(
    ({ name, drift }) =>
      drift !== undefined && known.has(name) && isOn(name) && effectiveConfig(constraints, name).compare,
  );
  const adjusted = benjaminiHochberg(compared.map(({ drift }) => drift?.pValue));
  const drifted = compared.flatMap(
    (feature, index) => driftAlert(feature, constraints, rule, adjusted[index] ?? 1, before) ?? [],
  );
  const incomplete = report.features.flatMap(({ name, current }): BackTestAlert[] => {
    const limit = known.get(name)?.completeness;
    const measured = current?.completeness;
    if (limit === undefined || measured === undefined || measured >= limit || !isOn(name)) return [];
    return [{ id: `${name}/completeness_check`, title: name, check: 'completeness_check', measured, limit }];
  });
  return [...drifted, ...incomplete, ...kept];
}

/** As `compareFeatures` judges. */
function driftAlert(
  { name, drift, distances, distribution }: FeatureReport,
  constraints: Constraints,
  rule: Rule,
  adjustedPValue: number,
  before: readonly BackTestAlert[],
): BackTestAlert | undefined {
  if (drift === undefined) return undefined;
  const config = effectiveConfig(constraints, name);
  const id = `${name}/baseline_drift_check`;
  const isCategorical = distribution?.kind === 'categorical';
  const isTest = isCategorical && config.categoricalMethod === 'ChiSquared';
  // A p-value is no size: with ChiSquared the limit of the distance is the one for numbers.
  const limit = isCategorical && !isTest ? config.categoricalThreshold : config.comparisonThreshold;
  const method = config.comparisonMethod === 'Simple' ? 'linf_simple' : 'linf_robust';
  const judged = distances.find((distance) => distance.name === method)?.value;
  const significant = adjustedPValue < LEVEL && drift.lowerBound > limit;
  const beyond = !isTest && judged !== undefined && judged > limit;
  if (rule === 'threshold' && isTest) return before.find((alert) => alert.id === id);
  if (!(rule === 'significant' ? significant : beyond)) return undefined;
  const measured = beyond && judged !== undefined ? judged : drift.distance;
  return { id, title: name, check: 'baseline_drift_check', measured, limit };
}
