import { stringifyServiceJson } from '../json/write-json.js';

/** `constraints.json` of a data-quality baseline, in the service's layout. Keys not listed are kept. */
export interface Constraints {
  /** `0.0`. */
  readonly version?: number | undefined;
  readonly features: readonly FeatureConstraint[];
  readonly monitoring_config?: MonitoringConfig | undefined;
}

/** What a column must be like. */
export interface FeatureConstraint {
  readonly name: string;
  /** `Integral`, `Fractional`, `String` or `Unknown`. */
  readonly inferred_type?: string | undefined;
  /** Least share of rows with a value, in [0, 1]. */
  readonly completeness?: number | undefined;
  readonly num_constraints?: { readonly is_non_negative?: boolean | undefined } | undefined;
  readonly string_constraints?: { readonly domains?: readonly string[] | undefined } | undefined;
  /** As the service's Python SDK spells it. */
  readonly monitoring_config_overrides?: MonitoringConfig | undefined;
  /** As the service's documentation spells it. */
  readonly monitoringConfigOverrides?: MonitoringConfig | undefined;
}

/** How the service turns things on and off. */
export type Switch = 'Enabled' | 'Disabled';

/** How the constraints are checked: for all features, or as an override for one. */
export interface MonitoringConfig {
  readonly evaluate_constraints?: Switch | undefined;
  readonly emit_metrics?: Switch | undefined;
  /** Least share of values of the expected type, in [0, 1]. */
  readonly datatype_check_threshold?: number | undefined;
  /** Least share of values inside the domain, in [0, 1]. */
  readonly domain_content_threshold?: number | undefined;
  readonly distribution_constraints?: DistributionConstraints | undefined;
}

/** How distributions are compared, as `constraints.json` has it. */
export interface DistributionConstraints {
  readonly perform_comparison?: Switch | undefined;
  readonly comparison_threshold?: number | undefined;
  /** `Simple` or `Robust`; `linf_simple`, `linf_robust` and any letter case are read too. */
  readonly comparison_method?: string | undefined;
  /** The spelling of older documentation; read where the right one is absent. */
  readonly comparion_method?: string | undefined;
  /** Default: `comparison_threshold`. */
  readonly categorical_comparison_threshold?: number | undefined;
  readonly categorical_drift_method?: 'LInfinity' | 'ChiSquared' | undefined;
}

/** The configuration that holds for one feature, with nothing left open. */
export interface EffectiveConfig {
  /** Whether the feature's constraints are checked at all. */
  readonly evaluate: boolean;
  readonly emitMetrics: boolean;
  readonly datatypeThreshold: number;
  readonly domainContentThreshold: number;
  /** Whether its distribution is compared. */
  readonly compare: boolean;
  readonly comparisonMethod: 'Simple' | 'Robust';
  readonly comparisonThreshold: number;
  readonly categoricalMethod: 'LInfinity' | 'ChiSquared';
  readonly categoricalThreshold: number;
}

/** The thresholds that a feature can override. */
export type ThresholdName =
  | 'datatype_check_threshold'
  | 'domain_content_threshold'
  | 'comparison_threshold'
  | 'categorical_comparison_threshold';

/** The text of `constraints.json`. */
export function stringifyConstraints(constraints: Constraints): string {
  return stringifyServiceJson(constraints);
}

/**
 * What holds for a feature: its override, else the file's `monitoring_config`, else the service's defaults (data type and
 * domain 1.0, `Robust` and `LInfinity` at 0.1, all enabled). What is nearer to the feature wins: an override of
 * `comparison_threshold` alone moves the limit of a categorical feature too.
 */
export function effectiveConfig(constraints: Constraints, feature: string): EffectiveConfig {
  const found = constraints.features.find(({ name }) => name === feature);
  const layers = [overridesOf(found), constraints.monitoring_config].filter((config) => config !== undefined);
  const first = <T>(read: (config: MonitoringConfig) => T | undefined): T | undefined =>
    layers.map(read).find((value) => value !== undefined);
  const comparing = <T>(read: (config: DistributionConstraints) => T | undefined): T | undefined =>
    first(({ distribution_constraints: config }) => config && read(config));
  const method = comparing((config) => config.comparison_method ?? config.comparion_method);
  return {
    evaluate: first((config) => config.evaluate_constraints) !== 'Disabled',
    emitMetrics: first((config) => config.emit_metrics) !== 'Disabled',
    datatypeThreshold: first((config) => config.datatype_check_threshold) ?? 1,
    domainContentThreshold: first((config) => config.domain_content_threshold) ?? 1,
    compare: comparing((config) => config.perform_comparison) !== 'Disabled',
    comparisonMethod: method !== undefined && /simple$/i.test(method) ? 'Simple' : 'Robust',
    comparisonThreshold: comparing((config) => config.comparison_threshold) ?? 0.1,
    categoricalMethod: comparing((config) => config.categorical_drift_method) ?? 'LInfinity',
    categoricalThreshold:
      comparing((config) => config.categorical_comparison_threshold ?? config.comparison_threshold) ?? 0.1,
  };
}

/** A feature's override under either spelling; of two, the SDK's wins. */
function overridesOf(feature: FeatureConstraint | undefined): MonitoringConfig | undefined {
  const { monitoring_config_overrides: sdk, monitoringConfigOverrides: documented } = feature ?? {};
  if (sdk === undefined || documented === undefined) return sdk ?? documented;
  const distribution = { ...documented.distribution_constraints, ...sdk.distribution_constraints };
  return { ...documented, ...sdk, distribution_constraints: distribution };
}
