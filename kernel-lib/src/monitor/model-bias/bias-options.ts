/** Whom bias is measured for. */
export interface BiasFacet {
  /** The column, by name or zero-based index. */
  readonly name: string;
  /**
   * The values that make the group. Of a continuous column they are thresholds, and the group is above the lowest; the
   * service takes whole numbers with fewer than 5 % different values for categories. Left out: every value in turn is
   * compared with all others.
   */
  readonly values?: readonly (string | number)[];
  /** Instead of `values`: the group is above this number, however many different values there are. */
  readonly above?: number;
  /** With `above`: and not above this one, which is in the group. */
  readonly upTo?: number;
}

/** The range in which a bias metric may lie, for all facets, one facet, or one group of it. */
export interface BiasLimit {
  /** The metric's name: "DI". */
  readonly metric: string;
  readonly facet?: string;
  /** As in `analysis.json`: "Female". */
  readonly value?: string;
  /** At least one of the two. */
  readonly lower?: number;
  readonly upper?: number;
}

/** What a bias monitor looks at. Whatever is left out is taken from `config`, and in a check from the baseline. */
export interface BiasOptions {
  /** Clarify's `analysis_config.json`: a path or URI. */
  readonly config?: string;
  readonly facets?: readonly BiasFacet[];
  /** The column whose values make the groups of CDDL and CDDPL. */
  readonly groupVariable?: string;
  /** The positive classes of the label, or a threshold of a continuous one. */
  readonly labelValues?: readonly (string | number)[];
  readonly limits?: readonly BiasLimit[];
  /** Columns of a dataset that are no features, besides `excluded_columns` of `config`. */
  readonly excluded?: readonly string[];
  /** A model that makes the predictions: an XGBoost JSON file, or a JavaScript module. */
  readonly model?: string;
}
