import type { CellBatch, CellColumn } from '../../dataset/cell-batch.js';
import { MonitorError } from '../../errors.js';
import type { Attributions, Explainer } from '../../explain/explainer.js';
import type { Estimate } from '../../stats/interval.js';
import { sortNumbers } from '../../stats/sort-numbers.js';
import { exactMedian, Medians } from './attribution-median.js';
import { BlockDealer, blockCount } from './block-dealer.js';
import { OutputSums } from './output-sums.js';
import { binCells, binsOf, planLayout, type ValueLayout } from './value-layout.js';

/** Sums over the rows of what one feature adds to one output. */
export interface FeatureSums {
  /** Of a, |a|, a^2 and a^4, and of |a| times the row's sum of all features' |a|. */
  readonly sum: number;
  readonly absolute: number;
  readonly squares: number;
  readonly fourths: number;
  readonly absoluteByTotal: number;
  /** Exact up to ten million attributions of all features and outputs, of a sketch beyond. */
  readonly median: Estimate;
  /** About the median: what the blocks count above. */
  readonly pivot: number;
  /** Ends of the distribution's 40 equal bins. */
  readonly range: readonly [least: number, greatest: number];
  /** Rows by bin; those beyond the range are in the end bins. */
  readonly counts: readonly number[];
  /** By bin, the sum of the levels of the feature's values, and of how many rows: those whose value is a number. */
  readonly levels: readonly number[];
  readonly levelled: readonly number[];
  /** By bin of the feature's value: sums of a and a^2. */
  readonly valueSums: readonly number[];
  readonly valueSquares: readonly number[];
}

/** One output's attributions. */
export interface OutputProfile {
  readonly label: string;
  readonly expectedValue: number;
  readonly answers: { readonly sum: number; readonly squares: number };
  /** The sum over rows of (the sum of all features' |a|)^2. */
  readonly totalSquares: number;
  /** In the order of `AttributionProfile.features`. */
  readonly features: readonly FeatureSums[];
  /** By (block, feature): sums of |a| and a^2, and rows above the pivot; in single precision, as they are for resampling. */
  readonly blocks: Float32Array;
}

/**
 * Everything a baseline or window keeps of its attributions. Its size depends on features, outputs and bins, not on rows: at
 * most 12 bytes for each feature, output and block, and some 250 numbers for each feature and output.
 */
export interface AttributionProfile {
  readonly version: 1;
  readonly rows: number;
  readonly features: readonly string[];
  /** By feature: the bins of its values, and the rows in each. */
  readonly layouts: readonly ValueLayout[];
  readonly valueRows: readonly (readonly number[])[];
  /** Rows of each block. */
  readonly blockRows: readonly number[];
  readonly outputs: readonly OutputProfile[];
}

export interface AttributionProfileOptions {
  /** Whose bins are taken over, for features and outputs of the same name. */
  readonly layout?: AttributionProfile;
  readonly seed: number;
}

/** Bins are planned from so many rows, and up to so many medians are exact. */
const PLANNED_ROWS = 10_000;
/** The fourth powers of larger attributions have no finite sum. */
const MOST_SIZE = 1e70;

interface Part {
  readonly attributions: Attributions;
  readonly batch: CellBatch;
}

/**
 * Collects the attributions of rows as they come. Memory: the first 10,000 rows (or the batch that passes them) are held until
 * the bins are planned; after that it depends on columns alone.
 */
export class AttributionProfileBuilder {
  readonly #explainer: Pick<Explainer, 'features' | 'outputs' | 'expectedValues'>;
  readonly #layout: AttributionProfile | undefined;
  readonly #seed: number;
  /** Once the bins are planned. */
  #dealer: BlockDealer | undefined;
  readonly #blockRows: Uint32Array;
  #held: Part[] = [];
  #rows = 0;
  #layouts: readonly ValueLayout[] = [];
  #valueRows: Float64Array[] = [];
  #sums: OutputSums[] = [];
  /** By (output, feature). */
  readonly #medians: Medians;

  constructor(
    explainer: Pick<Explainer, 'features' | 'outputs' | 'expectedValues'>,
    { layout, seed }: AttributionProfileOptions,
  ) {
    const blocks = blockCount(explainer.features.length * explainer.outputs.length);
    this.#explainer = explainer;
    this.#layout = layout;
    this.#seed = seed;
    this.#blockRows = new Uint32Array(blocks);
    this.#medians = new Medians(explainer.features.length * explainer.outputs.length);
  }

