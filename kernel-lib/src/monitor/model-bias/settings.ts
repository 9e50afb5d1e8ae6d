import { checkAttribute } from '../../capture/attribute.js';
import { MonitorError } from '../../errors.js';
import { pythonFloat } from '../../json/python-float.js';
import { biasMetrics } from '../../metrics/bias/registry.js';
import { type AnalysisConfig, loadAnalysisConfig } from '../analysis-config.js';
import type { QualityAttributes } from '../model-quality/problem.js';
import type { BiasFacet, BiasLimit, BiasOptions } from './bias-options.js';
import type { BiasBaseline } from './load-bias-baseline.js';

/** A facet as it was asked for; without values every value in turn makes a group. */
export interface FacetSetting {
  readonly name: string;
  readonly values?: readonly string[];
  /** The group is above this number. */
  readonly above?: number;
  /** And no further than this one. */
  readonly upTo?: number;
  /** The configuration has a fraction or a text for a threshold, which makes the service write `(40.0, 90.0]`. */
  readonly fraction?: true;
}

/** Everything that decides what is measured: out of the caller's options, `analysis_config.json` and the baseline. */
export interface BiasSettings {
  /** Where label, prediction and probability stand. */
  readonly attributes: QualityAttributes;
  /** JMESPath of the list of features in a record. */
  readonly features?: string;
  /** Names of the columns, as `analysis_config.json` has them. */
  readonly headers?: readonly string[];
  /** Classes in the order of a list of probabilities. */
  readonly labelHeaders?: readonly string[];
  /** Positive classes, or thresholds. */
  readonly labelValues?: readonly string[];
  /** As of a facet. */
  readonly labelFraction?: true;
  readonly facets: readonly FacetSetting[];
  readonly groupVariable?: string;
  /** Columns that are no features. */
  readonly excluded: readonly string[];
  /** Names of the metrics that are wanted. */
  readonly metrics: readonly string[];
  readonly limits: readonly BiasLimit[];
}

/** Reads `config`, where the caller names one, and lays the caller's own options over it. */
export async function biasSettings(options: BiasOptions & QualityAttributes): Promise<BiasSettings> {
  const config = options.config === undefined ? undefined : await loadAnalysisConfig(options.config);
  const settings = settingsOf(options, config ?? {});
  checkAttribute(settings.attributes.groundTruthAttribute, 'label');
  checkAttribute(settings.attributes.inferenceAttribute, 'predictor.label');
  checkAttribute(settings.attributes.probabilityAttribute, 'predictor.probability');
  checkAttribute(settings.features, 'features');
  return settings;
}

/**
 * The settings of a check: what the caller says, else Clarify's configuration beside the baseline, and for what both leave
 * open those that the baseline was made with. Where label and prediction stood in the baseline's dataset tells nothing of
 * a capture, unless it is an expression.
 */
