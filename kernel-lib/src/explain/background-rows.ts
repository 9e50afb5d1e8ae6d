import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { type Dataset, openDataset } from '../dataset/dataset.js';
import { MonitorError } from '../errors.js';
import { type RunOptions, runOptions } from '../progress.js';
import { type Background, evenBackground } from './background.js';
import { clusterRows } from './cluster-rows.js';
import { matchColumns } from './match-columns.js';
import { RowSample } from './row-sample.js';
import type { ShapConfig } from './shap-config.js';

/** Rows drawn where neither a baseline nor a number of clusters is given. */
const SAMPLE_ROWS = 100;
/** Rows that are clustered: a random sample of larger datasets. */
const CLUSTERED_ROWS = 10_000;
/** The service's limit. */
const MOST_CLUSTERS = 12;

/** What stands for absent features. */
export interface BackgroundOptions extends RunOptions {
  /** Clarify's configuration: `baseline`, `num_clusters`, `seed`. */
  readonly shap?: ShapConfig | undefined;
  /** A dataset from which rows are drawn or clustered, without a baseline. */
  readonly dataset?: string | undefined;
  /** Before `shap.seed`; default: that, or 0. */
  readonly seed?: number | undefined;
  /** The features that hold categories although they are numbers. */
  readonly categories?: ReadonlySet<string>;
  /** Names the model in errors. Default: "the model". */
  readonly model?: string;
}

/**
 * The background of a model: all rows of `shap.baseline`, inline or in a CSV or JSON Lines file without the label; without
 * one, `shap.num_clusters` centres that stand for the dataset (of at most 10,000 random rows), each weighing as many rows
 * as it stands for; and with neither, at most 100 random rows of the dataset. Memory: these rows.
 *
 * @param features - of the model, in its order; columns are found by name, or by position where one side has none.
 * @throws MonitorError `CONFIGURATION` where there is nothing to take, or not 1 to 12 clusters are asked for;
 *   `COLUMN_COUNT` for an inline row of another length; `NO_DATA` where there are no rows; and what `openDataset` and
 *   `matchColumns` throw.
 */
export async function backgroundOf(features: readonly string[], options: BackgroundOptions = {}): Promise<Background> {
  const { shap, dataset, categories, model = 'the model' } = options;
  const seed = options.seed ?? shap?.seed ?? 0;
  const run = runOptions(options);
  if (shap?.baseline !== undefined && typeof shap.baseline !== 'string') {
    return evenBackground(inlineRows(shap.baseline, features));
  }
  if (shap?.baseline !== undefined) {
    return evenBackground(await readRows(shap.baseline, features, Number.POSITIVE_INFINITY, seed, model, run));
  }
  if (dataset === undefined) {
    throw new MonitorError('CONFIGURATION', 'No rows stand for absent features.', {
      where: 'methods.shap',
      fix: 'give rows as `baseline`, or a dataset',
    });
  }
  const clusters = shap?.num_clusters;
  if (clusters === undefined) {
    const rows = await readRows(dataset, features, SAMPLE_ROWS, seed, model, run);
    return { ...evenBackground(rows, 'sample'), seed };
  }
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > MOST_CLUSTERS) {
    throw new MonitorError('CONFIGURATION', `The number of clusters is 1 to ${MOST_CLUSTERS}, not ${clusters}.`, {
      where: 'methods.shap.num_clusters',
      fix: `give a whole number from 1 to ${MOST_CLUSTERS}`,
    });
  }
  const rows = await readRows(dataset, features, CLUSTERED_ROWS, seed, model, run);
  const isCategory = (column: number): boolean => categories?.has(features[column]!) === true;
  return { ...clusterRows(rows, clusters, seed, isCategory), source: 'clusters', seed };
}

async function readRows(
  uri: string,
  features: readonly string[],
  limit: number,
  seed: number,
  model: string,
  run: RunOptions,
): Promise<CellBatch> {
  const dataset: Dataset = await openDataset(uri, run);
  try {
    const names = dataset.columns.map(({ name }) => name);
    const sample = new RowSample(matchColumns(features, names, model, uri).places, limit, seed);
    for await (const batch of dataset.batches(run)) sample.add(batch);
    const { rowCount, columns } = sample.finish();
    if (rowCount === 0) throw noRows(uri);
    return { rowCount, columns };
  } finally {
    await dataset.close();
  }
}

function inlineRows(rows: Exclude<ShapConfig['baseline'], string | undefined>, features: readonly string[]): CellBatch {
  const where = 'methods.shap.baseline';
  if (rows.length === 0) throw noRows(where);
  const odd = rows.findIndex((row) => row.length !== features.length);
  if (odd >= 0) {
    throw new MonitorError(
      'COLUMN_COUNT',
      `The model takes ${features.length} columns, a row of the baseline has ${rows[odd]!.length}.`,
      { where: `${where}, row ${odd + 1}`, fix: `give the columns ${features.join(', ')}, in this order, no label` },
    );
  }
  return {
    rowCount: rows.length,
    columns: features.map((_, index) => columnOf(rows.map((row) => row[index]!))),
  };
}

function columnOf(cells: readonly (string | number | null)[]): CellColumn {
  if (cells.some((cell) => typeof cell === 'string')) {
    return { kind: 'text', values: cells.map((cell) => (cell === null || cell === '' ? null : String(cell))) };
  }
  return {
    kind: 'number',
    values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))),
    valid: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
    integral: false,
  };
}

function noRows(where: string): MonitorError {
  return new MonitorError('NO_DATA', 'The background has no rows.', { where, fix: 'give one row or more' });
}
