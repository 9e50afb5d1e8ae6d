import { MonitorError } from '../../errors.js';
import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import { type AnalysisConfig, loadAnalysisConfig } from '../analysis-config.js';
import type { BiasOptions } from '../model-bias/bias-options.js';
import type { QualityAttributes } from '../model-quality/problem.js';
import type { ExplainabilityOptions } from './explainability-options.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';

/** Everything that decides how a model is explained and judged. */
export interface ExplainabilitySettings {
  /** A file or address; undefined where neither the caller nor the baseline names one. */
  readonly model: string | undefined;
  /** Clarify's configuration with the caller's own options laid over it. */
  readonly config: AnalysisConfig;
  readonly aggregation: AttributionAggregation;
  /** nDCG below it is drift. */
  readonly threshold: number;
  /** Half-width of the interval of nDCG that sampled windows are to reach. */
  readonly precision: number;
}

/** The service's threshold. */
const SERVICE_THRESHOLD = 0.9;
const DEFAULT_PRECISION = 0.01;

/** Who asks for an explanation: any monitor's options. */
export type AskedExplainability = ExplainabilityOptions & BiasOptions & QualityAttributes;

/**
 * Reads Clarify's configuration (the caller's, else the one beside the baseline), lays the caller's options over it, and
 * fills what both leave open with what the baseline was made with.
 *
 * @throws MonitorError `USAGE` for a number out of its range, and what reading the configuration throws.
 */
export async function explainabilitySettings(
  options: AskedExplainability,
  baseline?: Pick<ExplainabilityBaseline, 'config' | 'own'>,
): Promise<ExplainabilitySettings> {
  const { attributionThreshold, precision = DEFAULT_PRECISION } = options;
  checkRange(attributionThreshold, 'The threshold of nDCG', '--attribution-threshold');
  checkRange(precision, 'The precision', '--precision');
  const made = baseline?.own?.settings;
  const file = options.config ?? baseline?.config;
  const config = withOptions(file === undefined ? (made?.config ?? {}) : await loadAnalysisConfig(file), options);
  return {
    model: options.model ?? made?.model,
    config,
    aggregation: config.methods?.shap?.agg_method ?? made?.aggregation ?? 'mean_abs',
    threshold: attributionThreshold ?? made?.threshold ?? SERVICE_THRESHOLD,
    precision,
  };
}

function withOptions(config: AnalysisConfig, { aggregation, numSamples }: ExplainabilityOptions): AnalysisConfig {
  const shap = {
    ...config.methods?.shap,
    ...(aggregation && { agg_method: aggregation }),
    ...(numSamples !== undefined && { num_samples: numSamples }),
  };
  return { ...config, methods: { ...config.methods, shap } };
}

/**
 * The columns of a dataset that are inputs of a model: all but the label, the predictions and what is excluded. A model
 * with names picks its own among them.
 */
export function featureColumns(
  names: readonly string[],
  { label, predicted_label: predicted, excluded_columns: excluded = [] }: AnalysisConfig,
  options: AskedExplainability,
): readonly string[] {
  const { groundTruthAttribute, inferenceAttribute, probabilityAttribute } = options;
  const others = [
    ...[label, predicted, ...excluded],
    ...[groundTruthAttribute, inferenceAttribute, probabilityAttribute, ...(options.excluded ?? [])],
  ].flatMap((place) => (place === undefined ? [] : String(place)));
  const left = new Set(others.map((place) => (names.includes(place) ? place : (names[Number(place)] ?? place))));
  return names.filter((name) => !left.has(name));
}

function checkRange(value: number | undefined, what: string, option: string): void {
  if (value === undefined || (value > 0 && value <= 1)) return;
  throw new MonitorError('USAGE', `${what} is ${value}.`, { fix: `give ${option} a number above 0, up to 1` });
}
