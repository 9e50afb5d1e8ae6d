import type { CellBatch } from '../../dataset/cell-batch.js';
import { MonitorError, placed } from '../../errors.js';
import type { Background } from '../../explain/background.js';
import { type Attributions, additivityError } from '../../explain/explainer.js';
import { type ColumnMatch, matchColumns } from '../../explain/match-columns.js';
import { type OpenedExplainer, openExplainer } from '../../explain/open-explainer.js';
import { shownModel } from '../../models/endpoint-address.js';
import { type RunOptions, runOptions } from '../../progress.js';
import type { ExplainabilityOptions } from './explainability-options.js';
import type { RowReader } from './read-rows.js';
import type { ExplainabilitySettings } from './settings.js';

/** How the model of a monitor is opened. */
interface ModelOptions extends RunOptions, Omit<ExplainabilityOptions, 'background'> {
  readonly seed?: number;
  readonly threads?: number;
  /** A dataset of rows that stand for absent features, or those of a baseline. */
  readonly background?: string | Background;
  /** The dataset that they are drawn from where nothing says which. */
  readonly dataset?: string;
}

/** An explainer and where its features stand in the rows. */
export interface OpenedModel {
  readonly explainer: OpenedExplainer;
  readonly match: ColumnMatch;
  /** As it was named, without credentials. */
  readonly uri: string;
}

/**
 * Opens the model of an explainability monitor for the rows of a reader.
 *
 * @param features - the rows' columns that may be inputs, for models that do not name theirs.
 * @throws MonitorError `USAGE` where no model is named; `COLUMN_NOT_FOUND` and `COLUMN_COUNT` where model and data disagree.
 */
export async function openModelFor(
  rows: RowReader,
  features: readonly string[],
  settings: ExplainabilitySettings,
  options: ModelOptions,
  where: string,
): Promise<OpenedModel> {
  const { model, config } = settings;
  if (model === undefined) {
    throw new MonitorError('USAGE', 'Which model is to be explained is not said.', {
      where,
      fix: 'give --model: a file of XGBoost or LightGBM, an address, or a JavaScript module',
    });
  }
  const explainer = await openExplainer(model, {
    config,
    features,
    seed: options.seed ?? 0,
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.background !== undefined && { background: options.background }),
    ...(options.dataset !== undefined && { dataset: options.dataset }),
    ...(options.explainer && { explainer: options.explainer }),
    ...runOptions(options),
  });
  try {
    return {
      explainer,
      match: matchColumns(explainer.features, rows.names, shownModel(model), where),
      uri: shownModel(model),
    };
  } catch (error) {
    await explainer.close();
    throw error;
  }
}

/** The columns of a batch in the order of a model's features. */
export function featureBatch({ rowCount, columns }: CellBatch, { places }: ColumnMatch): CellBatch {
  return { rowCount, columns: places.map((place) => columns[place]!) };
}

/** Explains batches and keeps the worst error of their sums. */
export class RowExplainer {
  readonly #model: OpenedModel;
  readonly #where: string;
  worstError = 0;
  rows = 0;

  /** @param where - the rows' location, for errors. */
  constructor(model: OpenedModel, where: string) {
    this.#model = model;
    this.#where = where;
  }

  /** @param batch - columns in the order of the features. */
  async explain(batch: CellBatch, options: RunOptions): Promise<Attributions> {
    const { explainer } = this.#model;
    try {
      const attributions = await explainer.explain(batch, this.rows, options);
      const error = additivityError(attributions, explainer.expectedValues, explainer.features.length);
      this.worstError = Math.max(this.worstError, error);
      this.rows += batch.rowCount;
      return attributions;
    } catch (error) {
      throw placed(error, this.#where);
    }
  }
}
