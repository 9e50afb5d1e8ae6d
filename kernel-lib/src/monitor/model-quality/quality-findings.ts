import { HOUR_MS, isoHour } from '../../capture/hour-path.js';
import { estimateCbpe } from '../../metrics/estimate/cbpe.js';
import { estimateDle } from '../../metrics/estimate/dle.js';
import { estimateDoubts } from '../../metrics/estimate/doubts.js';
import type { QualityMetric, QualityResult } from '../../metrics/model/quality.js';
import { searchSegments } from '../../metrics/segments/search.js';
import { SegmentTable } from '../../metrics/segments/table.js';
import type {
  Estimated,
  EstimatedMetric,
  MetricPoint,
  QualityEstimate,
  SegmentReport,
} from '../../report/model-quality-report.js';
import { type Buckets, bucketsOf, byBucket } from '../buckets.js';
import type { CheckOptions } from '../check.js';
import type { CurrentQuality } from './check-model-quality.js';
import { driftedFeatures } from './drifted-features.js';
import {
  evaluate,
  type LabelledRows,
  labelledRows,
  lossesOf,
  metricsOf,
  predictsPositive,
  type QualityProblem,
  rowsAt,
} from './evaluate.js';
import type { QualityBaseline } from './load-quality-baseline.js';
import { positiveOf } from './problem.js';
import type { QualitySample } from './sample.js';

/** Everything that was computed of the current sample. */
export interface QualityFindings {
  readonly problem: QualityProblem;
  readonly metrics: readonly QualityMetric[];
  readonly current: QualityResult;
  readonly bucket: 'hour' | 'day';
  /** By metric. */
  readonly series: Readonly<Record<string, readonly MetricPoint[]>>;
  readonly estimate: QualityEstimate | undefined;
  readonly segments: readonly SegmentReport[];
  readonly segmentsSearched: number;
  /** What the reader must know besides. */
  readonly notes: readonly string[];
}

/** Computes metrics, their course over the window, the estimate without labels, and the groups that got worse. */
export function qualityFindings(
  baseline: QualityBaseline,
  current: CurrentQuality,
  options: CheckOptions,
): QualityFindings {
  const { sample } = current;
  const seed = options.seed ?? 0;
  const problem = problemOf(baseline, sample, options);
  const labelled = labelledRows(sample, problem);
  const metrics = metricsOf(baseline.problemType, sample.classes);
  const buckets = bucketsOf(sample.hours);
  return {
    problem,
    metrics,
    current: evaluate(labelled, problem, { seed }),
    bucket: buckets.hours === 1 ? 'hour' : 'day',
    series: seriesOf(sample, labelled, problem, metrics, buckets, seed),
    estimate: estimateOf(baseline, current, problem, metrics, labelled, buckets, seed),
    ...segmentsOf(baseline, current, labelled),
    notes: thresholdNotes(sample, problem),
  };
}

/** A threshold that all scores lie on one side of answers the same for every row. */
function thresholdNotes({ scores, predictions }: QualitySample, { threshold }: QualityProblem): string[] {
  if (scores === undefined || scores.length === 0 || predictions[0] !== -2) return [];
  let [least, greatest] = [1, 0];
  for (const score of scores) {
    if (score < least) least = score;
    if (score > greatest) greatest = score;
  }
  if (greatest > threshold && least <= threshold) return [];
  const side = greatest <= threshold ? 'None' : 'All';
  return [
    `${side} of the probabilities (${least} to ${greatest}) are above the threshold ${threshold}: every row is predicted the same.`,
  ];
}

function problemOf(
  { problemType, quality }: QualityBaseline,
  sample: QualitySample,
  options: CheckOptions,
): QualityProblem {
  const threshold = options.probabilityThreshold ?? quality?.problem.threshold ?? 0.5;
  if (problemType !== 'BinaryClassification') return { problemType, threshold };
  const wanted = options.positiveLabel ?? quality?.problem.positiveLabel;
  const { classes } = sample;
  const positiveLabel = classes.length === 0 ? (wanted ?? '1') : positiveOf(classes, wanted, options.current);
  const negativeLabel = classes.find((name) => name !== positiveLabel) ?? quality?.problem.negativeLabel ?? '0';
  return { problemType, threshold, positiveLabel, negativeLabel };
}

function seriesOf(
  sample: QualitySample,
  labelled: LabelledRows,
  problem: QualityProblem,
  metrics: readonly QualityMetric[],
  buckets: Buckets,
  seed: number,
): Record<string, MetricPoint[]> {
  const series: Record<string, MetricPoint[]> = Object.fromEntries(metrics.map(({ name }) => [name, []]));
  byBucket(labelled.index, buckets).forEach((places, bucket) => {
    if (places.length === 0) return;
    const index = Int32Array.from(places, (place) => labelled.index[place]!);
    const result = evaluate(rowsAt(sample, problem, index), problem, { seed, curves: false, deviations: false });
    for (const { name } of metrics) {
      const value = result.values[name];
      if (value !== undefined) series[name]!.push(pointOf(value, buckets.starts[bucket]!, places.length));
    }
  });
  return series;
}

