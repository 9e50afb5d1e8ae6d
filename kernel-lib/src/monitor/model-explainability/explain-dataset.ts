import path from 'node:path';
import type { ReadSummary } from '../../capture/summary.js';
import { MonitorError } from '../../errors.js';
import type { AttributionScale, Explainer, ExplainerName, ExplainMethod } from '../../explain/explainer.js';
import { type ColumnMatch, matchColumns } from '../../explain/match-columns.js';
import { openExplainer } from '../../explain/open-explainer.js';
import { type RowBatch, rowsOf } from '../../explain/row-sample.js';
import { type RunOptions, runOptions } from '../../progress.js';
import { openStorage } from '../../storage/open-storage.js';
import { type AnalysisConfig, loadAnalysisConfig } from '../analysis-config.js';
import type { DatasetFormatName } from '../check.js';
import { csvHeader, csvLines, type OutputLayout, writeParquet } from './explain-output.js';
import { featureBatch, RowExplainer } from './explain-rows.js';
import { openPartial, type PartialFile } from './partial-file.js';
import { openRows, type RowReader } from './read-rows.js';
import { explainabilitySettings, featureColumns } from './settings.js';

/** Options of {@link explain}. */
export interface ExplainOptions extends RunOptions {
  /** A model of any kind: see `openExplainer`. */
  readonly model: string;
  /** The rows: CSV, JSON Lines, Parquet, or captured or merged records; a file, folder or S3 prefix. */
  readonly dataset: string;
  /** The file to write: CSV, or Parquet where it ends in `.parquet`. */
  readonly output: string;
  /** Guessed when left out. */
  readonly datasetFormat?: DatasetFormatName;
  /** CSV: whether the first line of each file names the columns. Guessed when left out. */
  readonly header?: boolean;
  /** CSV: names of the columns. Without `header`, a first line equal to them is a header and any other is data. */
  readonly headers?: readonly string[];
  /** Names for captured CSV, by position. Default: the model's features. */
  readonly columns?: { readonly input?: readonly string[] };
  /** Captures: the window, half-open, ISO times. */
  readonly start?: string;
  readonly end?: string;
  /** Captures: write the record's `event_id` and `time` as first columns. */
  readonly ids?: boolean;
  /** Clarify's `analysis_config.json`: a path or URI. */
  readonly config?: string;
  /** Rows that stand for absent features: a dataset of them. */
  readonly background?: string;
  /** Default: what is exact for the kind of model, else `kernel`. */
  readonly explainer?: ExplainerName;
  /** Kernel SHAP: coalitions a row. */
  readonly numSamples?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
}

/** One feature's share in the predictions of the rows that were explained. */
export interface FeatureAttribution {
  readonly feature: string;
  /** The mean absolute attribution over rows and outputs. */
  readonly meanAbs: number;
}

/** What {@link explain} has done. */
export interface Explanation {
  readonly output: string;
  /** Rows explained; the file has a line for each row and output. */
  readonly rows: number;
  /** Of these, rows that an earlier run which failed had explained. */
  readonly resumedRows: number;
  /** In the model's order. */
  readonly features: readonly FeatureAttribution[];
  /** The model's outputs: one, or its classes. */
  readonly outputs: readonly string[];
  /** By output: what every row's attributions start from. */
  readonly expectedValues: readonly number[];
  readonly method: ExplainMethod;
  /** What attributions are in. */
  readonly scale: AttributionScale;
  /**
   * The largest difference between the sum of a row's attributions with the expected value and what the model answers. A
   * model that adds up in single precision is off by some 1e-6 of its margin.
   */
  readonly worstAdditivityError: number;
  /** How the columns were found. */
  readonly matchedBy: 'name' | 'position';
  /** Lines that could not be read, and so have no line in the file. */
  readonly unreadLines: number;
  /** The first of them. */
  readonly firstUnread?: { readonly file: string; readonly line: number; readonly reason: string };
}

/** Rows of a model that is asked from outside are explained, and kept, so many at once. */
const ASKED_ROWS = 50;