  /**
   * @param attributions - kept: not to be written into afterwards; so with `batch`, until the bins are planned.
   * @param batch - the explained rows, in the order of the features.
   * @throws MonitorError `MODEL` where an attribution or answer is no number up to 1e70.
   */
  add(attributions: Attributions, batch: CellBatch): void {
    this.#checkFinite(attributions);
    this.#rows += attributions.rows;
    if (this.#sums.length > 0) {
      this.#take(attributions, batch);
      return;
    }
    this.#held.push({ attributions, batch });
    if (this.#rows <= PLANNED_ROWS) return;
    this.#plan();
    this.#takeHeld();
  }

  finish(): AttributionProfile {
    const { features, outputs, expectedValues } = this.#explainer;
    if (this.#sums.length === 0) this.#plan();
    this.#takeHeld();
    const medians = this.#medians.finish();
    const blocks = Math.min(this.#rows, this.#blockRows.length);
    return {
      version: 1,
      rows: this.#rows,
      features,
      layouts: this.#layouts,
      valueRows: this.#valueRows.map((rows) => Array.from(rows)),
      blockRows: Array.from(this.#blockRows.subarray(0, blocks)),
      outputs: outputs.map((label, output) => ({
        label,
        expectedValue: expectedValues[output]!,
        ...this.#sums[output]!.finish(medians.slice(output * features.length, (output + 1) * features.length), blocks),
      })),
    };
  }

  #checkFinite({ values, answers }: Attributions): void {
    const bad = values.findIndex((value) => !(Math.abs(value) <= MOST_SIZE));
    if (bad === -1 && answers.every((answer) => Math.abs(answer) <= MOST_SIZE)) return;
    const { features, outputs } = this.#explainer;
    const place =
      bad === -1 ? answers.findIndex((answer) => !(Math.abs(answer) <= MOST_SIZE)) : Math.floor(bad / features.length);
    const row = this.#rows + Math.floor(place / outputs.length) + 1;
    throw new MonitorError('MODEL', `What the model answers for row ${row} has no finite attributions.`, {
      fix: 'check the model with this row: its answer, or one for a part of its features, is no number or too large',
    });
  }

  /** Decides on the bins and pivots from the held rows. */
  #plan(): void {
    const { features, outputs } = this.#explainer;
    const held = this.#held;
    this.#dealer = new BlockDealer(this.#blockRows.length, this.#rows, this.#seed);
    const rows = held.map(({ batch }) => batch.rowCount);
    this.#layouts = features.map((feature, place) => {
      const known = this.#layout?.features.indexOf(feature) ?? -1;
      return known >= 0
        ? this.#layout!.layouts[known]!
        : planLayout(
            held.map(({ batch }): CellColumn => batch.columns[place]!),
            rows,
          );
    });
    this.#valueRows = this.#layouts.map((layout) => new Float64Array(binsOf(layout)));
    this.#sums = outputs.map((label, output) => {
      const sorted = features.map((_, feature) => this.#sortedValues(output, feature));
      const known =
        this.#layout?.outputs.find((other) => other.label === label) ??
        (this.#layout?.outputs.length === outputs.length && outputs.length === 1 ? this.#layout.outputs[0] : undefined);
      const ranges = rangesOf(sorted).map((range, feature) => {
        const place = this.#layout?.features.indexOf(features[feature]!) ?? -1;
        return known?.features[place]?.range ?? range;
      });
      const ofOutput = sorted.map((values) => (values.length === 0 ? NO_MEDIAN : exactMedian(values)));
      const pivots = Float64Array.from(ofOutput, ({ value }) => value);
      const plan = { layouts: this.#layouts, ranges, pivots, blocks: this.#blockRows.length };
      return new OutputSums(plan, output, outputs.length);
    });
  }

  #sortedValues(output: number, feature: number): Float64Array {
    const { features, outputs } = this.#explainer;
    const values = new Float64Array(this.#held.reduce((sum, { attributions }) => sum + attributions.rows, 0));
    let at = 0;
    for (const { attributions } of this.#held) {
      for (let row = 0; row < attributions.rows; row++) {
        values[at++] = attributions.values[(row * outputs.length + output) * features.length + feature]!;
      }
    }
    sortNumbers(values, values.length);
    return values;
  }

  #takeHeld(): void {
    for (const { attributions, batch } of this.#held) this.#take(attributions, batch);
    this.#held = [];
  }

  #take(attributions: Attributions, batch: CellBatch): void {
    const { rows } = attributions;
    const blockOf = Uint16Array.from({ length: rows }, () => this.#dealer!.next());
    for (const block of blockOf) this.#blockRows[block]!++;
    const bins = this.#layouts.map((layout, feature) => binCells(layout, batch.columns[feature]!, rows));
    bins.forEach((ofFeature, feature) => {
      const counts = this.#valueRows[feature]!;
      for (const bin of ofFeature) counts[bin]!++;
    });
    for (const sums of this.#sums) sums.add(attributions, bins, blockOf);
    this.#medians.add(attributions.values);
  }
}

const NO_MEDIAN: Estimate = { value: 0, lower: 0, upper: 0 };

/** The span of each feature's attributions; where they are all the same, a span around them as wide as the widest other. */
function rangesOf(sorted: readonly Float64Array[]): (readonly [number, number])[] {
  const spans = sorted.map((values): readonly [number, number] => [values[0] ?? 0, values[values.length - 1] ?? 0]);
  const widest = Math.max(...spans.map(([least, greatest]) => greatest - least)) || 1;
  return spans.map(([least, greatest]) =>
    least < greatest ? [least, greatest] : [least - widest / 2, greatest + widest / 2],
  );
}
