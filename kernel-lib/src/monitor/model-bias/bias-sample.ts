import { MonitorError } from '../../errors.js';
import type { ModelCell } from '../../models/tree-model.js';
import { FeatureColumn, RawFeatures } from '../features.js';
import { GrowingIntegers } from '../growing.js';
import { numberOf } from '../label.js';
import type { QualityRow } from '../model-quality/sample.js';
import type { BiasColumn } from './bias-column.js';

/** Labelled predictions in columns, with the model's inputs. */
export interface BiasSample {
  readonly rows: number;
  /** Hours since 1970, -1 where it is not known. */
  readonly hours: Int32Array;
  readonly label: BiasColumn;
  /** Predicted labels; undefined where they are told by `scored`, or there are none. */
  readonly prediction: BiasColumn | undefined;
  /** 1 where the probability is above the threshold. */
  readonly scored: Uint8Array | undefined;
  /** The model's inputs, facets among them; columns of too many different texts are left out. */
  readonly columns: readonly BiasColumn[];
  /** Names of all columns in order, those left out too. */
  readonly names: readonly string[];
}

/**
 * Collects the rows of one sample: 8 bytes a number and 4 a text (in a dictionary of its column), for each row about 20
 * bytes besides. Rows without a label are not kept: bias is measured where label and prediction are known.
 */
export class BiasSampleBuilder {
  readonly features: RawFeatures = new RawFeatures();
  readonly #threshold: number;
  readonly #hours = new GrowingIntegers();
  readonly #label = new FeatureColumn('label');
  readonly #prediction = new FeatureColumn('prediction');
  readonly #scored = new GrowingIntegers();
  #predicted = false;
  #rows = 0;

  /** @param threshold - a probability above it means the positive class. */
  constructor(threshold: number = 0.5) {
    this.#threshold = threshold;
  }

  /** @returns why the row is not taken; undefined where it is, or has no label yet. */
  add({ hour, label, prediction, probability, features }: QualityRow): string | undefined {
    if (prediction === null) return 'the prediction is missing';
    const score = probability === undefined || prediction !== undefined ? undefined : scoreOf(probability);
    if (typeof score === 'string') return score;
    if (label === null) return undefined;
    if (this.#rows > 0 && this.#predicted !== (prediction !== undefined)) {
      return `it has a ${this.#predicted ? 'probability' : 'prediction'} where others have a ${this.#predicted ? 'prediction' : 'probability'}`;
    }
    this.#hours.add(hour);
    this.#label.add(label.trim());
    if (prediction !== undefined) this.#prediction.add(prediction.trim());
    if (score !== undefined) this.#scored.add(score > this.#threshold ? 1 : 0);
    this.#predicted = prediction !== undefined;
    this.features.add(features);
    this.#rows++;
    return undefined;
  }

  /**
   * @param where - the data's place, for errors.
   * @throws MonitorError `USAGE` where label or prediction tells rows apart.
   */
  finish(where: string): BiasSample {
    const scored = this.#scored.values();
    return {
      rows: this.#rows,
      hours: this.#hours.values(),
      label: finished(this.#label, where),
      prediction: this.#predicted ? finished(this.#prediction, where) : undefined,
      scored: scored.length > 0 ? Uint8Array.from(scored) : undefined,
      columns: this.features.finish(),
      names: this.features.names,
    };
  }
}

function finished(column: FeatureColumn, where: string): BiasColumn {
  const cells = column.finish();
  if (cells !== undefined) return cells;
  throw new MonitorError('USAGE', `The ${column.name} has more than 10,000 different texts: it tells no classes.`, {
    where,
    fix: `name the column of classes, or of numbers only, as the ${column.name}`,
  });
}

function scoreOf(probability: string | null): number | string {
  if (probability === null) return 'the probability is missing';
  const score = numberOf(probability);
  if (score === undefined) return 'the probability is not a number';
  return score < 0 || score > 1 ? 'the probability is outside [0, 1]' : score;
}

/** Cells of some columns, row after row, as a model takes them. */
export function rowsOf(columns: readonly BiasColumn[], from: number, to: number): ModelCell[][] {
  return Array.from({ length: to - from }, (_, index) =>
    columns.map((column) => {
      const cell = column.values[from + index];
      return cell === undefined || (typeof cell === 'number' && Number.isNaN(cell)) ? null : cell;
    }),
  );
}