/**
 * Explains every row of a dataset or of captured requests, and writes a file: the model's features in its order, then
 * `expected_value`; a line for each row, in order. With several outputs a first column `class`, and a line for each row and
 * output. Values have all digits, so that a line's sum is what the model answers. The file is written whole or not at all.
 *
 * What was explained of a model that is asked (Kernel SHAP) is kept beside a local output, as `OUTPUT.partial`, when the
 * run fails: the same call goes on from there.
 *
 * Memory: some thousand rows, whatever their number; the whole output where it goes to S3.
 *
 * @throws MonitorError `MODEL` for a model that is not understood or fails, or a text where it takes a number;
 *   `COLUMN_NOT_FOUND` with the features that the data lack; `COLUMN_COUNT`; `NO_DATA`; `USAGE` for an output that is
 *   neither CSV nor Parquet or is a file of the dataset.
 */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { output, model } = options;
  if (/\.jsonl?$/i.test(output)) {
    throw new MonitorError('USAGE', 'Attributions are written as CSV or Parquet.', {
      where: output,
      fix: 'name a file that ends in .csv or .parquet',
    });
  }
  if (!output.includes('://') && path.resolve(output) === path.resolve(options.dataset)) throw ownInput(output);
  const settings = await explainabilitySettings(options);
  const rows = await openRows(options.dataset, {
    ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
    ...(options.header !== undefined && { header: options.header }),
    ...headersOf(options, settings.config),
    ...(options.columns && { columns: options.columns }),
    ...(options.start !== undefined && { start: options.start }),
    ...(options.end !== undefined && { end: options.end }),
    ...(settings.config.features !== undefined && { featuresAttribute: settings.config.features }),
    ...runOptions(options),
  });
  try {
    if (rows.files?.includes(path.resolve(output)) || rows.files?.includes(output)) throw ownInput(output);
    const explainer = await openExplainer(model, {
      config: settings.config,
      features: featureColumns(rows.names, settings.config, options),
      seed: options.seed ?? 0,
      ...(rows.format !== 'capture' && rows.format !== 'merged' && { dataset: options.dataset }),
      ...(options.threads !== undefined && { threads: options.threads }),
      ...(options.background !== undefined && { background: options.background }),
      ...(options.explainer && { explainer: options.explainer }),
      ...runOptions(options),
    });
    try {
      return await new RowsExplained(rows, explainer, options).write();
    } finally {
      await explainer.close();
    }
  } finally {
    await rows.close();
  }
}

function headersOf({ headers }: ExplainOptions, config: AnalysisConfig): { readonly headers?: readonly string[] } {
  const names = headers ?? config.headers;
  return names ? { headers: names } : {};
}

/** The rows of one run, on their way into the file. */
class RowsExplained {
  readonly #rows: RowReader;
  readonly #explainer: Explainer;
  readonly #options: ExplainOptions;
  readonly #match: ColumnMatch;
  readonly #layout: OutputLayout;
  readonly #sums: Float64Array;
  readonly #explained: RowExplainer;
  #resumed = 0;

