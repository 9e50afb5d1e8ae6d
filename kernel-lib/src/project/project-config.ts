import type { ExplainerName } from '../explain/explainer.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import type { AttributionAggregation } from '../report/model-explainability-report.js';
import type { MonitorType, Rule } from '../report/report.js';

/** An endpoint of `driftline.yaml`: where its capture lies, and the names of its columns. Paths are relative to the file. */
export interface EndpointConfig {
  /** The capture destination, with or without the endpoint's and variant's folders; local or `s3://`. */
  readonly capture: string;
  readonly 'ground-truth'?: string | undefined;
  readonly model?: string | undefined;
  /** Names for captured CSV, which has no header. Left out: the baseline's, by position, output first. */
  readonly columns?:
    | { readonly output?: readonly string[] | undefined; readonly input?: readonly string[] | undefined }
    | undefined;
}

/** Bias: a facet, and the group of it that is compared with everybody else; see `BiasFacet`. */
export interface FacetMonitorConfig {
  readonly name: string;
  readonly values?: readonly (string | number)[] | undefined;
  readonly above?: number | undefined;
  readonly 'up-to'?: number | undefined;
}

/** Bias: the range in which a metric may lie; see `BiasLimit`. */
export interface LimitConfig {
  readonly metric: string;
  readonly facet?: string | undefined;
  readonly value?: string | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
}

/** Model quality and bias: where label and prediction stand; a column, a zero-based index or a JMESPath expression. */
export interface AttributesConfig {
  readonly 'inference-attribute'?: string | undefined;
  readonly 'probability-attribute'?: string | undefined;
  readonly 'ground-truth-attribute'?: string | undefined;
}

/** A dataset to make a baseline from, and, for model quality and bias, its columns of label and prediction. */
export interface BaselineDatasetConfig extends AttributesConfig {
  readonly dataset: string;
  /** Bias and explainability: columns of the dataset that are no inputs of the model. */
  readonly excluded?: readonly string[] | undefined;
}

/** A monitor of `driftline.yaml`. Its attributes are those of the capture and the ground truth. */
export interface MonitorConfig extends AttributesConfig {
  readonly type: MonitorType;
  readonly endpoint: string;
  /**
   * A folder that holds a baseline (`statistics.json`, `constraints.json`; bias and explainability: `analysis.json`), or the dataset to make one from on the first
   * run, into `baseline/{monitor}/` beside the project file.
   */
  readonly baseline: string | BaselineDatasetConfig;
  /** As the service writes it: `cron(0 * ? * * *)`. */
  readonly schedule: string;
  /** Left out when all monitors are run; by its name it still runs. Default: false. */
  readonly paused?: boolean | undefined;
  /** The folder of results; below it `{endpoint}/{monitor}/yyyy/mm/dd/hh/`. */
  readonly output: string;
  readonly rule?: Rule | undefined;
  /** Model quality: needed where a baseline is to be made. */
  readonly 'problem-type'?: ProblemType | undefined;
  /** Binary classification: a probability above it means the positive class. Default: 0.5. */
  readonly 'probability-threshold'?: number | undefined;
  /** Binary classification; default: 1, or the like. */
  readonly 'positive-label'?: string | undefined;
  /** Bias and explainability: Clarify's `analysis_config.json`, instead of what is below or besides it. */
  readonly config?: string | undefined;
  /** Bias: whom to compare. */
  readonly facets?: readonly FacetMonitorConfig[] | undefined;
  /** Bias: the column of the groups of CDDL and CDDPL. */
  readonly 'group-variable'?: string | undefined;
  /** Bias: the positive classes, or a threshold. */
  readonly 'label-values'?: readonly (string | number)[] | undefined;
  /** Bias. */
  readonly limits?: readonly LimitConfig[] | undefined;
  /** Explainability; see `ExplainabilityOptions`. The model is the endpoint's. */
  readonly 'agg-method'?: AttributionAggregation | undefined;
  readonly explainer?: ExplainerName | undefined;
  readonly 'num-samples'?: number | undefined;
  readonly background?: string | undefined;
  readonly 'attribution-threshold'?: number | undefined;
  readonly precision?: number | undefined;
  readonly hooks?: { readonly record?: string | undefined; readonly check?: string | undefined } | undefined;
}

/** What `driftline.yaml` says. */
export interface ProjectConfig {
  readonly version: 1;
  readonly endpoints: Readonly<Record<string, EndpointConfig>>;
  readonly monitors: Readonly<Record<string, MonitorConfig>>;
}
