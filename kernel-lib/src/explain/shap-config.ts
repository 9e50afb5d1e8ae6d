/** `methods.shap` of `analysis_config.json`. */
export interface ShapConfig {
  /** The rows that stand for absent features: rows of values, or where a CSV or JSON Lines file of them lies. */
  readonly baseline?: string | readonly (readonly (string | number | null)[])[] | undefined;
  /** Without a baseline: so many rows stand for the dataset, 1 to 12. */
  readonly num_clusters?: number | undefined;
  /** Coalitions a row. */
  readonly num_samples?: number | undefined;
  readonly agg_method?: 'mean_abs' | 'median' | 'mean_sq' | undefined;
  /** Explain the log-odds of probabilities. */
  readonly use_logit?: boolean | undefined;
  readonly save_local_shap_values?: boolean | undefined;
  readonly seed?: number | undefined;
}
