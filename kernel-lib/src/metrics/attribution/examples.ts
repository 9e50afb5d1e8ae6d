import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import { numberOf } from '../../monitor/label.js';
import type { DependenceBin, ExplainedRow } from '../../report/model-explainability-report.js';
import { clipText } from '../../report/value-text.js';

/** How a feature's mean attribution changed since the baseline. */
export interface AttributionMove {
  readonly feature: string;
  /** Current less baseline; undefined without a baseline. */
  readonly meanChange?: { readonly value: number; readonly pValue?: number } | undefined;
  /** Mean attributions by the feature's value: where they are known, the change is looked for where it comes from. */
  readonly dependence?: readonly DependenceBin[] | undefined;
}

/** Longer cells are cut: a report does not grow with them. */
const MOST_CHARACTERS = 200;
const MOVED_FEATURES = 2;
const FAR_BELOW = -Number.MAX_VALUE;
/** A change with a larger p-value may be chance. */
const SIGNIFICANCE = 0.05;
/** Of so many rows with about the mean answer, the most ordinary is shown. */
const ORDINARY_ROWS = 100;

/**
 * At most five requests worth a look, none twice: for each of the two features whose mean attribution moved most, the one
 * that it carries most in that direction, among those with the values that the change comes from; those with the highest and
 * the lowest answer; and an ordinary one: of the 100 (at most a hundredth) with about the mean answer the one whose
 * attributions are nearest to the mean ones. Where nothing moved, or there is no baseline, what the features that add most
 * carry most. Of equal ones the first is taken. Time O(rows · features + rows log rows).
 *
 * @param output - its place among the sample's outputs.
 * @param moves - of each feature; those without a change count as not moved.
 */
export function chooseExamples(
  sample: ExplainedSample,
  output: number,
  moves: readonly AttributionMove[],
): ExplainedRow[] {
  if (sample.rows === 0) return [];
  const rows = new RowNumbers(sample, output);
  const reasons = new Map<number, string[]>();
  const show = (row: number, reason: string): void => void reasons.set(row, [...(reasons.get(row) ?? []), reason]);
  for (const { place, direction, reason, isAsked } of carriers(rows, moves)) {
    show(
      largestPlace(sample.rows, (row) => (isAsked(row) ? rows.carriedBy(row, place, direction) : FAR_BELOW)),
      reason,
    );
  }
  show(
    largestPlace(sample.rows, (row) => rows.answer(row)),
    'the highest answer',
  );
  show(
    largestPlace(sample.rows, (row) => -rows.answer(row)),
    'the lowest answer',
  );
  show(ordinaryRow(rows), 'an ordinary request: about the mean answer, made up as usual');
  return [...reasons].map(([row, found]) => explainedRow(sample, output, row, found.join('; ')));
}

/**
 * One row of a sample as a waterfall: features in order of their absolute attributions, the largest first.
 *
 * @param reason - why it is shown.
 */
export function explainedRow(sample: ExplainedSample, output: number, row: number, reason: string): ExplainedRow {
  const rows = new RowNumbers(sample, output);
  const time = sample.times?.[row];
  const eventId = sample.eventIds?.[row];
  const features = sample.features.map((feature, place) => {
    const text = textOf(sample.columns[place]!, row);
    const value = text === null ? null : clipText(text, MOST_CHARACTERS);
    return { feature, value, attribution: rows.attribution(row, place) };
  });
  return {
    reason,
    ...(typeof eventId === 'string' && { eventId }),
    ...(time !== undefined && Number.isFinite(time) && { time: new Date(time).toISOString() }),
    answer: rows.answer(row),
    features: features.sort((a, b) => Math.abs(b.attribution) - Math.abs(a.attribution)),
  };
}

/** One output's numbers by row. */
class RowNumbers {
  readonly sample: ExplainedSample;
  readonly #output: number;

  constructor(sample: ExplainedSample, output: number) {
    this.sample = sample;
    this.#output = output;
  }

