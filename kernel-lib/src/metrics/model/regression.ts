import type { MetricValue } from '../../report/model-quality-report.js';
import { Random } from '../../stats/random.js';
import type { WeightedSample } from '../../stats/weighted.js';
import { blockBootstraps, bootstrapMethod, type SumStatistic } from './bootstrap.js';
import type { QualityMetric, QualityOptions, QualityResult } from './quality.js';
import { DEVIATION_SAMPLES, deviationOf, LEAST_ROWS_FOR_DEVIATION, sampleRows } from './sample-deviation.js';
import { medianInterval, weightedMedian } from './weighted-median.js';

/** Labelled rows of a regression; arrays as long as each other, all finite. */
export interface RegressionRows {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
  /** At least 0. Default: 1 each. */
  readonly weights?: Float64Array;
}

const service = { unit: 'value', better: 'lower', service: true, constrained: true } as const;
const ours = { unit: 'value', better: 'lower', service: false, constrained: false } as const;
const QUANTILES = [0.1, 0.5, 0.9] as const;

/** The metrics of a regression in report order: the service's, then ours. */
export const regressionMetrics: readonly QualityMetric[] = [
  { name: 'mae', title: 'Mean absolute error', definition: 'Mean of |label - prediction|.', ...service },
  { name: 'mse', title: 'Mean squared error', definition: 'Mean of (label - prediction)^2.', ...service },
  { name: 'rmse', title: 'Root mean squared error', definition: 'Square root of the mean squared error.', ...service },
  {
    name: 'r2',
    title: 'R squared',
    definition:
      "Share of the labels' variance that the predictions explain, 1 - sum of squared errors / sum of squares about the mean; no value where the labels do not vary.",
    ...service,
    better: 'higher',
  },
  {
    name: 'mape',
    title: 'Mean absolute percentage error',
    definition:
      'Mean of |label - prediction| / |label|, as a fraction; labels of 0 count as 2^-52, as in scikit-learn.',
    ...ours,
  },
  {
    name: 'median_absolute_error',
    title: 'Median absolute error',
    definition: 'Median of |label - prediction|, the mean of the two middle ones for an even number of rows.',
    ...ours,
  },
  ...QUANTILES.map(
    (share): QualityMetric => ({
      name: pinballName(share),
      title: `Quantile loss at ${share}`,
      definition: `Mean pinball loss of the ${share} quantile: ${share} times the error where the label is above the prediction, ${(1 - share).toFixed(1)} times where it is below.`,
      ...ours,
    }),
  ),
];

/** Places of the sums over rows from which every metric but the median is made; each term times the row's weight. */
const [ERROR, ABSOLUTE, SQUARE, PERCENTAGE, LABEL, LABEL_SQUARE, WEIGHT] = [0, 1, 2, 3, 4, 5, 6];

/** Metrics of the sums; `total` is the sum of the weights, above 0. */
const ofSums: Readonly<Record<string, (sums: Float64Array, total: number) => number | undefined>> = {
  mae: (sums, total) => sums[ABSOLUTE]! / total,
  mse: (sums, total) => sums[SQUARE]! / total,
  rmse: (sums, total) => Math.sqrt(sums[SQUARE]! / total),
  r2: (sums, total) => {
    const about = sums[LABEL_SQUARE]! - (sums[LABEL]! * sums[LABEL]!) / total;
    // What rounding leaves of labels that are all the same.
    return about === 0 || about < 1e-12 * sums[LABEL_SQUARE]! ? undefined : 1 - sums[SQUARE]! / about;
  },
  mape: (sums, total) => sums[PERCENTAGE]! / total,
  ...Object.fromEntries(
    // q max(e, 0) + (1 - q) max(-e, 0) = |e| / 2 + (q - 1 / 2) e.
    QUANTILES.map((share) => [
      pinballName(share),
      (sums: Float64Array, total: number) => (sums[ABSOLUTE]! / 2 + (share - 0.5) * sums[ERROR]!) / total,
    ]),
  ),
};

const sumNames = Object.keys(ofSums);
const sumStatistics: readonly SumStatistic[] = Object.values(ofSums).map((metric) => (sums, rows) => {
  const total = sums[WEIGHT] ?? rows;
  return total > 0 ? metric(sums, total) : undefined;
});

/**
 * The metrics of {@link regressionMetrics} for labelled rows. Intervals are at 95 %: a seeded bootstrap of the rows
 * ({@link blockBootstraps}), for the median order statistics ({@link medianInterval}). The standard deviation is that
 * of five random 80 % samples of the rows (n - 1 in the denominator), from 200 rows on. Time O(n log n), memory nine
 * doubles a row.
 *
 * @see Golden values: scikit-learn, test/golden/model/regression.json.
 */
