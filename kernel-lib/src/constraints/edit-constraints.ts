import { MonitorError } from '../errors.js';
import type { Constraints, FeatureConstraint, MonitoringConfig, Switch, ThresholdName } from './constraints.js';

/**
 * Switches the checks of one feature on or off, as the Python SDK's `set_monitoring` does; all else is kept.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`.
 */
export function setFeatureMonitoring(constraints: Constraints, feature: string, enabled: boolean): Constraints {
  return editOverrides(constraints, feature, (config) => ({
    ...config,
    evaluate_constraints: switchOf(enabled),
  }));
}

/**
 * Sets a threshold of one feature; all else is kept.
 *
 * @param value - in [0, 1].
 * @param options.threshold - which one. Default: `comparison_threshold`, the limit of its drift distance.
 * @throws MonitorError `COLUMN_NOT_FOUND`, and `USAGE` for a value out of range.
 */
export function setFeatureThreshold(
  constraints: Constraints,
  feature: string,
  value: number,
  options: { readonly threshold?: ThresholdName } = {},
): Constraints {
  const { threshold = 'comparison_threshold' } = options;
  checkShare(threshold, value);
  return editOverrides(constraints, feature, (config) => withThreshold(config, threshold, value));
}

/** Takes back what a feature has for itself, so that the file's general threshold holds; all else is kept. */
export function clearFeatureThreshold(
  constraints: Constraints,
  feature: string,
  threshold: ThresholdName,
): Constraints {
  return editOverrides(constraints, feature, (config) => {
    const { [threshold as 'datatype_check_threshold']: _, distribution_constraints: distribution, ...others } = config;
    if (distribution === undefined) return others;
    const { [threshold as 'comparison_threshold']: __, ...rest } = distribution;
    return Object.keys(rest).length === 0 ? others : { ...others, distribution_constraints: rest };
  });
}

/** Switches the comparison of one feature's distribution on or off. @throws MonitorError `COLUMN_NOT_FOUND`. */
export function setFeatureComparison(constraints: Constraints, feature: string, enabled: boolean): Constraints {
  return editOverrides(constraints, feature, (config) => ({
    ...config,
    distribution_constraints: { ...config.distribution_constraints, perform_comparison: switchOf(enabled) },
  }));
}

/** The least share of rows with a value, in [0, 1]; undefined: none. @throws MonitorError `COLUMN_NOT_FOUND`, `USAGE`. */
export function setCompleteness(constraints: Constraints, feature: string, value: number | undefined): Constraints {
  if (value !== undefined) checkShare('completeness', value);
  return editFeature(constraints, feature, (constraint) => {
    if (value !== undefined) return { ...constraint, completeness: value };
    const { completeness: _, ...others } = constraint;
    return others;
  });
}

/** Whether numbers must not be below 0. @throws MonitorError `COLUMN_NOT_FOUND`. */
export function setNonNegative(constraints: Constraints, feature: string, required: boolean): Constraints {
  return editFeature(constraints, feature, (constraint) => ({
    ...constraint,
    num_constraints: { ...constraint.num_constraints, is_non_negative: required },
  }));
}

/** The texts that a feature may have; undefined: any. @throws MonitorError `COLUMN_NOT_FOUND`. */
export function setDomain(
  constraints: Constraints,
  feature: string,
  domains: readonly string[] | undefined,
): Constraints {
  return editFeature(constraints, feature, (constraint) => {
    const { string_constraints: texts, ...others } = constraint;
    const { domains: _, ...rest } = texts ?? {};
    if (domains !== undefined) return { ...constraint, string_constraints: { ...rest, domains } };
    return Object.keys(rest).length === 0 ? others : { ...others, string_constraints: rest };
  });
}

/** Sets a threshold for all features that have none of their own. @throws MonitorError `USAGE` for a value not in [0, 1]. */
export function setGeneralThreshold(constraints: Constraints, threshold: ThresholdName, value: number): Constraints {
  checkShare(threshold, value);
  const config = constraints.monitoring_config ?? {};
  return { ...constraints, monitoring_config: withThreshold(config, threshold, value) };
}

function withThreshold(config: MonitoringConfig, threshold: ThresholdName, value: number): MonitoringConfig {
  return threshold === 'comparison_threshold' || threshold === 'categorical_comparison_threshold'
    ? { ...config, distribution_constraints: { ...config.distribution_constraints, [threshold]: value } }
    : { ...config, [threshold]: value };
}

function checkShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new MonitorError('USAGE', `${name} cannot be ${value}.`, { fix: 'give a number between 0 and 1' });
}

function switchOf(enabled: boolean): Switch {
  return enabled ? 'Enabled' : 'Disabled';
}

function editFeature(
  constraints: Constraints,
  feature: string,
  edit: (constraint: FeatureConstraint) => FeatureConstraint,
): Constraints {
  if (!constraints.features.some(({ name }) => name === feature)) {
    throw new MonitorError('COLUMN_NOT_FOUND', `No feature "${feature}" in the constraints.`, {
      fix: `use one of: ${constraints.features.map(({ name }) => name).join(', ')}`,
    });
  }
  const features = constraints.features.map((constraint) =>
    constraint.name === feature ? edit(constraint) : constraint,
  );
  return { ...constraints, features };
}

/** Edits an override under the spelling that the feature has, else the SDK's; an empty one is left out. */
function editOverrides(
  constraints: Constraints,
  feature: string,
  edit: (config: MonitoringConfig) => MonitoringConfig,
): Constraints {
  return editFeature(constraints, feature, (constraint) => {
    const { monitoring_config_overrides: sdk, monitoringConfigOverrides: documented, ...others } = constraint;
    const isDocumented = sdk === undefined && documented !== undefined;
    const config = edit(isDocumented ? documented : (sdk ?? {}));
    if (Object.keys(config).length === 0) {
      return isDocumented || documented === undefined ? others : { ...others, monitoringConfigOverrides: documented };
    }
    return isDocumented
      ? { ...constraint, monitoringConfigOverrides: config }
      : { ...constraint, monitoring_config_overrides: config };
  });
}