  answer(row: number): number {
    return this.sample.answers[row * this.sample.outputs.length + this.#output]!;
  }

  attribution(row: number, place: number): number {
    const { values, features, outputs } = this.sample;
    return values[(row * outputs.length + this.#output) * features.length + place]!;
  }

  /** A feature's attribution times its share of the row's, in a direction; 0 is either. */
  carriedBy(row: number, place: number, direction: -1 | 0 | 1): number {
    let total = 0;
    for (let other = 0; other < this.sample.features.length; other++) total += Math.abs(this.attribution(row, other));
    const attribution = this.attribution(row, place);
    const carried = total === 0 ? 0 : attribution * (Math.abs(attribution) / total);
    return direction === 0 ? Math.abs(carried) : direction * carried;
  }

  /** By feature. */
  means(of: (attribution: number) => number): Float64Array {
    const { features, rows } = this.sample;
    const means = new Float64Array(features.length);
    for (let row = 0; row < rows; row++) {
      for (let place = 0; place < means.length; place++) means[place]! += of(this.attribution(row, place)) / rows;
    }
    return means;
  }
}

interface Carrier {
  readonly place: number;
  readonly direction: -1 | 0 | 1;
  readonly reason: string;
  /** Whether a row's value is among those that the change comes from. */
  isAsked(row: number): boolean;
}

function carriers(rows: RowNumbers, moves: readonly AttributionMove[]): Carrier[] {
  const { features } = rows.sample;
  const moved = moves
    .filter(({ meanChange }) => (meanChange?.pValue ?? 0) < SIGNIFICANCE)
    .map(({ feature, meanChange, dependence }) => ({
      place: features.indexOf(feature),
      change: meanChange?.value ?? 0,
      dependence,
    }))
    .filter(({ place, change }) => place >= 0 && change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (moved.length === 0) {
    const sizes = rows.means(Math.abs);
    const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
    return order.slice(0, MOVED_FEATURES).map((place) => ({
      ...{ place, direction: 0 },
      reason: `its answer rests most on ${features[place]!}`,
      isAsked: () => true,
    }));
  }
  return moved.slice(0, MOVED_FEATURES).map(({ place, change, dependence }, rank) => ({
    place,
    direction: change > 0 ? 1 : -1,
    reason: `${change > 0 ? 'raised' : 'lowered'} by ${features[place]!}, which moved ${
      rank === 0 ? 'most' : 'second most'
    } since the baseline`,
    isAsked: originOf(rows.sample, place, change, dependence ?? []),
  }));
}

/**
 * Rows with the values that most of a change of the mean comes from. Of a bin with the shares p of the rows and the means m
 * it is p'(m' - M) - p(m - M), M the baseline's mean over all rows: either more rows have such values, or they add more.
 */
function originOf(
  { columns, rows }: ExplainedSample,
  place: number,
  change: number,
  bins: readonly DependenceBin[],
): (row: number) => boolean {
  const all = (side: 'baseline' | 'current'): number => bins.reduce((sum, bin) => sum + (bin.rows[side] ?? 0), 0);
  const [before, now] = [all('baseline'), all('current')];
  if (before === 0 || now === 0) return () => true;
  const sumOf = (bin: DependenceBin): number => (bin.rows.baseline ?? 0) * (bin.mean.baseline?.value ?? 0);
  const mean = bins.reduce((sum, bin) => sum + sumOf(bin), 0) / before;
  const part = (bin: DependenceBin, side: 'baseline' | 'current', of: number): number =>
    ((bin.rows[side] ?? 0) / of) * ((bin.mean[side]?.value ?? mean) - mean);
  const origin = largestPlace(bins.length, (at) => {
    const bin = bins[at]!;
    return Math.sign(change) * (part(bin, 'current', now) - part(bin, 'baseline', before));
  });
  const members = Uint8Array.from({ length: rows }, (_, row) => Number(binOf(bins, columns[place]!, row) === origin));
  return members.includes(1) ? (row) => members[row] === 1 : () => true;
}

/** The place of a cell's bin; -1 for one that is in none. */
function binOf(bins: readonly DependenceBin[], column: CellColumn, row: number): number {
  const text = textOf(column, row);
  if (text === null || text === '') return bins.findIndex(({ title }) => title === 'missing');
  if (bins.some(({ upper }) => upper !== undefined)) {
    const number = numberOf(text);
    if (number === undefined) return bins.findIndex(({ title }) => title === 'missing');
    const place = bins.findIndex(({ upper }) => upper !== undefined && number <= upper);
    return place >= 0 ? place : bins.findLastIndex(({ upper }) => upper !== undefined);
  }
  const place = bins.findIndex(({ title }) => title === text);
  return place >= 0 ? place : bins.findIndex(({ title }) => title === 'other');
}

function ordinaryRow(rows: RowNumbers): number {
  const answers = Float64Array.from({ length: rows.sample.rows }, (_, row) => rows.answer(row));
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
  const means = rows.means((attribution) => attribution);
  const apart = (row: number): number =>
    means.reduce((sum, value, place) => sum + Math.abs(rows.attribution(row, place) - value), 0);
  const near = [...answers.keys()]
    .sort((a, b) => Math.abs(answers[a]! - mean) - Math.abs(answers[b]! - mean))
    .slice(0, Math.min(ORDINARY_ROWS, Math.ceil(answers.length / 100)));
  return near[largestPlace(near.length, (index) => -apart(near[index]!))]!;
}

function largestPlace(count: number, scoreOf: (place: number) => number): number {
  let [best, largest] = [0, Number.NEGATIVE_INFINITY];
  for (let place = 0; place < count; place++) {
    const score = scoreOf(place);
    if (score > largest) [best, largest] = [place, score];
  }
  return best;
}