export function regressionQuality(rows: RegressionRows, options: QualityOptions = {}): QualityResult {
  const { intervals = true, deviations = true, seed = 0 } = options;
  const count = rows.labels.length;
  const columns = contributions(rows);
  const found = valuesOf(columns, count);
  if (rows.weights === undefined ? count === 0 : found['mae'] === undefined) {
    const reason = count === 0 ? 'no rows' : 'all weights are 0';
    return {
      rows: count,
      values: {},
      reasons: Object.fromEntries(regressionMetrics.map(({ name }) => [name, reason])),
    };
  }
  const median = medianError(rows, { intervals, deviations, seed });
  const bounds = intervals ? blockBootstraps(columns, sumStatistics, { seed }) : [];
  const samples = deviations && count >= LEAST_ROWS_FOR_DEVIATION ? sampledValues(columns, count, seed) : [];
  const values: Record<string, MetricValue> = {};
  const reasons: Record<string, string> = {};
  for (const { name } of regressionMetrics) {
    const value = name === 'median_absolute_error' ? median.value : found[name];
    if (value === undefined) reasons[name] = 'the labels do not vary';
    else if (!Number.isFinite(value)) reasons[name] = 'the numbers are too large';
    else if (name === 'median_absolute_error') values[name] = median;
    else {
      const interval = bounds[sumNames.indexOf(name)];
      const standardDeviation = deviationOf(samples.map((sample) => sample[name]));
      values[name] = {
        value,
        ...(interval && { ...interval, method: bootstrapMethod(seed) }),
        ...(standardDeviation !== undefined && { standardDeviation }),
      };
    }
  }
  return { rows: count, values, reasons };
}

function pinballName(share: number): string {
  return `pinball_loss_${String(share).replace('.', '_')}`;
}

/** What each row adds to each of the sums. */
function contributions({ labels, predictions, weights }: RegressionRows): Float64Array[] {
  const pivot = pivotOf(labels);
  const columns = Array.from({ length: WEIGHT }, () => new Float64Array(labels.length));
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const error = label - predictions[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    columns[ERROR]![row] = weight * error;
    columns[ABSOLUTE]![row] = weight * Math.abs(error);
    columns[SQUARE]![row] = weight * error * error;
    columns[PERCENTAGE]![row] = (weight * Math.abs(error)) / Math.max(Math.abs(label), Number.EPSILON);
    columns[LABEL]![row] = weight * (label - pivot);
    columns[LABEL_SQUARE]![row] = weight * (label - pivot) * (label - pivot);
  }
  return weights === undefined ? columns : [...columns, weights];
}

/**
 * The label nearest to the mean: within a standard deviation of it, so that sums of squares about it keep their digits,
 * and exactly the label where there is but one.
 */
function pivotOf(labels: Float64Array): number {
  let sum = 0;
  for (const label of labels) sum += label;
  const mean = sum / labels.length;
  let pivot = labels[0] ?? 0;
  for (const label of labels) if (Math.abs(label - mean) < Math.abs(pivot - mean)) pivot = label;
  return pivot;
}

/** The metrics by name; NaN and the infinities where numbers overflow. */
function valuesOf(columns: readonly Float64Array[], count: number, taken?: Uint32Array): Record<string, number> {
  const sums = Float64Array.from(columns, (column) => {
    let sum = 0;
    if (taken === undefined) for (let row = 0; row < count; row++) sum += column[row]!;
    else for (let i = 0; i < count; i++) sum += column[taken[i]!]!;
    return sum;
  });
  const values: Record<string, number> = {};
  sumStatistics.forEach((statistic, i) => {
    const value = statistic(sums, count);
    if (value !== undefined) values[sumNames[i]!] = value;
  });
  return values;
}

function sampledValues(columns: readonly Float64Array[], count: number, seed: number): Record<string, number>[] {
  const random = new Random(seed);
  return Array.from({ length: DEVIATION_SAMPLES }, () => {
    const taken = sampleRows(random, count);
    return valuesOf(columns, taken.length, taken);
  });
}

function medianError(
  { labels, predictions, weights }: RegressionRows,
  { intervals, deviations, seed }: Required<Omit<QualityOptions, 'curves'>>,
): MetricValue {
  const errors = labels.map((label, row) => Math.abs(label - predictions[row]!));
  const sample = sortedSample(errors, weights);
  const interval = intervals ? medianInterval(sample, weights !== undefined) : undefined;
  const samples = deviations && errors.length >= LEAST_ROWS_FOR_DEVIATION ? sampledMedians(sample, seed) : [];
  const standardDeviation = deviationOf(samples);
  return {
    value: weightedMedian(sample)!,
    ...(interval && { ...interval, method: 'order statistics' }),
    ...(standardDeviation !== undefined && { standardDeviation }),
  };
}

function sortedSample(errors: Float64Array, weights: Float64Array | undefined): WeightedSample {
  if (weights === undefined) {
    return { values: errors.slice().sort(), weights: new Float64Array(errors.length).fill(1), count: errors.length };
  }
  const order = Uint32Array.from(errors, (_, row) => row).sort((a, b) => errors[a]! - errors[b]!);
  return weightedOf(order, errors, weights);
}

/** Medians of random samples of the rows: of the sorted rows, so that they need no sorting of their own. */
function sampledMedians({ values, weights }: WeightedSample, seed: number): (number | undefined)[] {
  const random = new Random(seed);
  return Array.from({ length: DEVIATION_SAMPLES }, () =>
    weightedMedian(weightedOf(sampleRows(random, values.length), values, weights)),
  );
}

/** The sample of some rows, which are in the order of their values. */
function weightedOf(rows: Uint32Array, values: Float64Array, weights: Float64Array): WeightedSample {
  const [valuesOfRows, weightsOfRows] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    valuesOfRows[i] = values[row]!;
    weightsOfRows[i] = weights[row]!;
    count += weights[row]!;
  }
  return { values: valuesOfRows, weights: weightsOfRows, count };
}
