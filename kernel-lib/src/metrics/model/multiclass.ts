import type { MetricValue } from '../../report/model-quality-report.js';
import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { bootstrapMethod, RESAMPLES } from './bootstrap.js';
import { classScores, wilsonOf } from './class-scores.js';
import {
  type ClassPairs,
  type ConfusionCells,
  classTotals,
  confusionMatrix,
  countCells,
  emptyTotals,
  rowTotals,
  sumOf,
} from './confusion.js';
import type { QualityMetric, QualityOptions, QualityResult } from './quality.js';
import { multinomialDraw } from './random-counts.js';
import { percentileInterval } from './resamples.js';
import {
  DEVIATION_SAMPLES,
  deviationOf,
  LEAST_ROWS_FOR_DEVIATION,
  sampleCounts,
  sampleRows,
} from './sample-deviation.js';

/** Labelled rows of a multiclass problem: indexes into `classes`. */
export interface MulticlassRows extends ClassPairs {
  readonly classes: readonly string[];
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
 * The metrics of {@link multiclassMetrics} for labelled rows, all from their confusion matrix. Intervals are at 95 %:
 * Wilson's for accuracy, for recall and precision of each class and for the constant classifier; elsewhere the
 * percentiles of 1,000 seeded multinomial resamples of the matrix's cells, and none where they all agree. The standard
 * deviation is that of five random 80 % samples of the rows (n - 1 in the denominator), from 200 rows on. With weights,
 * counts are sums of weights and intervals those of the effective number of rows. Time
 * O(n + classes^2 + resamples x (cells with rows + classes)).
 *
 * @see Source: Spark `MulticlassMetrics`; Wilson 1927; Kish 1965 (effective size); Efron and Tibshirani 1993 (percentile
 * bootstrap). Golden values: scikit-learn, test/golden/model/multiclass.json.
 */
export function multiclassQuality(rows: MulticlassRows, options: QualityOptions = {}): QualityResult {
  const { intervals = true, deviations = true, seed = 0 } = options;
  const cells = countCells(rows, rows.classes.length);
  const count = rows.labels.length;
  const names = multiclassMetrics(rows.classes).map(({ name }) => name);
  const confusion = confusionMatrix(cells, rows.classes);
  if (cells.weights.length === 0) {
    const reason = count === 0 ? 'no rows' : 'all weights are 0';
    return { rows: count, values: {}, reasons: Object.fromEntries(names.map((name) => [name, reason])), confusion };
  }
  const totals = classTotals(cells, cells.weights);
  const squares = classTotals(cells, cells.squares);
  const scores = classScores(totals, new Float64Array(names.length));
  const bounds = intervals ? bootstrapped(cells, names.length, seed) : [];
  const samples = deviations && count >= LEAST_ROWS_FOR_DEVIATION ? sampled(rows, cells, names.length, seed) : [];
  const values: Record<string, MetricValue> = {};
  const reasons: Record<string, string> = {};
  names.forEach((name, place) => {
    const value = scores[place]!;
    if (Number.isNaN(value)) {
      reasons[name] = REASONS[name.slice(0, name.indexOf(':')) as keyof typeof REASONS];
      return;
    }
    const wilson = intervals ? wilsonOf(place, totals, squares) : undefined;
    const interval = wilson ?? bounds[place];
    const standardDeviation = deviationOf(samples.map((sample) => defined(sample[place]!)));
    values[name] = {
      value,
      ...(interval && { ...interval, method: wilson ? 'Wilson' : bootstrapMethod(seed) }),
      ...(standardDeviation !== undefined && { standardDeviation }),
    };
  });
  return { rows: count, values, reasons, confusion };
}

function defined(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** The percentile intervals of all scores. */
function bootstrapped(cells: ConfusionCells, width: number, seed: number): (Interval | undefined)[] {
  const random = new Random(seed);
  const total = sumOf(cells.weights);
  const rows = Math.max(1, Math.round((total * total) / sumOf(cells.squares)));
  const drawn = new Float64Array(cells.weights.length);
  const totals = emptyTotals(cells.size);
  const scores = new Float64Array(width);
  const found = Array.from({ length: width }, () => new Float64Array(RESAMPLES));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    multinomialDraw(random, rows, cells.weights, drawn);
    classScores(classTotals(cells, drawn, totals), scores);
    for (let place = 0; place < width; place++) found[place]![resample] = scores[place]!;
  }
  return found.map(percentileInterval);
}

/** The scores of the service's random samples of the rows; without weights of their counts. */
function sampled(rows: ClassPairs, cells: ConfusionCells, width: number, seed: number): Float64Array[] {
  const random = new Random(seed);
  return Array.from({ length: DEVIATION_SAMPLES }, () => {
    const totals =
      rows.weights === undefined
        ? classTotals(cells, sampleCounts(random, cells).weights)
        : rowTotals(rows, sampleRows(random, rows.labels.length), cells.size);
    return classScores(totals, new Float64Array(width));
  });
}
