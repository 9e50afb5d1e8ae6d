import { HOUR_MS, isoHour } from '../../capture/hour-path.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { AttributionPoint } from '../../report/model-explainability-report.js';
import { Random } from '../../stats/random.js';
import { rankingNdcg } from './ndcg.js';

/** A window cut into buckets. */
export interface AttributionSeries {
  readonly bucket: 'hour' | 'day';
  readonly points: readonly AttributionPoint[];
}

/** Longer windows are shown by day. */
const MOST_HOURS = 72;
/** And of these no more than so many, the last ones: a report does not grow with time. */
const MOST_BUCKETS = 400;
/** nDCG of fewer rows has no error. */
const LEAST_ROWS = 30;
const RESAMPLES = 200;
/** Of more rows blocks of rows are drawn. */
const MOST_BLOCKS = 400;

/**
 * Shares of mean absolute attribution, and nDCG against the baseline, over time: by hour up to 72 hours, else by day
 * (UTC). Empty buckets between the first and the last, and of a window all of it, are listed without shares.
 *
 * nDCG is that of the mean absolute attributions, whatever the baseline's aggregation; its standard error is that of 200
 * resamples of the bucket's rows (of more than 400 rows, of 400 blocks that they are dealt to at random), the baseline taken
 * as exact. Time O(features · (rows + 80,000 · buckets)) at most.
 *
 * @param output - its place among the sample's outputs.
 * @param order - the features whose shares are told, in this order.
 * @param baseline - the baseline's mean absolute attributions, by `order`.
 */
export function attributionSeries(
  sample: ExplainedSample,
  output: number,
  order: readonly string[],
  baseline: Float64Array,
  options: { readonly seed: number; readonly window?: { readonly start: string; readonly end: string } | undefined },
): AttributionSeries {
  const { times } = sample;
  const known = times?.filter((time) => !Number.isNaN(time)) ?? new Float64Array(0);
  if (times === undefined || known.length === 0) return { bucket: 'hour', points: [] };
  const span = spanOf(known, options.window);
  const bucket = span.end - span.start <= MOST_HOURS * HOUR_MS ? 'hour' : 'day';
  const length = bucket === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  const last = Math.ceil(span.end / length) - 1;
  const first = Math.max(Math.floor(span.start / length), last - MOST_BUCKETS + 1);
  const rows: number[][] = Array.from({ length: Math.max(0, last - first + 1) }, () => []);
  for (let row = 0; row < sample.rows; row++) rows[Math.floor(times[row]! / length) - first]?.push(row);
  const places = order.map((feature) => sample.features.indexOf(feature));
  const sizes = new RowSizes(sample, output, places);
  const random = new Random(options.seed);
  return {
    bucket,
    points: rows.map((ofBucket, index) => ({
      start: isoHour((first + index) * length),
      rows: ofBucket.length,
      ...pointOf(ofBucket, sizes, baseline, random),
    })),
  };
}

/** The window, or where it is open the rows' times. */
function spanOf(
  times: Float64Array,
  window: { readonly start: string; readonly end: string } | undefined,
): { readonly start: number; readonly end: number } {
  const least = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const greatest = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const start = Date.parse(window?.start ?? '');
  const end = Date.parse(window?.end ?? '');
  return { start: Number.isNaN(start) ? least : start, end: Number.isNaN(end) ? greatest + 1 : end };
}

/** The absolute attributions of rows, in the order of some features; 0 for one that the sample lacks. */
class RowSizes {
  readonly width: number;
  readonly #sample: ExplainedSample;
  readonly #output: number;
  readonly #places: readonly number[];

  constructor(sample: ExplainedSample, output: number, places: readonly number[]) {
    this.width = places.length;
    this.#sample = sample;
    this.#output = output;
    this.#places = places;
  }

  addTo(sums: Float64Array, row: number): void {
    const { values, outputs, features } = this.#sample;
    const at = (row * outputs.length + this.#output) * features.length;
    for (let index = 0; index < sums.length; index++) {
      const place = this.#places[index]!;
      if (place >= 0) sums[index]! += Math.abs(values[at + place]!);
    }
  }
}

function pointOf(
  rows: readonly number[],
  sizes: RowSizes,
  baseline: Float64Array,
  random: Random,
): Pick<AttributionPoint, 'shares' | 'ndcg' | 'ndcgError'> {
  if (rows.length === 0) return { shares: [] };
  const sums = new Float64Array(sizes.width);
  for (const row of rows) sizes.addTo(sums, row);
  const total = sums.reduce((sum, size) => sum + size, 0);
  return {
    shares: Array.from(sums, (size) => (total === 0 ? 0 : size / total)),
    ndcg: rankingNdcg(baseline, sums),
    ...(rows.length >= LEAST_ROWS && { ndcgError: errorOf(rows, sizes, baseline, random) }),
  };
}

function errorOf(rows: readonly number[], sizes: RowSizes, baseline: Float64Array, random: Random): number {
  const blocks = blocksOf(rows, sizes, random);
  const sums = new Float64Array(sizes.width);
  let [sum, squares] = [0, 0];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    sums.fill(0);
    for (let draw = 0; draw < blocks.length; draw++) {
      const block = blocks[random.integer(blocks.length)]!;
      for (let index = 0; index < sums.length; index++) sums[index]! += block[index]!;
    }
    const ndcg = rankingNdcg(baseline, sums);
    sum += ndcg;
    squares += ndcg * ndcg;
  }
  const mean = sum / RESAMPLES;
  return Math.sqrt(Math.max(0, squares / RESAMPLES - mean * mean) * (RESAMPLES / (RESAMPLES - 1)));
}

/** Sums of rows that were put together at random; of few rows each is a block. */
function blocksOf(rows: readonly number[], sizes: RowSizes, random: Random): Float64Array[] {
  const count = Math.min(rows.length, MOST_BLOCKS);
  const blocks = Array.from({ length: count }, () => new Float64Array(sizes.width));
  const order = rows.length > count ? random.shuffle([...rows]) : rows;
  for (const [place, row] of order.entries()) sizes.addTo(blocks[place % count]!, row);
  return blocks;
}
