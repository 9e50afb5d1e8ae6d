import type { CellBatch } from '../../dataset/cell-batch.js';
import { MonitorError, placed } from '../../errors.js';
import { type Attributions, additivityError, type Explainer } from '../../explain/explainer.js';
import { type ColumnMatch, matchColumns } from '../../explain/match-columns.js';
import { type OpenedExplainer, openExplainer } from '../../explain/open-explainer.js';
import { shownModel } from '../../models/endpoint-address.js';
import { type RunOptions, runOptions } from '../../progress.js';
import { backgroundOfKept } from './attributions-file.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';
import type { RowReader } from './read-rows.js';
import { type AskedExplainability, type ExplainabilitySettings, featureColumns } from './settings.js';

/** How the model of a monitor is opened. */
interface ModelOptions extends RunOptions, AskedExplainability {
  readonly seed?: number;
  readonly threads?: number;
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
 * Opens the model of an explainability monitor for the rows of a reader. Where nothing else is said, the rows that stood for
 * absent features in the baseline do so here.
 *
 * @throws MonitorError `USAGE` where no model is named; `COLUMN_NOT_FOUND` and `COLUMN_COUNT` where model and data disagree.
 */
export async function openModelFor(
  { names }: Pick<RowReader, 'names'>,
  { model, config }: ExplainabilitySettings,
  options: ModelOptions,
  where: string,
  baseline?: Pick<ExplainabilityBaseline, 'own'>,
): Promise<OpenedModel> {
  if (model === undefined) {
    throw new MonitorError('USAGE', 'Which model is to be explained is not said.', {
      where,
      fix: 'give --model: a file of XGBoost or LightGBM, an address, or a JavaScript module',
    });
  }
  const kept = baseline?.own?.background;
  const background = options.background ?? (kept && backgroundOfKept(kept));
  const explainer = await openExplainer(model, {
    config,
    features: featureColumns(names, config, options),
    seed: options.seed ?? 0,
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(background !== undefined && { background }),
    ...(options.dataset !== undefined && { dataset: options.dataset }),
    ...(options.explainer && { explainer: options.explainer }),
    ...runOptions(options),
  });
  try {
    return {
      explainer,
      match: matchColumns(explainer.features, names, shownModel(model), where),
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

/** Explains batches, counts their rows and keeps the worst error of their sums. */
export class RowExplainer {
  readonly #explainer: Explainer;
  readonly #where: string;
  worstError = 0;
  rows = 0;

  /** @param where - the rows' location, for errors. */
  constructor(explainer: Explainer, where: string) {
    this.#explainer = explainer;
    this.#where = where;
  }

  /** @param batch - columns in the order of the features. */
  async explain(batch: CellBatch, options: RunOptions): Promise<Attributions> {
    const { expectedValues, features } = this.#explainer;
    try {
      const attributions = await this.#explainer.explain(batch, this.rows, options);
      const error = additivityError(attributions, expectedValues, features.length);
      this.worstError = Math.max(this.worstError, error);
      this.rows += batch.rowCount;
      return attributions;
    } catch (error) {
      throw placed(error, this.#where);
    }
  }
}
