import type { CaptureWindow } from '../../capture/hour-path.js';
import type { ColumnMapping, ReadSummary } from '../../capture/summary.js';
import type { RowBatch } from '../../explain/row-sample.js';
import type { RunOptions } from '../../progress.js';
import type { DatasetFormatName } from '../check.js';
import { guessFormat } from '../dataset-format.js';
import { openCapturedRows } from './captured-rows.js';
import { openDatasetRows } from './dataset-rows.js';

/** How to read rows of features. */
export interface RowsOptions extends RunOptions {
  readonly start?: string;
  readonly end?: string;
  readonly datasetFormat?: DatasetFormatName;
  readonly header?: boolean;
  /** Names of the columns of a CSV dataset: a first line equal to them is a header, any other is data. */
  readonly headers?: readonly string[];
  /** Names for captured CSV. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** Names for captured cells without names where `columns` says nothing, by position: the model's features. */
  readonly featureNames?: readonly string[];
  /** JMESPath of the list of features in captured JSON. */
  readonly featuresAttribute?: string;
  readonly recordHook?: string;
  /** Captured lines: read each with this probability and pass over the others, which are counted nowhere. Default: 1. */
  readonly lineShare?: number;
  /** Of what is drawn at random. Default: 0. */
  readonly seed?: number;
}

/** Rows of features in a dataset or a capture: read in batches, never held whole. */
export interface RowReader {
  readonly format: DatasetFormatName;
  /** Of a dataset: where it is read from. */
  readonly files?: readonly string[];
  /** The columns of the batches, in order; empty where there is nothing to read. */
  readonly names: readonly string[];
  /** The window that was asked for, its open ends closed; undefined for datasets and without a window. */
  window(): CaptureWindow | undefined;
  readonly mapping?: ColumnMapping;
  /** ISO; the newest captured hour there is, in the window or not. */
  readonly newestHour?: string;
  readonly endpoint?: string;
  /** What reads it. */
  readonly engine: string;
  /** All rows in the order of the files. Memory: some thousand rows. */
  batches(): AsyncIterable<RowBatch>;
  /** What reading came to: complete once `batches` has ended. */
  read(): ReadSummary;
  /** Captured rows by hour, ascending; complete once `batches` has ended. Empty for datasets. */
  hours(): readonly { readonly hour: string; readonly rows: number }[];
  close(): Promise<void>;
}

/**
 * Opens the rows of a dataset (CSV, JSON Lines, Parquet) or of captured or merged records, whose inputs they are.
 *
 * @throws MonitorError what reading the location throws. Lines that cannot be read are counted.
 */
export async function openRows(uri: string, options: RowsOptions): Promise<RowReader> {
  const format = options.datasetFormat ?? (await guessFormat(uri, options.signal));
  return format === 'capture' || format === 'merged'
    ? openCapturedRows(uri, format, options)
    : openDatasetRows(uri, format, options);
}
