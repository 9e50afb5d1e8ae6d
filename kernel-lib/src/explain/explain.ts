import path from 'node:path';
import type { CellBatch } from '../dataset/cell-batch.js';
import { type Dataset, openDataset } from '../dataset/dataset.js';
import { MonitorError, placed } from '../errors.js';
import { openTreeModel } from '../models/open-model.js';
import type { TreeModel } from '../models/tree-model.js';
import { type RunOptions, runOptions } from '../progress.js';
import { openStorage } from '../storage/open-storage.js';
import { type Attributions, additivityError } from './explainer.js';
import { type ColumnMatch, matchColumns } from './match-columns.js';
import { treeExplainer } from './tree-shap.js';

/** Options of {@link explain}. */
export interface ExplainOptions extends RunOptions {
  /** A model of XGBoost saved as JSON: a local path, `file://` or `s3://`. */
  readonly model: string;
  /** The rows: a CSV, JSON Lines or Parquet file, or a folder of one kind. */
  readonly dataset: string;
  /** The CSV file to write. */
  readonly output: string;
  /** Told by the files' extensions when left out. */
  readonly datasetFormat?: 'csv' | 'jsonl' | 'parquet';
  /** CSV: whether the first line of each file names the columns. Guessed when left out. */
  readonly header?: boolean;
  /** CSV: names of the columns. Without `header`, a first line equal to them is a header and any other is data. */
  readonly headers?: readonly string[];
}

/** One feature's share in the predictions of the rows that were explained. */
export interface FeatureAttribution {
  readonly feature: string;
  /** The mean absolute attribution, on the model's margin scale. */
  readonly meanAbs: number;
}

/** What {@link explain} has done. */
export interface Explanation {
  readonly output: string;
  /** Rows explained: lines of the file below its header. */
  readonly rows: number;
  /** In the model's order. */
  readonly features: readonly FeatureAttribution[];
  /** What every row's attributions start from: the mean margin over the training data, weighted by cover. */
  readonly expectedValue: number;
  /**
   * The largest difference between the sum of a row's attributions with `expectedValue` and the margin that the model
   * answers. The model adds up in single precision: some 1e-6 of the margin is rounding.
   */
  readonly worstAdditivityError: number;
  /** How the columns were found. */
  readonly matchedBy: 'name' | 'position';
  /** Lines that could not be read, and so have no line in the file. */
  readonly unreadLines: number;
  /** The first of them. */
  readonly firstUnread?: { readonly file: string; readonly line: number; readonly reason: string };
}

/**
 * Explains every row of a dataset by exact path-dependent TreeSHAP, and writes a CSV file: the model's features in its
 * order, then `expected_value`; a line for each row, in order. Values are on the model's margin scale (log-odds for
 * `binary:logistic`), with all digits, so that a line's sum is the row's margin. The file is written whole or not at all.
 *
 * Memory: some megabytes of rows, whatever their number; the whole output where it goes to S3.
 *
 * @throws MonitorError `MODEL` for a model that is not understood, or a text where it takes a number;
 *   `COLUMN_NOT_FOUND` with the features that the data lack; `COLUMN_COUNT`; `NO_DATA`; `USAGE` for an output that is
 *   not CSV or is the dataset itself.
 */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { output } = options;
  if (/\.(parquet|pq|jsonl?)$/i.test(output)) {
    throw new MonitorError('USAGE', 'Attributions are written as CSV in this version.', {
      where: output,
      fix: 'name a file that ends in .csv',
    });
  }
  const model = await openTreeModel(options.model);
  const dataset = await openDataset(options.dataset, {
    ...(options.datasetFormat && { format: options.datasetFormat }),
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { columns: options.headers }),
    ...runOptions(options),
  });
  try {
    if (dataset.files.includes(path.resolve(output)) || dataset.files.includes(output)) {
      throw new MonitorError('USAGE', 'The output is a file of the dataset.', {
        where: output,
        fix: 'name another file',
      });
    }
    return await explainDataset(model, dataset, options);
  } finally {
    await dataset.close();
  }
}

async function explainDataset(model: TreeModel, dataset: Dataset, options: ExplainOptions): Promise<Explanation> {
  const names = dataset.columns.map(({ name }) => name);
  const match = matchColumns(model, names, options.model, options.dataset);
  const explainer = treeExplainer(model);
  const expectedValue = explainer.expectedValues[0]!;
  const sums = new Float64Array(model.features.length);
  let rows = 0;
  let worst = 0;
  async function* lines(): AsyncGenerator<string> {
    yield `${[...model.features.map(({ name }) => name), 'expected_value'].map(quoted).join(',')}\n`;
    for await (const batch of dataset.batches(runOptions(options))) {
      const attributions = explainer.explain(encoded(model, batch, match, rows, dataset.uri));
      addSizes(sums, attributions);
      rows += batch.rowCount;
      worst = Math.max(worst, additivityError(attributions, explainer.expectedValues, sums.length));
      yield csvText(attributions.values, sums.length, expectedValue);
    }
    if (rows === 0) throw noRows(dataset);
  }
  await openStorage(options.output).write(options.output, lines(), options.signal ? { signal: options.signal } : {});
  const unread = dataset.rejected();
  const [first] = unread;
  return {
    output: options.output,
    rows,
    features: model.features.map(({ name }, index) => ({ feature: name, meanAbs: sums[index]! / rows })),
    expectedValue,
    worstAdditivityError: worst,
    matchedBy: match.by,
    unreadLines: unread.length,
    ...(first && { firstUnread: { file: first.file, line: first.line, reason: first.reason } }),
  };
}

function encoded(
  model: TreeModel,
  { rowCount, columns }: CellBatch,
  { places }: ColumnMatch,
  before: number,
  uri: string,
): Float64Array {
  try {
    return model.encodeBatch({ rowCount, columns: places.map((place) => columns[place]!) }, before);
  } catch (error) {
    throw placed(error, uri);
  }
}

function addSizes(sums: Float64Array, { values }: Attributions): void {
  const width = sums.length;
  for (let at = 0; at < values.length; at += width) {
    for (let column = 0; column < width; column++) sums[column]! += Math.abs(values[at + column]!);
  }
}

function csvText(values: Float64Array, width: number, expectedValue: number): string {
  let text = '';
  for (let at = 0; at < values.length; at += width) {
    text += `${values.subarray(at, at + width).join(',')},${expectedValue}\n`;
  }
  return text;
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function noRows(dataset: Dataset): MonitorError {
  const [first, ...others] = dataset.rejected();
  const what =
    first === undefined
      ? 'The dataset has no rows.'
      : `None of the ${others.length + 1} lines can be read; the first: line ${first.line} ${first.reason}.`;
  return new MonitorError('NO_DATA', what, {
    where: first?.file ?? dataset.uri,
    fix: 'check what should have written it',
  });
}
