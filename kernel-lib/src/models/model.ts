import type { RunOptions } from '../progress.js';
import type { ModelCell } from './tree-model.js';

/** What a model answers for a row: a number, or a list of numbers (one an output). */
export type ModelAnswer = number | readonly number[];

/** A model that can be asked, whatever its kind. */
export interface Model {
  /** Names of the numbers of an answer, where they are known: `predictor.label_headers`. */
  readonly outputs?: readonly string[];
  /** Whether the model is given every column, and none may be left out. Default: it picks its own. */
  readonly takesEveryColumn?: boolean;
  /**
   * @param names - of the cells, in order; a model that names its features picks its own.
   * @returns one answer a row, in order, numbers finite, all of one length.
   * @throws MonitorError `MODEL` where the model fails or answers something else; `COLUMN_NOT_FOUND`; `ABORTED`.
   */
  predict(
    names: readonly string[],
    rows: readonly (readonly ModelCell[])[],
    options?: RunOptions,
  ): Promise<readonly ModelAnswer[]>;
  /** Lets go of what the model holds. Default: it holds nothing. */
  close?(): Promise<void>;
}

/** What `analysis_config.json` says of asking a model. */
export interface ModelConfig {
  /** MIME type of the dataset: the default of `content_type`. */
  readonly dataset_type?: string | undefined;
  readonly predictor?:
    | {
        readonly label?: string | number | undefined;
        readonly probability?: string | number | undefined;
        readonly label_headers?: readonly (string | number | boolean)[] | undefined;
        readonly content_type?: string | undefined;
        readonly accept_type?: string | undefined;
        readonly content_template?: string | undefined;
        readonly record_template?: string | undefined;
      }
    | undefined;
}

/** Names of a model's outputs, where the configuration has them. */
export function outputNames(config: ModelConfig | undefined): { readonly outputs?: readonly string[] } {
  const headers = config?.predictor?.label_headers;
  return headers && headers.length > 0 ? { outputs: headers.map(String) } : {};
}
