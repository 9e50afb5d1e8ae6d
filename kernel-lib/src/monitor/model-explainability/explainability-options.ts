import type { ExplainerName } from '../../explain/explainer.js';
import type { AttributionAggregation } from '../../report/model-explainability-report.js';

/**
 * What an explainability monitor looks at. Whatever is left out is taken from `config` (`methods.shap`), and in a check
 * from the baseline.
 */
export interface ExplainabilityOptions {
  /** How the attributions of many rows become one number a feature. Default: `mean_abs`. */
  readonly aggregation?: AttributionAggregation;
  /** Default: what is exact for the kind of model, else `kernel`. */
  readonly explainer?: ExplainerName;
  /** Kernel SHAP: coalitions a row. */
  readonly numSamples?: number;
  /** Rows that stand for absent features: a dataset of them. Default: `methods.shap.baseline`, else drawn from the dataset. */
  readonly background?: string;
  /** nDCG below it is drift, in (0, 1]. Default: 0.9, as in the service. */
  readonly attributionThreshold?: number;
  /**
   * Checks explain windows of up to 10,000 rows whole, and of larger ones so many rows, drawn at random, that the half-width
   * of the interval of nDCG is no more than this; 10,000 to 100,000. Default: 0.01.
   */
  readonly precision?: number;
}
