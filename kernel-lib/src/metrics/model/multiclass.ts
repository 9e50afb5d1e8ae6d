import type { ConfusionMatrix, MetricValue } from '../../report/model-quality-report.js';
import { type Interval, wilsonInterval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { bootstrapMethod, percentiles, RESAMPLES } from './bootstrap.js';
import type { QualityMetric, QualityOptions, QualityResult } from './quality.js';
import { hypergeometricDraw, multinomialDraw } from './random-counts.js';
import { DEVIATION_SAMPLES, deviationOf, LEAST_ROWS_FOR_DEVIATION, sampleSize } from './sample-deviation.js';

/** Labelled rows of a multiclass problem: indexes into `classes`; arrays as long as each other. */
export interface MulticlassRows {
  readonly classes: readonly string[];
  readonly labels: Int32Array;
  readonly predictions: Int32Array;
}

/** Beyond so many classes there are no metrics for each of them: the matrix has them all. */
const MOST_CLASS_METRICS = 30;

const service = { unit: 'fraction', better: 'higher', service: true, constrained: true } as const;
const constant = { ...service, constrained: false } as const;
const ours = { ...service, service: false, constrained: false } as const;
/** Why a metric of one class has no value. */
const REASONS = {
  recall: 'no rows of this class',
  precision: 'this class is not predicted',
  f1: 'this class is neither actual nor predicted',
} as const;
const BETAS = { f0_5: 0.5, f1: 1, f2: 2 } as const;
const WEIGHTED =
  'weighted by the actual rows of each class; a class that is never predicted has precision 0, as in Spark';

/** The metrics of a multiclass problem in report order: the service's, then ours, the last of them for each class. */
export function multiclassMetrics(classes: readonly string[]): readonly QualityMetric[] {
  const weighted = [
    { name: 'accuracy', title: 'Accuracy', definition: 'Share of the rows whose prediction is right.' },
    { name: 'weighted_recall', title: 'Weighted recall', definition: `Mean of the classes' recall, ${WEIGHTED}.` },
    {
      name: 'weighted_precision',
      title: 'Weighted precision',
      definition: `Mean of the classes' precision, ${WEIGHTED}.`,
    },
    {
      name: 'weighted_f0_5',
      title: 'Weighted F0.5 score',
      definition: `Mean of the classes' F0.5 score, ${WEIGHTED}.`,
    },
    { name: 'weighted_f1', title: 'Weighted F1 score', definition: `Mean of the classes' F1 score, ${WEIGHTED}.` },
    { name: 'weighted_f2', title: 'Weighted F2 score', definition: `Mean of the classes' F2 score, ${WEIGHTED}.` },
  ];
  const macro = [
    { name: 'macro_recall', title: 'Macro recall', definition: "Plain mean of the classes' recall." },
    { name: 'macro_precision', title: 'Macro precision', definition: "Plain mean of the classes' precision." },
    { name: 'macro_f1', title: 'Macro F1 score', definition: "Plain mean of the classes' F1 score." },
  ];
  const each = classes.length > MOST_CLASS_METRICS ? [] : classes;
  return [
    ...weighted.map((metric): QualityMetric => ({ ...metric, ...service })),
    ...weighted.map(
      ({ name, title }): QualityMetric => ({
        name: `${name}_best_constant_classifier`,
        title: `${title}, constant classifier`,
        definition: `${title} of a classifier that always predicts the last class in order, which is what the service's published examples show.`,
        ...constant,
      }),
    ),
    ...macro.map((metric): QualityMetric => ({ ...metric, ...ours })),
    ...each.flatMap((name): QualityMetric[] => [
      {
        name: `recall:${name}`,
        title: `Recall of ${name}`,
        definition: 'Share of the rows of this class that are predicted so.',
        ...ours,
      },
      {
        name: `precision:${name}`,
        title: `Precision of ${name}`,
        definition: 'Share of the rows predicted as this class that are of it.',
        ...ours,
      },
      {
        name: `f1:${name}`,
        title: `F1 score of ${name}`,
        definition: 'Harmonic mean of the recall and precision of this class.',
        ...ours,
      },
    ]),
  ];
}

/**
 * The metrics of a multiclass problem, all from its confusion matrix. Intervals: Wilson for accuracy and for each class's
 * recall and precision; seeded multinomial bootstrap of the matrix elsewhere. Time O(n + resamples x classes^2).
 *
 * @see Source: Spark `MulticlassMetrics`. Golden values: scikit-learn, test/golden/model/multiclass.json.
 */
export function multiclassQuality(rows: MulticlassRows, options: QualityOptions = {}): QualityResult {
  const { intervals = true, deviations = true, seed = 0 } = options;
  const { classes, labels } = rows;
  const matrix = countPairs(rows);
  const size = classes.length;
  const names = multiclassMetrics(classes).map(({ name }) => name);
  const confusion: ConfusionMatrix = {
    classes,
    counts: classes.map((_, actual) => [...matrix.subarray(actual * size, (actual + 1) * size)]),
  };
  if (labels.length === 0) {
    const reasons = Object.fromEntries(names.map((name) => [name, 'no rows']));
    return { rows: 0, values: {}, reasons, confusion };
  }
  const found = valuesOf(matrix, classes);
  const bounds = intervals ? bootstrapped(matrix, classes, names, seed) : undefined;
  const samples = deviations && labels.length >= LEAST_ROWS_FOR_DEVIATION ? sampled(matrix, classes, seed) : undefined;
  const values: Record<string, MetricValue> = {};
  const reasons: Record<string, string> = {};
  for (const name of names) {
    const value = found.get(name);
    if (value === undefined) {
      reasons[name] = REASONS[name.slice(0, name.indexOf(':')) as keyof typeof REASONS];
      continue;
    }
    const wilson = intervals ? wilsonOf(name, matrix, classes) : undefined;
    const interval = wilson ?? bounds?.get(name);
    const deviation = samples && deviationOf(samples.map((sample) => sample.get(name)));
    values[name] = {
      value,
      ...(interval && { ...interval, method: wilson ? 'Wilson' : bootstrapMethod(seed) }),
      ...(deviation !== undefined && { standardDeviation: deviation }),
    };
  }
  return { rows: labels.length, values, reasons, confusion };
}

/** Counts at `actual * classes + predicted`. */
function countPairs({ classes, labels, predictions }: MulticlassRows): Float64Array {
  const matrix = new Float64Array(classes.length ** 2);
  for (let row = 0; row < labels.length; row++) matrix[labels[row]! * classes.length + predictions[row]!]!++;
  return matrix;
}

interface Margins {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly right: Float64Array;
  readonly total: number;
}

function marginsOf(matrix: Float64Array, size: number): Margins {
  const [actual, predicted, right] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let total = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const count = matrix[i * size + j]!;
      actual[i]! += count;
      predicted[j]! += count;
      total += count;
    }
    right[i] = matrix[i * size + i]!;
  }
  return { actual, predicted, right, total };
}

