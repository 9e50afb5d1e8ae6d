import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { FeatureSink } from '../features.js';
import { GrowingIntegers, GrowingNumbers } from '../growing.js';
import { canonicalLabel, numberOf } from '../label.js';

/** One prediction, by its cells. */
export interface QualityRow {
  /** Hours since 1970, -1 where it is not known. */
  readonly hour: number;
  /** Null: not labelled yet. */
  readonly label: string | null;
  /** Undefined: told from the probability. */
  readonly prediction: string | null | undefined;
  /** Undefined: the model gives none. */
  readonly probability: string | null | undefined;
  readonly features: readonly (string | null)[] | undefined;
}

/** Takes predictions one by one. */
export interface RowSink {
  /** @returns why the row is not taken; undefined when it is. */
  add(row: QualityRow): string | undefined;
}

/** Predictions with their labels as far as they have come, in columns. */
export interface QualitySample {
  readonly rows: number;
  readonly hours: Int32Array;
  /** Classification: the classes that occur, as `canonicalLabel` has them; codes are indexes into them. */
  readonly classes: readonly string[];
  /** Class codes, -1 without a label; in regression only the sign tells. */
  readonly labels: Int32Array;
  /** Class codes; -2 where the probability has to tell. */
  readonly predictions: Int32Array;
  /** Regression: NaN without a label. */
  readonly labelValues: Float64Array;
  readonly predictionValues: Float64Array;
  readonly scores: Float64Array | undefined;
}

/**
 * Collects the rows of one sample; 40 bytes a row and what the features take. A row that cannot be used is refused with
 * a reason, stable text for the quarantine.
 */
export class QualitySampleBuilder {
  readonly #problemType: ProblemType;
  readonly #known: ReadonlySet<string> | undefined;
  readonly #features: FeatureSink | undefined;
  readonly #hours = new GrowingIntegers();
  readonly #labels = new GrowingIntegers();
  readonly #predictions = new GrowingIntegers();
  readonly #labelValues = new GrowingNumbers();
  readonly #predictionValues = new GrowingNumbers();
  readonly #scores = new GrowingNumbers();
  readonly #classes = new Map<string, number>();
  readonly #knownCount: number;
  #scored = false;
  #rows = 0;

  /** @param known - The classes of the baseline; of a binary classification no others are taken. */
  constructor(problemType: ProblemType, known?: readonly string[], features?: FeatureSink) {
    this.#problemType = problemType;
    this.#features = features;
    this.#knownCount = known?.length ?? 0;
    for (const name of known ?? []) this.#classes.set(name, this.#classes.size);
    this.#known = problemType === 'BinaryClassification' && known !== undefined ? new Set(known) : undefined;
  }

  /** @returns why the row is not taken; undefined when it is. */
  add(row: QualityRow): string | undefined {
    const reason = this.#problemType === 'Regression' ? this.#addValues(row) : this.#addClasses(row);
    if (reason !== undefined) return reason;
    this.#hours.add(row.hour);
    this.#features?.add(row.features);
    this.#rows++;
    return undefined;
  }

  /** Known classes come first, in their order, then the others in theirs: numbers by size, texts by letter. */
  finish(): QualitySample {
    const found = [...this.#classes.keys()];
    const classes = [...found.slice(0, this.#knownCount), ...found.slice(this.#knownCount).sort(byLabel)];
    const places = Int32Array.from(found, (name) => classes.indexOf(name));
    const moved = (codes: Int32Array): Int32Array => codes.map((code) => (code < 0 ? code : places[code]!));
    return {
      rows: this.#rows,
      hours: this.#hours.values(),
      classes,
      labels: this.#problemType === 'Regression' ? this.#labels.values() : moved(this.#labels.values()),
      predictions: moved(this.#predictions.values()),
      labelValues: this.#labelValues.values(),
      predictionValues: this.#predictionValues.values(),
      scores: this.#scored ? this.#scores.values() : undefined,
    };
  }

  #addValues({ label, prediction }: QualityRow): string | undefined {
    if (prediction === null || prediction === undefined) return 'the prediction is missing';
    const predicted = numberOf(prediction);
    if (predicted === undefined) return 'the prediction is not a number';
    const value = label === null ? Number.NaN : numberOf(label);
    if (value === undefined) return 'the label is not a number';
    this.#labels.add(label === null ? -1 : 0);
    this.#labelValues.add(value);
    this.#predictionValues.add(predicted);
    return undefined;
  }

  #addClasses({ label, prediction, probability }: QualityRow): string | undefined {
    let score = Number.NaN;
    if (probability !== undefined) {
      if (probability === null) return 'the probability is missing';
      const value = numberOf(probability);
      if (value === undefined) return 'the probability is not a number';
      if (value < 0 || value > 1) return 'the probability is outside [0, 1]';
      score = value;
    }
    if (prediction === null) return 'the prediction is missing';
    const predicted = prediction === undefined ? -2 : this.#codeOf(prediction);
    if (predicted === undefined) return `the prediction is none of the classes ${[...this.#known!].join(', ')}`;
    const actual = label === null ? -1 : this.#codeOf(label);
    if (actual === undefined) return `the label is none of the classes ${[...this.#known!].join(', ')}`;
    this.#labels.add(actual);
    this.#predictions.add(predicted);
    this.#scores.add(score);
    this.#scored ||= probability !== undefined;
    return undefined;
  }

  #codeOf(text: string): number | undefined {
    const name = canonicalLabel(text);
    const known = this.#classes.get(name);
    if (known !== undefined) return known;
    if (this.#known !== undefined) return undefined;
    this.#classes.set(name, this.#classes.size);
    return this.#classes.size - 1;
  }
}

function byLabel(one: string, other: string): number {
  const [a, b] = [Number(one), Number(other)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return one < other ? -1 : 1;
}
