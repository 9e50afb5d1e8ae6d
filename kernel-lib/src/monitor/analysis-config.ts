import { z } from 'zod';
import { isJsonObject, type JsonText, parseJsonText } from '../capture/json-text.js';
import { MonitorError } from '../errors.js';
import type { ShapConfig } from '../explain/shap-config.js';
import { parseWith } from '../json/parse-with.js';
import { pythonFloat } from '../json/python-float.js';
import { parseForeignJson } from '../json/read-json.js';
import { openStorage } from '../storage/open-storage.js';

type Scalar = string | number | boolean;

/** One facet of `analysis_config.json`. */
export interface FacetConfig {
  readonly name_or_index: string | number;
  /** The values of the group, or thresholds of a number: the group is above. A whole number written `40.0` is a text. */
  readonly value_or_threshold?: readonly Scalar[] | undefined;
}

/** Which metrics of a stage are wanted: "all", or names. */
export interface BiasMethodsConfig {
  readonly methods?: 'all' | readonly string[] | undefined;
}

/** What Driftline takes from Clarify's `analysis_config.json`; other keys are let through. */
export interface AnalysisConfig {
  readonly dataset_type?: string | undefined;
  /** Names of the columns of a CSV dataset; of JSON: the features', then the label's, then the predicted label's. */
  readonly headers?: readonly string[] | undefined;
  /** JMESPath of the list of features in a record. */
  readonly features?: string | undefined;
  /** The label: a column's name or index, or JMESPath. */
  readonly label?: string | number | undefined;
  /** The predicted label in the dataset, likewise. */
  readonly predicted_label?: string | number | undefined;
  /** The positive classes, or the thresholds of a continuous label. */
  readonly label_values_or_threshold?: readonly Scalar[] | undefined;
  readonly facet?: FacetConfig | readonly FacetConfig[] | undefined;
  readonly group_variable?: string | number | undefined;
  readonly excluded_columns?: readonly (string | number)[] | undefined;
  /** A probability above it means the positive class. */
  readonly probability_threshold?: number | undefined;
  readonly methods?:
    | {
        readonly pre_training_bias?: BiasMethodsConfig | undefined;
        readonly post_training_bias?: BiasMethodsConfig | undefined;
        readonly shap?: ShapConfig | undefined;
      }
    | undefined;
  readonly predictor?:
    | {
        readonly label?: string | number | undefined;
        readonly probability?: string | number | undefined;
        readonly label_headers?: readonly Scalar[] | undefined;
        readonly content_type?: string | undefined;
        readonly accept_type?: string | undefined;
        readonly content_template?: string | undefined;
        readonly record_template?: string | undefined;
      }
    | undefined;
}

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number, true or false' });
const place = z.union([z.string(), z.number()], { error: 'expected a column: its name, its index, or JMESPath' });
const values = z.array(scalar, { error: 'expected a list of values, or of one threshold' });
const facet = z.looseObject({ name_or_index: place, value_or_threshold: values.optional() });
const methods = z.union([z.literal('all'), z.array(z.string())], { error: 'expected "all", or a list of metrics' });
const shap = z.looseObject({
  baseline: z
    .union([z.string(), z.array(z.array(z.union([z.string(), z.number(), z.null()])))], {
      error: 'expected rows of values, or the location of a file with them',
    })
    .optional(),
  num_clusters: z.number().int().min(1).max(12).optional(),
  num_samples: z.number().int().min(1).optional(),
  agg_method: z.enum(['mean_abs', 'median', 'mean_sq']).optional(),
  use_logit: z.boolean().optional(),
  save_local_shap_values: z.boolean().optional(),
  seed: z.number().int().optional(),
});
const stage = z.looseObject({ methods: methods.optional() });

/** One facet or a list; told apart first, so that a problem's place is named. */
const facets = z.unknown().superRefine((value, context) => {
  const { error } = (Array.isArray(value) ? z.array(facet) : facet).safeParse(value);
  for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
});

const schema = z.looseObject({
  dataset_type: z.string().optional(),
  headers: z.array(z.string()).optional(),
  features: z.string().optional(),
  label: place.optional(),
  predicted_label: place.optional(),
  label_values_or_threshold: values.optional(),
  facet: facets.optional(),
  group_variable: place.optional(),
  excluded_columns: z.array(place).optional(),
  probability_threshold: z.number().min(0).max(1).optional(),
  methods: z
    .looseObject({ pre_training_bias: stage.optional(), post_training_bias: stage.optional(), shap: shap.optional() })
    .optional(),
  predictor: z
    .looseObject({
      label: place.optional(),
      probability: place.optional(),
      label_headers: z.array(scalar).optional(),
      content_type: z.string().optional(),
      accept_type: z.string().optional(),
      content_template: z.string().optional(),
      record_template: z.string().optional(),
    })
    .optional(),
}) as z.ZodType<AnalysisConfig>;

/**
 * Reads Clarify's configuration. Values that are whole but written as fractions come as texts (`"40.0"`): the service
 * writes them so, and JSON's numbers do not tell them from `40`.
 *
 * @throws MonitorError `CONFIGURATION` with every problem's place, `FILE_NOT_FOUND`.
 */
export async function loadAnalysisConfig(uri: string): Promise<AnalysisConfig> {
  const text = new TextDecoder().decode(await openStorage(uri).read(uri));
  try {
    return withFractions(parseWith(schema, parseForeignJson(text, uri), 'analysis configuration', uri), text);
  } catch (cause) {
    if (!(cause instanceof MonitorError)) throw cause;
    const { what, where = uri, fix = 'correct the file' } = cause;
    throw new MonitorError('CONFIGURATION', what, { where, fix, cause });
  }
}

function withFractions(config: AnalysisConfig, text: string): AnalysisConfig {
  const written = parseJsonText(text) ?? null;
  const { facet, label_values_or_threshold: labelValues } = config;
  const facetTexts = listOf(fieldOf(written, 'facet'));
  const facets = facet && listOf(facet as FacetConfig | readonly FacetConfig[]);
  return {
    ...config,
    ...(labelValues && {
      label_values_or_threshold: asWritten(labelValues, fieldOf(written, 'label_values_or_threshold')),
    }),
    ...(facets && {
      facet: facets.map((one, index) => ({
        ...one,
        ...(one.value_or_threshold && {
          value_or_threshold: asWritten(one.value_or_threshold, fieldOf(facetTexts[index]!, 'value_or_threshold')),
        }),
      })),
    }),
  };
}

function asWritten(values: readonly Scalar[], texts: JsonText): Scalar[] {
  return values.map((value, index) => {
    const text = Array.isArray(texts) ? (texts as readonly JsonText[])[index] : undefined;
    const isFraction = typeof value === 'number' && Number.isInteger(value) && !/^-?\d+$/.test(String(text ?? value));
    return isFraction ? pythonFloat(value) : value;
  });
}

function fieldOf(value: JsonText, key: string): JsonText {
  return isJsonObject(value) ? (value[key] ?? null) : null;
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