function pointOf({ value, lower, upper }: Estimated, startHour: number, rows: number): MetricPoint {
  return {
    start: isoHour(startHour * HOUR_MS),
    rows,
    value,
    ...(lower !== undefined && { lower }),
    ...(upper !== undefined && { upper }),
  };
}

function estimateOf(
  baseline: QualityBaseline,
  current: CurrentQuality,
  problem: QualityProblem,
  metrics: readonly QualityMetric[],
  labelled: LabelledRows,
  buckets: Buckets,
  seed: number,
): QualityEstimate | undefined {
  const { sample } = current;
  const estimator = estimatorOf(baseline, current, problem);
  if (estimator === undefined || sample.rows === 0) return undefined;
  const all = Int32Array.from({ length: sample.rows }, (_, row) => row);
  const whole = estimator.estimate(all);
  const lists = byBucket(all, buckets);
  const points = lists.map((rows) => (rows.length === 0 ? {} : estimator.estimate(rows)));
  // How good it was is asked of the same rows: those that have their label.
  const checked = labelled.index.length === 0 ? {} : estimator.estimate(labelled.index);
  const realised =
    labelled.index.length === 0
      ? undefined
      : evaluate(labelled, problem, { seed, intervals: false, curves: false, deviations: false });
  const estimated = metrics.flatMap(({ name, title }): EstimatedMetric[] => {
    const value = whole[name];
    if (value === undefined) return [];
    const error =
      realised?.values[name] && checked[name] ? realised.values[name].value - checked[name].value : undefined;
    return [
      {
        name,
        title,
        method: estimator.method,
        whole: value,
        series: points.flatMap((point, bucket) => {
          const found = point[name];
          return found === undefined ? [] : [pointOf(found, buckets.starts[bucket]!, lists[bucket]!.length)];
        }),
        ...(error !== undefined && { error }),
      },
    ];
  });
  const doubts = doubtsOf(baseline, current);
  return { metrics: estimated, trusted: doubts.length === 0, doubts };
}

function doubtsOf({ quality, rows }: QualityBaseline, { sample, features }: CurrentQuality): string[] {
  const plan = quality?.plan;
  const calibrationError = quality?.cbpe?.calibrationError.used;
  const lossRatio = quality?.dle?.ratio;
  return estimateDoubts({
    baselineRows: quality?.result.rows ?? rows,
    currentRows: sample.rows,
    ...(calibrationError !== undefined && { calibrationError }),
    ...(sample.scores && { distinctScores: new Set(sample.scores.subarray(0, 10_000)).size }),
    ...(lossRatio !== undefined && { lossRatio }),
    absentFeatures: features?.absent ?? [],
    driftedFeatures:
      plan === undefined || quality === undefined || features === undefined
        ? []
        : driftedFeatures(plan, SegmentTable.fromState(plan, quality.segments), features.codes()),
  });
}

interface Estimator {
  readonly method: 'CBPE' | 'DLE';
  estimate(rows: ArrayLike<number>): Readonly<Record<string, Estimated>>;
}

function estimatorOf(
  { quality }: QualityBaseline,
  { sample, features }: CurrentQuality,
  problem: QualityProblem,
): Estimator | undefined {
  const { scores, classes } = sample;
  if (quality?.cbpe !== undefined && scores !== undefined) {
    const { cbpe } = quality;
    const positive = classes.indexOf(problem.positiveLabel ?? '1');
    return {
      method: 'CBPE',
      estimate: (rows) =>
        estimateCbpe(cbpe, {
          predictions: Uint8Array.from(rows, (row) => (predictsPositive(sample, row, positive, problem) ? 1 : 0)),
          scores: Float64Array.from(rows, (row) => scores[row]!),
        }),
    };
  }
  if (quality?.dle !== undefined && features !== undefined) {
    const { dle } = quality;
    const columns = features.numbers();
    return {
      method: 'DLE',
      estimate: (rows) =>
        estimateDle(dle, {
          predictions: Float64Array.from(rows, (row) => sample.predictionValues[row]!),
          features: columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
        }),
    };
  }
  return undefined;
}

function segmentsOf(
  { quality, problemType }: QualityBaseline,
  { features }: CurrentQuality,
  labelled: LabelledRows,
): Pick<QualityFindings, 'segments' | 'segmentsSearched'> {
  if (quality === undefined || features === undefined || labelled.index.length === 0) {
    return { segments: [], segmentsSearched: 0 };
  }
  const { plan } = quality;
  const table = new SegmentTable(plan);
  const codes = features.codes().map((column) => Uint8Array.from(labelled.index, (row) => column[row]!));
  table.add(codes, lossesOf(labelled));
  const { segments, searched } = searchSegments(plan, SegmentTable.fromState(plan, quality.segments), table, {
    metric: problemType === 'Regression' ? 'mean absolute error' : 'error rate',
  });
  return { segments, segmentsSearched: searched };
}
