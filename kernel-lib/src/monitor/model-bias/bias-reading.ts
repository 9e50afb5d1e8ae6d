import type { ReadSummary } from '../../capture/summary.js';
import type { DatasetFormat } from '../../dataset/dataset.js';
import type { RunOptions } from '../../progress.js';
import type { QualityAttributes } from '../model-quality/problem.js';
import type { BiasSettings } from './settings.js';

/** What reading came to, besides the rows in the builder. */
export interface BiasReading {
  readonly read: ReadSummary;
  /** Where things were found, in words. */
  readonly addressing: { readonly label: string; readonly prediction?: string; readonly probability?: string };
  /** The label's name in `analysis.json`. */
  readonly labelName: string;
  readonly columns: number;
  /** The settings with columns by name where an index was given. */
  readonly settings: BiasSettings;
  /** Rows without a label. */
  readonly unlabelled: number;
}

/** How a dataset is written. */
export interface BiasDatasetOptions extends RunOptions {
  readonly format: DatasetFormat;
  readonly header?: boolean;
  readonly headers?: readonly string[];
  /** A model makes the predictions: what `predictor` says is where its answers stand in its own responses. */
  readonly withoutAnswers?: boolean;
  /** What the baseline called prediction and probability: columns by these names, where the caller does not say. */
  readonly fallback?: QualityAttributes;
}
