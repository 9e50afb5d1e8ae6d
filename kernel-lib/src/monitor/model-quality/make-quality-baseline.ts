import { stringifyQualityConstraints, suggestQualityConstraints } from '../../constraints/quality-constraints.js';
import type { DatasetFormat } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import { fitCbpe } from '../../metrics/estimate/cbpe.js';
import { fitDle } from '../../metrics/estimate/dle.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import { planSegments, type SegmentColumn, type SegmentPlan, segmentCode } from '../../metrics/segments/binning.js';
import { SegmentTable } from '../../metrics/segments/table.js';
import { runOptions } from '../../progress.js';
import type { BaselineFile, BaselineOptions } from '../baseline.js';
import { guessFormat } from '../dataset-format.js';
import { RawFeatures } from '../features.js';
import { writeBaseline } from '../write-baseline.js';
import { evaluate, type LabelledRows, labelledRows, lossesOf, metricsOf, type QualityProblem } from './evaluate.js';
import { positiveOf, type QualityAttributes } from './problem.js';
import { type QualityFile, qualityFileText } from './quality-file.js';
import { qualityStatisticsText } from './quality-statistics.js';
import { readQualityDataset } from './read-dataset.js';
import { type QualitySample, QualitySampleBuilder } from './sample.js';

/**
 * Makes a model-quality baseline from a dataset with labels and predictions: `statistics.json` and `constraints.json` as
 * the service writes them, `quality.json` with what later checks need besides (intervals and curves, segments, the
 * calibration of the scores), and `driftline.json`. Memory: about 40 bytes a row, and 8 a feature.
 */
export async function makeQualityBaseline(options: BaselineOptions): Promise<BaselineFile> {
  const problemType = requireProblemType(options.problemType);
  const attributes = attributesOf(options);
  const format = await datasetFormat(options);
  const features = new RawFeatures();
  const builder = new QualitySampleBuilder(problemType, undefined, features);
  const { read, columns } = await readQualityDataset(options.dataset, problemType, attributes, builder, features, {
    format,
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { headers: options.headers }),
    ...runOptions(options),
  });
  const sample = builder.finish();
  const problem = problemOf(problemType, sample, attributes, options.dataset);
  const labelled = labelledRows(sample, problem);
  requireRows(labelled.index.length, sample.rows, read.quarantined, read.reasons[0]?.reason, options.dataset);

  const seed = options.seed ?? 0;
  const metrics = metricsOf(problemType, sample.classes);
  const result = evaluate(labelled, problem, { seed });
  const texts = {
    'statistics.json': qualityStatisticsText(problemType, metrics, result, { evaluated: createdAt(options) }),
    'constraints.json': stringifyQualityConstraints(suggestQualityConstraints(problemType, metrics, result)),
    'quality.json': qualityFileText({
      problem,
      attributes,
      classes: sample.classes,
      result,
      ...comparisonsOf(features.finish(), labelled, seed),
    }),
  };
  return writeBaseline(options, texts, {
    monitorType: 'model-quality',
    inputs: { dataset: options.dataset, format },
    rows: labelled.index.length,
    columns,
    quarantined: read.quarantined,
    reasons: {},
  });
}

/** The attributes among a caller's options. */
export function attributesOf(options: QualityAttributes): QualityAttributes {
  const { inferenceAttribute, probabilityAttribute, probabilityThreshold, groundTruthAttribute, positiveLabel } =
    options;
  return {
    ...(inferenceAttribute !== undefined && { inferenceAttribute }),
    ...(probabilityAttribute !== undefined && { probabilityAttribute }),
    ...(probabilityThreshold !== undefined && { probabilityThreshold }),
    ...(groundTruthAttribute !== undefined && { groundTruthAttribute }),
    ...(positiveLabel !== undefined && { positiveLabel }),
  };
}

function requireProblemType(problemType: ProblemType | undefined): ProblemType {
  if (problemType !== undefined) return problemType;
  throw new MonitorError('USAGE', 'What kind of problem the model solves is not said.', {
    fix: 'give --problem-type BinaryClassification, MulticlassClassification or Regression',
  });
}

