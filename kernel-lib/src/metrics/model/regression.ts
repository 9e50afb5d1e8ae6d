import type { MetricValue } from '../../report/model-quality-report.js';
import { normalQuantile } from '../../stats/distributions.js';
import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { blockBootstrap, bootstrapMethod } from './bootstrap.js';
import type { QualityMetric, QualityOptions, QualityResult } from './quality.js';
import { DEVIATION_SAMPLES, deviationOf, LEAST_ROWS_FOR_DEVIATION, sampleRows } from './sample-deviation.js';

/** Labelled rows of a regression; arrays as long as each other, all finite. */
export interface RegressionRows {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
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

/** Sums over rows from which every metric but the median is made, in this order. */
const SUMS = ['error', 'absolute', 'square', 'percentage', 'label', 'labelSquare'] as const;

/**
 * The metrics of a regression. Intervals: seeded bootstrap of sums over blocks of rows; for the median the order
 * statistics between which it lies with 95 % probability (binomial). Time O(n log n).
 *
 * @see Golden values: scikit-learn, test/golden/model/regression.json.
 */
export function regressionQuality(rows: RegressionRows, options: QualityOptions = {}): QualityResult {
  const { intervals = true, deviations = true, seed = 0 } = options;
  const count = rows.labels.length;
  const names = regressionMetrics.map(({ name }) => name);
  if (count === 0) return { rows: 0, values: {}, reasons: Object.fromEntries(names.map((name) => [name, 'no rows'])) };
  const pivot = rows.labels.reduce((sum, label) => sum + label, 0) / count;
  const columns = contributions(rows, pivot);
  const sums = Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value, 0));
  const samples = deviations && count >= LEAST_ROWS_FOR_DEVIATION ? sampledSums(columns, count, seed) : undefined;
  const values: Record<string, MetricValue> = {};
  const reasons: Record<string, string> = {};
  for (const name of names) {
    if (name === 'median_absolute_error') {
      values[name] = medianError(columns[1]!, intervals);
      continue;
    }
    const statistic = (of: Float64Array, n: number): number | undefined => metricOf(name, of, n);
    const value = statistic(sums, count);
    if (value === undefined) {
      reasons[name] = 'the labels do not vary';
      continue;
    }
    const interval = intervals ? blockBootstrap(columns, statistic, { seed }) : undefined;
    const deviation = samples && deviationOf(samples.map(({ sums: of, rows: n }) => statistic(of, n)));
    values[name] = {
      value,
      ...(interval && { ...interval, method: bootstrapMethod(seed) }),
      ...(deviation !== undefined && { standardDeviation: deviation }),
    };
  }
  return { rows: count, values, reasons };
}

function pinballName(share: number): string {
  return `pinball_loss_${String(share).replace('.', '_')}`;
}

/** What each row adds to each of {@link SUMS}; labels about a pivot, so that their squares keep their digits. */
function contributions({ labels, predictions }: RegressionRows, pivot: number): Float64Array[] {
  const columns = SUMS.map(() => new Float64Array(labels.length));
  const [error, absolute, square, percentage, label, labelSquare] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < labels.length; row++) {
    const actual = labels[row]!;
    const difference = actual - predictions[row]!;
    error[row] = difference;
    absolute[row] = Math.abs(difference);
    square[row] = difference * difference;
    percentage[row] = Math.abs(difference) / Math.max(Math.abs(actual), Number.EPSILON);
    label[row] = actual - pivot;
    labelSquare[row] = (actual - pivot) * (actual - pivot);
  }
  return columns;
}

function metricOf(name: string, sums: Float64Array, rows: number): number | undefined {
  const [error, absolute, square, percentage, label, labelSquare] = sums as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (name === 'mae') return absolute / rows;
  if (name === 'mse') return square / rows;
  if (name === 'rmse') return Math.sqrt(square / rows);
  if (name === 'mape') return percentage / rows;
  if (name === 'r2') {
    const about = labelSquare - (label * label) / rows;
    return about > 0 && rows > 1 ? 1 - square / about : undefined;
  }
  const share = QUANTILES.find((quantile) => pinballName(quantile) === name)!;
  // q max(e, 0) + (1 - q) max(-e, 0) = |e| / 2 + (q - 1 / 2) e.
  return (absolute / 2 + (share - 0.5) * error) / rows;
}

function sampledSums(
  columns: readonly Float64Array[],
  count: number,
  seed: number,
): { readonly sums: Float64Array; readonly rows: number }[] {
  const random = new Random(seed);
  return Array.from({ length: DEVIATION_SAMPLES }, () => {
    const taken = sampleRows(random, count);
    const sums = Float64Array.from(columns, (column) => {
      let sum = 0;
      for (const row of taken) sum += column[row]!;
      return sum;
    });
    return { sums, rows: taken.length };
  });
}

function medianError(absolute: Float64Array, intervals: boolean): MetricValue {
  const sorted = absolute.slice().sort();
  const n = sorted.length;
  const value = (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
  const interval = intervals ? orderInterval(sorted) : undefined;
  return { value, ...(interval && { ...interval, method: 'order statistics' }) };
}

/** Ranks that hold the median with 95 % probability, by the normal approximation of the binomial; from 10 values on. */
function orderInterval(sorted: Float64Array): Interval | undefined {
  const n = sorted.length;
  if (n < 10) return undefined;
  const half = (-normalQuantile(0.025) * Math.sqrt(n)) / 2;
  const lower = Math.max(0, Math.floor(n / 2 - half) - 1);
  const upper = Math.min(n - 1, Math.ceil(n / 2 + half));
  return { lower: sorted[lower]!, upper: sorted[upper]! };
}
