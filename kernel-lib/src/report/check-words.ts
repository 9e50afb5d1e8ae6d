import type { CheckType, FeatureReport, MonitorType, Report, Rule, Violation } from './report.js';

const checkWords: Readonly<Record<CheckType, string>> = {
  data_type_check: 'values of another type',
  completeness_check: 'values are missing',
  baseline_drift_check: 'distribution has moved',
  missing_column_check: 'columns are missing',
  extra_column_check: 'columns that the baseline lacks',
  categorical_values_check: 'categories never seen before',
  custom_check: 'own rule is broken',
  LessThanThreshold: 'metric has fallen',
  GreaterThanThreshold: 'metric has risen',
  bias_drift_check: 'further from equal treatment',
  feature_attribution_drift_check: 'the model rests on other features',
};

/** What a check found, in a few words for people: "values are missing". */
export function whatHappened(violation: Violation): string {
  // |current| > |baseline| can be nearer to equal treatment: a DI of 0.9 after 0.8.
  if (violation.check === 'bias_drift_check' && !violation.rules.includes('significant')) return 'beyond its limit';
  return checkWords[violation.check] ?? violation.check;
}

const monitorWords: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'Data quality',
  'model-quality': 'Model quality',
  'model-bias': 'Bias',
  'model-explainability': 'Feature attribution',
};

export function monitorWord(type: MonitorType): string {
  return monitorWords[type] ?? type;
}

/** What violations are about: a feature, or a metric. */
export function subjectNoun({ modelQuality, modelBias, modelExplainability }: Report): 'Feature' | 'Metric' {
  return (modelQuality ?? modelBias ?? modelExplainability) === undefined ? 'Feature' : 'Metric';
}

/** The report's status in words. */
export function statusWord({ status, violations, rule }: Report): string {
  if (status === 'no-data') return 'No data';
  if (status === 'ok') return 'No violations';
  const count = deciding(violations, rule).length;
  return count === 1 ? '1 violation' : `${count} violations`;
}

/** Violations that count under the deciding rule. */
export function deciding(violations: readonly Violation[], rule: Rule): readonly Violation[] {
  return violations.filter(({ rules }) => rules.includes(rule));
}

/** Violations that only the other rule sees. */
export function undeciding(violations: readonly Violation[], rule: Rule): readonly Violation[] {
  return violations.filter(({ rules }) => !rules.includes(rule));
}

export type FeatureState = 'violated' | 'drifting' | 'ok' | 'not-compared';

/** A feature's status, with those told apart whose distance is beyond its threshold without being a violation. */
export function featureState({ status, drift }: FeatureReport): FeatureState {
  if (status !== 'ok') return status;
  return drift !== undefined && drift.distance > drift.threshold ? 'drifting' : 'ok';
}

const stateWords: Readonly<Record<FeatureState, string>> = {
  violated: 'violated',
  drifting: 'beyond threshold',
  ok: 'ok',
  'not-compared': 'not compared',
};

export function stateWord(state: FeatureState): string {
  return stateWords[state];
}

/** Features with a distance, the furthest beyond its threshold first. */
export function byDrift(features: readonly FeatureReport[]): FeatureReport[] {
  const ratio = ({ drift }: FeatureReport): number =>
    drift === undefined ? -1 : drift.threshold > 0 ? drift.distance / drift.threshold : drift.distance;
  return features.filter(({ drift }) => drift !== undefined).sort((a, b) => ratio(b) - ratio(a));
}