async function datasetFormat(options: BaselineOptions): Promise<DatasetFormat> {
  const format = options.datasetFormat ?? (await guessFormat(options.dataset, options.signal));
  if (format !== 'capture' && format !== 'merged') return format;
  throw new MonitorError('USAGE', 'A model-quality baseline is made from a dataset with labels and predictions.', {
    where: options.dataset,
    fix: 'name a CSV, JSON Lines or Parquet dataset, such as the scored validation data',
  });
}

function problemOf(
  problemType: ProblemType,
  { classes }: QualitySample,
  { positiveLabel, probabilityThreshold = 0.5 }: QualityAttributes,
  where: string,
): QualityProblem {
  if (problemType !== 'BinaryClassification') return { problemType, threshold: probabilityThreshold };
  const positive = positiveOf(classes, positiveLabel, where);
  const negative = classes.find((name) => name !== positive) ?? (positive === '1' ? '0' : `not ${positive}`);
  return { problemType, positiveLabel: positive, negativeLabel: negative, threshold: probabilityThreshold };
}

function requireRows(
  labelled: number,
  rows: number,
  quarantined: number,
  reason: string | undefined,
  where: string,
): void {
  if (labelled > 0) return;
  const what =
    rows > 0
      ? 'None of the rows has a label.'
      : quarantined > 0
        ? `None of the ${quarantined} rows can be used: ${reason}.`
        : 'The dataset has no rows.';
  throw new MonitorError('NO_DATA', what, {
    where,
    fix: 'check --problem-type, --ground-truth-attribute, --inference-attribute and --probability-attribute',
  });
}

/** The baseline's groups, and for a regression the model of its errors. */
function comparisonsOf(
  columns: readonly SegmentColumn[],
  labelled: LabelledRows,
  seed: number,
): Pick<QualityFile, 'plan' | 'segments' | 'featureNames' | 'cbpe' | 'dle'> {
  const kept = columns.map((column) => rowsOf(column, labelled.index));
  const losses = lossesOf(labelled);
  const plan = planSegments(kept, { losses });
  const planned = plan.features.map((feature) => kept.find(({ name }) => name === feature.name)!);
  const codes = planned.map((column, place) => encode(plan, place, column));
  const table = new SegmentTable(plan);
  table.add(codes, losses);
  return {
    plan,
    segments: table.toState(),
    featureNames: columns.map(({ name }) => name),
    ...estimatorOf(planned, codes, labelled, seed),
  };
}

function rowsOf(column: SegmentColumn, index: Int32Array): SegmentColumn {
  if (column.kind === 'numeric') {
    return { ...column, values: Float64Array.from(index, (row) => column.values[row]!) };
  }
  return { ...column, values: Array.from(index, (row) => column.values[row]!) };
}

function encode(plan: SegmentPlan, place: number, column: SegmentColumn): Uint8Array {
  if (column.kind === 'categorical') return Uint8Array.from(column.values, (cell) => segmentCode(plan, place, cell));
  return Uint8Array.from(column.values, (value) =>
    segmentCode(plan, place, Number.isNaN(value) ? null : String(value)),
  );
}

function estimatorOf(
  columns: readonly SegmentColumn[],
  codes: readonly Uint8Array[],
  labelled: LabelledRows,
  seed: number,
): Pick<QualityFile, 'cbpe' | 'dle'> {
  if (labelled.kind === 'BinaryClassification' && labelled.rows.scores !== undefined) {
    const { labels, predictions, scores } = labelled.rows;
    return { cbpe: fitCbpe({ labels, predictions, scores }) };
  }
  if (labelled.kind !== 'Regression') return {};
  const features = columns.map((column, place) =>
    column.kind === 'numeric'
      ? column.values
      : Float64Array.from(column.values, (cell, row) => (cell === null ? Number.NaN : codes[place]![row]!)),
  );
  return { dle: fitDle({ ...labelled.rows, features }, { seed }) };
}

function createdAt(options: BaselineOptions): string {
  return (options.createdAt ?? new Date()).toISOString();
}