export async function checkSettings(
  options: BiasOptions & QualityAttributes,
  { bias, config, label: known }: BiasBaseline,
): Promise<BiasSettings> {
  const asked = await biasSettings({ ...(config !== undefined && { config }), ...options });
  if (bias === undefined) {
    const groundTruthAttribute = asked.attributes.groundTruthAttribute ?? known?.name;
    return { ...asked, attributes: { ...asked.attributes, ...(groundTruthAttribute && { groundTruthAttribute }) } };
  }
  const { settings } = bias;
  const said = options.config !== undefined;
  const { attributes } = asked;
  const answered = attributes.inferenceAttribute ?? attributes.probabilityAttribute;
  const before = settings.attributes;
  const expression = (attribute: string | undefined): string | undefined =>
    attribute !== undefined && /[[.*(]/.test(attribute) ? attribute : undefined;
  const prediction = expression(before.inferenceAttribute);
  const probability = expression(before.probabilityAttribute);
  const threshold = attributes.probabilityThreshold ?? before.probabilityThreshold;
  const label = attributes.groundTruthAttribute ?? before.groundTruthAttribute;
  return {
    ...settings,
    ...asked,
    attributes: {
      ...attributes,
      ...(label !== undefined && { groundTruthAttribute: label }),
      ...(threshold !== undefined && { probabilityThreshold: threshold }),
      ...(answered === undefined && prediction !== undefined && { inferenceAttribute: prediction }),
      ...(answered === undefined && probability !== undefined && { probabilityAttribute: probability }),
    },
    facets: asked.facets.length > 0 ? asked.facets : settings.facets,
    excluded: said ? asked.excluded : settings.excluded,
    metrics: said ? asked.metrics : settings.metrics,
    limits: options.limits ?? settings.limits,
  };
}

/** What a configuration and a caller's options say together; the caller counts where both speak. */
export function settingsOf(options: BiasOptions & QualityAttributes, config: AnalysisConfig): BiasSettings {
  const { predictor, headers, features } = config;
  const labelValues = options.labelValues ?? config.label_values_or_threshold;
  const groupVariable = options.groupVariable ?? config.group_variable;
  const labelHeaders = predictor?.label_headers?.map(textOf);
  return {
    attributes: attributesOf(options, config),
    ...(features !== undefined && { features }),
    ...(headers && { headers }),
    ...(labelHeaders && labelHeaders.length > 0 && { labelHeaders }),
    ...(labelValues && labelValues.length > 0 && { labelValues: labelValues.map(textOf) }),
    ...(options.labelValues === undefined && isFraction(labelValues) && { labelFraction: true }),
    facets: options.facets?.map(facetOf) ?? facetsOf(config),
    ...(groupVariable !== undefined && groupVariable !== '' && { groupVariable: String(groupVariable) }),
    excluded: [...(config.excluded_columns ?? []).map(String), ...(options.excluded ?? [])],
    metrics: metricsOf(config, options.config),
    limits: checkedLimits(options.limits ?? []),
  };
}

function facetOf({ name, values, above, upTo }: BiasFacet): FacetSetting {
  return {
    name,
    ...(values && { values: values.map(textOf) }),
    ...(above !== undefined && { above }),
    ...(upTo !== undefined && { upTo }),
  };
}

function facetsOf({ facet }: AnalysisConfig): FacetSetting[] {
  return [facet ?? []].flat().map(({ name_or_index: name, value_or_threshold: values }) => ({
    name: String(name),
    ...(values && values.length > 0 && { values: values.map(textOf) }),
    ...(isFraction(values) && { fraction: true }),
  }));
}

/** The service makes a fraction of a threshold that is a text. */
function isFraction(values: readonly (string | number | boolean)[] = []): boolean {
  return typeof values[0] === 'string';
}

/**
 * `predictor` comes first: it is what addresses the model's answer. The attributes of the command line serve where it says
 * nothing.
 */
function attributesOf(options: QualityAttributes, config: AnalysisConfig): QualityAttributes {
  const { predictor } = config;
  const prediction = predictor?.label ?? config.predicted_label ?? options.inferenceAttribute;
  const probability = predictor?.probability ?? options.probabilityAttribute;
  const label = options.groundTruthAttribute ?? config.label;
  const threshold = options.probabilityThreshold ?? config.probability_threshold;
  return {
    ...(prediction !== undefined && { inferenceAttribute: String(prediction) }),
    ...(probability !== undefined && { probabilityAttribute: String(probability) }),
    ...(threshold !== undefined && { probabilityThreshold: threshold }),
    ...(label !== undefined && { groundTruthAttribute: String(label) }),
  };
}

/** Without `methods` all metrics are wanted; with it, those of the stages it has. */
function metricsOf({ methods }: AnalysisConfig, where: string | undefined): readonly string[] {
  const { pre_training_bias: pre, post_training_bias: post } = methods ?? {};
  const all = biasMetrics.map(({ name }) => name);
  if (pre === undefined && post === undefined) return all;
  const unknown = [pre?.methods, post?.methods]
    .flat()
    .filter((name) => name !== undefined && name !== 'all' && !all.includes(name));
  if (unknown.length > 0) {
    throw new MonitorError('CONFIGURATION', `There is no bias metric ${unknown.join(', ')}.`, {
      ...(where !== undefined && { where: `${where}, methods` }),
      fix: `use "all", or some of: ${all.join(', ')}`,
    });
  }
  return biasMetrics
    .filter(({ name, stage }) => {
      const wanted = stage === 'pre-training' ? pre : post;
      return (
        wanted !== undefined &&
        (wanted.methods === undefined || wanted.methods === 'all' || wanted.methods.includes(name))
      );
    })
    .map(({ name }) => name);
}

function checkedLimits(limits: readonly BiasLimit[]): readonly BiasLimit[] {
  const known = biasMetrics.map(({ name }) => name);
  for (const { metric, lower, upper } of limits) {
    if (!known.includes(metric)) {
      throw new MonitorError('CONFIGURATION', `There is no bias metric "${metric}" to set a limit for.`, {
        where: 'limits',
        fix: `use one of: ${known.join(', ')}`,
      });
    }
    if (
      (lower === undefined && upper === undefined) ||
      (lower ?? Number.NEGATIVE_INFINITY) > (upper ?? Number.POSITIVE_INFINITY)
    ) {
      throw new MonitorError('CONFIGURATION', `The limit of ${metric} is no range.`, {
        where: 'limits',
        fix: 'give a lower bound, an upper bound, or both, the lower one first',
      });
    }
  }
  return limits;
}

/** As Python writes it, and so the files that it makes. */
function textOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : pythonFloat(value);
}
