import { textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { ExplainedRow } from '../../report/model-explainability-report.js';
import { clipText } from '../../report/value-text.js';

/** How a feature's mean attribution changed since the baseline. */
export interface AttributionMove {
  readonly feature: string;
  /** Current less baseline; undefined without a baseline. */
  readonly meanChange?: { readonly value: number; readonly pValue?: number } | undefined;
}

/** Longer cells are cut: a report does not grow with them. */
const MOST_CHARACTERS = 200;
const MOVED_FEATURES = 2;
/** A change with a larger p-value may be chance. */
const SIGNIFICANCE = 0.05;
/** Of so many rows with about the mean answer, the most ordinary is shown. */
const ORDINARY_ROWS = 100;

/**
 * At most five requests worth a look, none twice: for each of the two features whose mean attribution moved most, the one
 * that it carries most in that direction; those with the highest and the lowest answer; and an ordinary one: of the 100 (at
 * most a hundredth) with about the mean answer the one whose attributions are nearest to the mean ones. Where nothing moved,
 * or there is no baseline, what the features that add most carry most. Of equal ones the first is taken.
 * Time O(rows · features + rows log rows).
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
  for (const { place, direction, reason } of carriers(rows, moves)) {
    show(
      largestPlace(sample.rows, (row) => rows.carriedBy(row, place, direction)),
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
}

function carriers(rows: RowNumbers, moves: readonly AttributionMove[]): Carrier[] {
  const { features } = rows.sample;
  const moved = moves
    .filter(({ meanChange }) => (meanChange?.pValue ?? 0) < SIGNIFICANCE)
    .map(({ feature, meanChange }) => ({ place: features.indexOf(feature), change: meanChange?.value ?? 0 }))
    .filter(({ place, change }) => place >= 0 && change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (moved.length === 0) {
    const sizes = rows.means(Math.abs);
    const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
    return order.slice(0, MOVED_FEATURES).map((place) => ({
      ...{ place, direction: 0 },
      reason: `its answer rests most on ${features[place]!}`,
    }));
  }
  return moved.slice(0, MOVED_FEATURES).map(({ place, change }, rank) => ({
    place,
    direction: change > 0 ? 1 : -1,
    reason: `its answer is ${change > 0 ? 'raised' : 'lowered'} most by ${features[place]!}, which moved ${
      rank === 0 ? 'most' : 'second most'
    } since the baseline`,
  }));
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
