import type { Attributions } from '../../explain/explainer.js';
import type { FeatureSums, OutputProfile } from './attribution-profile.js';
import { binsOf, MOST_BINS, type ValueLayout } from './value-layout.js';

/** Bins of the distribution of attributions. */
export const DISTRIBUTION_BINS = 40;
/** Sums a feature has in each block: |a|, a^2, and how many attributions are above the feature's pivot. */
export const BLOCK_SUMS = 3;

/** What the sums of an output need to know beforehand. */
export interface SumsPlan {
  readonly layouts: readonly ValueLayout[];
  /** By feature: least and greatest attribution that the bins of its distribution are made for. */
  readonly ranges: readonly (readonly [least: number, greatest: number])[];
  /** By feature: about its median attribution. */
  readonly pivots: Float64Array;
  readonly blocks: number;
}

/** Sums of one output's attributions, row by row. Memory: for each feature some 250 numbers and three a block. */
export class OutputSums {
  readonly #plan: SumsPlan;
  readonly #output: number;
  readonly #outputs: number;
  readonly #features: number;
  readonly #moments: Float64Array;
  readonly #counts: Float64Array;
  readonly #levels: Float64Array;
  readonly #levelled: Float64Array;
  readonly #valueSums: Float64Array;
  readonly #valueSquares: Float64Array;
  readonly #blocks: Float64Array;
  #answerSum = 0;
  #answerSquares = 0;
  #totalSquares = 0;

  constructor(plan: SumsPlan, output: number, outputs: number) {
    const features = plan.layouts.length;
    this.#plan = plan;
    this.#output = output;
    this.#outputs = outputs;
    this.#features = features;
    this.#moments = new Float64Array(5 * features);
    this.#counts = new Float64Array(DISTRIBUTION_BINS * features);
    this.#levels = new Float64Array(DISTRIBUTION_BINS * features);
    this.#levelled = new Float64Array(DISTRIBUTION_BINS * features);
    this.#valueSums = new Float64Array(MOST_BINS * features);
    this.#valueSquares = new Float64Array(MOST_BINS * features);
    this.#blocks = new Float64Array(BLOCK_SUMS * features * plan.blocks);
  }

  /**
   * @param valueBins - by feature, the bin of each row's value.
   * @param blockOf - the block of each row.
   */
  add({ rows, values, answers }: Attributions, valueBins: readonly Uint8Array[], blockOf: Uint16Array): void {
    for (let row = 0; row < rows; row++) {
      const place = row * this.#outputs + this.#output;
      const answer = answers[place]!;
      this.#answerSum += answer;
      this.#answerSquares += answer * answer;
      this.#addRow(values, place * this.#features, row, valueBins, blockOf[row]!);
    }
  }

  #addRow(values: Float64Array, first: number, row: number, valueBins: readonly Uint8Array[], block: number): void {
    const features = this.#features;
    const { pivots } = this.#plan;
    let total = 0;
    for (let feature = 0; feature < features; feature++) total += Math.abs(values[first + feature]!);
    this.#totalSquares += total * total;
    for (let feature = 0; feature < features; feature++) {
      const value = values[first + feature]!;
      const size = Math.abs(value);
      const square = value * value;
      const moments = 5 * feature;
      this.#moments[moments]! += value;
      this.#moments[moments + 1]! += size;
      this.#moments[moments + 2]! += square;
      this.#moments[moments + 3]! += square * square;
      this.#moments[moments + 4]! += size * total;
      const sums = BLOCK_SUMS * (block * features + feature);
      this.#blocks[sums]! += size;
      this.#blocks[sums + 1]! += square;
      if (value > pivots[feature]!) this.#blocks[sums + 2]!++;
      this.#addToBins(feature, value, valueBins[feature]![row]!);
    }
  }

  #addToBins(feature: number, value: number, valueBin: number): void {
    const [least, greatest] = this.#plan.ranges[feature]!;
    const place = Math.floor(((value - least) / (greatest - least)) * DISTRIBUTION_BINS);
    const bin = feature * DISTRIBUTION_BINS + Math.max(0, Math.min(DISTRIBUTION_BINS - 1, place));
    this.#counts[bin]!++;
    const layout = this.#plan.layouts[feature]!;
    if (layout.kind === 'number' && valueBin < layout.level.length) {
      this.#levels[bin]! += layout.level[valueBin]!;
      this.#levelled[bin]!++;
    }
    this.#valueSums[feature * MOST_BINS + valueBin]! += value;
    this.#valueSquares[feature * MOST_BINS + valueBin]! += value * value;
  }

  /** @param blocks - how many were dealt rows. */
  finish(medians: readonly FeatureSums['median'][], blocks: number): Omit<OutputProfile, 'label' | 'expectedValue'> {
    return {
      answers: { sum: this.#answerSum, squares: this.#answerSquares },
      totalSquares: this.#totalSquares,
      features: medians.map((median, feature) => this.#featureSums(feature, median)),
      blocks: Float32Array.from(this.#blocks.subarray(0, BLOCK_SUMS * this.#features * blocks)),
    };
  }

  #featureSums(feature: number, median: FeatureSums['median']): FeatureSums {
    const { ranges, layouts, pivots } = this.#plan;
    const [sum, absolute, squares, fourths, absoluteByTotal] = this.#moments.subarray(5 * feature, 5 * feature + 5);
    const of = (all: Float64Array, width: number, taken: number = width): number[] =>
      Array.from(all.subarray(feature * width, feature * width + taken));
    const bins = binsOf(layouts[feature]!);
    return {
      ...{ sum: sum!, absolute: absolute!, squares: squares!, fourths: fourths!, absoluteByTotal: absoluteByTotal! },
      median,
      pivot: pivots[feature]!,
      range: ranges[feature]!,
      counts: of(this.#counts, DISTRIBUTION_BINS),
      levels: of(this.#levels, DISTRIBUTION_BINS),
      levelled: of(this.#levelled, DISTRIBUTION_BINS),
      valueSums: of(this.#valueSums, MOST_BINS, bins),
      valueSquares: of(this.#valueSquares, MOST_BINS, bins),
    };
  }
}