function valuesOf(matrix: Float64Array, classes: readonly string[]): Map<string, number> {
  const size = classes.length;
  const { actual, predicted, right, total } = marginsOf(matrix, size);
  const values = new Map<string, number>();
  const recall = right.map((count, i) => share(count, actual[i]!));
  const precision = right.map((count, i) => share(count, predicted[i]!));
  const f1 = recall.map((value, i) => fScore(precision[i]!, value, 1));
  const weighted = (of: (place: number) => number): number =>
    total === 0 ? 0 : actual.reduce((sum, count, place) => sum + (count / total) * of(place), 0);
  const accuracy = right.reduce((sum, count) => sum + count, 0) / total;
  values.set('accuracy', accuracy);
  values.set(
    'weighted_recall',
    weighted((i) => recall[i]!),
  );
  values.set(
    'weighted_precision',
    weighted((i) => precision[i]!),
  );
  for (const [name, beta] of Object.entries(BETAS)) {
    values.set(
      `weighted_${name}`,
      weighted((i) => fScore(precision[i]!, recall[i]!, beta)),
    );
  }
  // Always the last class: its recall is 1 and its precision its share, all others are never predicted.
  const last = (actual[size - 1] ?? 0) / total;
  values.set('accuracy_best_constant_classifier', last);
  values.set('weighted_recall_best_constant_classifier', last);
  values.set('weighted_precision_best_constant_classifier', last * last);
  for (const [name, beta] of Object.entries(BETAS)) {
    values.set(`weighted_${name}_best_constant_classifier`, last * fScore(last, last > 0 ? 1 : 0, beta));
  }
  values.set('macro_recall', meanOf(recall));
  values.set('macro_precision', meanOf(precision));
  values.set('macro_f1', meanOf(f1));
  classes.forEach((name, i) => {
    if (actual[i]! > 0) values.set(`recall:${name}`, recall[i]!);
    if (predicted[i]! > 0) values.set(`precision:${name}`, precision[i]!);
    if (actual[i]! + predicted[i]! > 0) values.set(`f1:${name}`, f1[i]!);
  });
  return values;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function fScore(precision: number, recall: number, beta: number): number {
  const square = beta * beta;
  const below = square * precision + recall;
  return below === 0 ? 0 : ((1 + square) * precision * recall) / below;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function wilsonOf(name: string, matrix: Float64Array, classes: readonly string[]): Interval | undefined {
  const { actual, predicted, right, total } = marginsOf(matrix, classes.length);
  if (name === 'accuracy' || name === 'weighted_recall') {
    return wilsonInterval(
      right.reduce((sum, count) => sum + count, 0),
      total,
    );
  }
  const [kind, ...rest] = name.split(':');
  const place = classes.indexOf(rest.join(':'));
  if (rest.length === 0 || place < 0) return undefined;
  if (kind === 'recall') return wilsonInterval(right[place]!, actual[place]!);
  return kind === 'precision' ? wilsonInterval(right[place]!, predicted[place]!) : undefined;
}

function bootstrapped(
  matrix: Float64Array,
  classes: readonly string[],
  names: readonly string[],
  seed: number,
): Map<string, Interval> {
  const random = new Random(seed);
  const total = matrix.reduce((sum, count) => sum + count, 0);
  const drawn = new Float64Array(matrix.length);
  const found = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    multinomialDraw(random, total, matrix, drawn);
    for (const [name, value] of valuesOf(drawn, classes)) found.get(name)?.push(value);
  }
  const bounds = [...found].flatMap(([name, values]): [string, Interval][] => {
    if (values.length < RESAMPLES / 2) return [];
    const interval = percentiles(Float64Array.from(values));
    return interval.lower < interval.upper ? [[name, interval]] : [];
  });
  return new Map(bounds);
}

/** The metrics of the service's random samples of the rows (multivariate hypergeometric counts). */
function sampled(matrix: Float64Array, classes: readonly string[], seed: number): Map<string, number>[] {
  const random = new Random(seed);
  return Array.from({ length: DEVIATION_SAMPLES }, () => {
    let left = matrix.reduce((sum, count) => sum + count, 0);
    let wanted = sampleSize(left);
    const drawn = matrix.map((count) => {
      left -= count;
      const taken = hypergeometricDraw(random, count, left, wanted);
      wanted -= taken;
      return taken;
    });
    return valuesOf(drawn, classes);
  });
}