  constructor(rows: RowReader, explainer: Explainer, options: ExplainOptions) {
    this.#rows = rows;
    this.#explainer = explainer;
    this.#options = options;
    this.#match = matchOf(rows, explainer, options);
    this.#layout = {
      features: explainer.features,
      outputs: explainer.outputs,
      expectedValues: explainer.expectedValues,
      ids: options.ids === true,
    };
    this.#sums = new Float64Array(explainer.features.length);
    this.#explained = new RowExplainer(explainer, options.dataset);
  }

  async write(): Promise<Explanation> {
    const { output, signal } = this.#options;
    const abort = signal ? { signal } : {};
    const partial = await this.#openPartial();
    const lines = this.#lines(partial);
    try {
      if (/\.(parquet|pq)$/i.test(output)) await writeParquet(output, this.#layout, lines, abort);
      else await openStorage(output).write(output, withHeader(this.#layout, lines), abort);
    } catch (error) {
      throw partial === undefined || this.#explained.rows === 0 ? error : partial.kept(error, this.#explained.rows);
    }
    await partial?.remove();
    return this.#explanation(this.#rows.read());
  }

  /** Only what is asked from outside is worth keeping; a remote output has no place beside it. */
  async #openPartial(): Promise<PartialFile | undefined> {
    const { output, model, dataset, start, end, config, background, numSamples, seed, ids } = this.#options;
    const { method, features, outputs } = this.#explainer;
    if (method.name !== 'kernel' || output.includes('://')) return undefined;
    const asked = { model, dataset, start, end, background, numSamples, seed, ids };
    const settings = config === undefined ? undefined : await loadAnalysisConfig(config);
    return openPartial(output, JSON.stringify({ asked, settings, method, features, outputs }));
  }

  async *#lines(partial: PartialFile | undefined): AsyncGenerator<string> {
    const { state } = partial ?? {};
    if (partial !== undefined && state !== undefined) {
      this.#resumed = state.rows;
      this.#explained.rows = state.rows;
      this.#explained.worstError = state.worst;
      this.#sums.set(state.sums);
      yield* partial.lines();
    }
    let skip = this.#resumed;
    for await (const whole of this.#rows.batches()) {
      const skipped = Math.min(skip, whole.rowCount);
      skip -= skipped;
      if (skipped === whole.rowCount) continue;
      const step = this.#explainer.method.name === 'kernel' ? ASKED_ROWS : whole.rowCount;
      for (let first = skipped; first < whole.rowCount; first += step) {
        const batch = someRows(whole, first, Math.min(whole.rowCount, first + step));
        const text = await this.#explain(batch);
        const { rows, worstError: worst } = this.#explained;
        await partial?.add(text, { rows, worst, sums: [...this.#sums] });
        yield text;
      }
    }
    if (this.#explained.rows === 0) throw noRows(this.#rows.read(), this.#options.dataset);
  }

  async #explain(batch: RowBatch): Promise<string> {
    const picked = featureBatch(batch, this.#match);
    const attributions = await this.#explained.explain(picked, runOptions(this.#options));
    for (const [place, value] of attributions.values.entries()) {
      this.#sums[place % this.#sums.length]! += Math.abs(value);
    }
    return csvLines(this.#layout, attributions, batch);
  }

  #explanation({ quarantined, examples }: ReadSummary): Explanation {
    const { features, outputs, expectedValues, method, scale } = this.#explainer;
    const [first] = examples;
    return {
      output: this.#options.output,
      rows: this.#explained.rows,
      resumedRows: this.#resumed,
      features: features.map((feature, index) => ({
        feature,
        meanAbs: this.#sums[index]! / (this.#explained.rows * outputs.length),
      })),
      outputs,
      expectedValues: [...expectedValues],
      method,
      scale,
      worstAdditivityError: this.#explained.worstError,
      matchedBy: this.#match.by,
      unreadLines: quarantined,
      ...(first && { firstUnread: { file: first.file, line: first.line, reason: first.reason } }),
    };
  }
}

/** An empty capture has no columns to find. */
function matchOf(rows: RowReader, { features }: Explainer, { model, dataset }: ExplainOptions): ColumnMatch {
  if (rows.names.length === 0) return { places: features.map((_, place) => place), by: 'position' };
  return matchColumns(features, rows.names, model, dataset);
}

async function* withHeader(layout: OutputLayout, lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield csvHeader(layout);
  yield* lines;
}

function someRows(batch: RowBatch, first: number, end: number): RowBatch {
  return {
    ...rowsOf(batch, first, end),
    ...(batch.times && { times: batch.times.subarray(first, end) }),
    ...(batch.eventIds && { eventIds: batch.eventIds.slice(first, end) }),
  };
}

function ownInput(output: string): MonitorError {
  return new MonitorError('USAGE', 'The output is a file of the dataset.', { where: output, fix: 'name another file' });
}

function noRows({ quarantined, examples }: ReadSummary, where: string): MonitorError {
  const [first] = examples;
  const what =
    first === undefined
      ? 'The dataset has no rows.'
      : `None of the ${quarantined} lines can be read; the first: line ${first.line} ${first.reason}.`;
  return new MonitorError('NO_DATA', what, {
    where: first?.file ?? where,
    fix: 'check what should have written it',
  });
}
