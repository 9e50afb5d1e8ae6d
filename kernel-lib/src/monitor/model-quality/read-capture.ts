import { type AttributeCells, readAttribute, readFeatures } from '../../capture/attribute.js';
import { CoverageCounter } from '../../capture/coverage.js';
import { type CaptureWindow, HOUR_MS } from '../../capture/hour-path.js';
import { forEachJoined, type JoinedRecord } from '../../capture/joined-records.js';
import type { LabelTable } from '../../capture/label-table.js';
import type { CaptureFiles } from '../../capture/locate.js';
import { type PartRows, partRows } from '../../capture/part-rows.js';
import type { RecordPart } from '../../capture/read-plan.js';
import { ReadTally } from '../../capture/read-tally.js';
import type { CapturePart, CaptureRecord } from '../../capture/record.js';
import type { ReadSummary } from '../../capture/summary.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import { type RunOptions, runOptions } from '../../progress.js';
import type { FeatureSink } from '../features.js';
import { addressingOf, chooseOutputs, type OutputOptions, type Outputs, readAnswers } from './outputs.js';
import type { QualityAttributes } from './problem.js';
import type { Addressing } from './read-dataset.js';
import type { RowSink } from './sample.js';

/** What reading captured predictions needs to know. */
export interface QualityCaptureOptions extends RunOptions, OutputOptions {
  readonly window?: CaptureWindow;
  /** Names of captured CSV cells, by position. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** Names for input cells without names, where the counts agree: the baseline's features. */
  readonly featureNames?: readonly string[];
  /** JMESPath of the list of features in captured JSON. */
  readonly featuresAttribute?: string;
  /** Names of what `featuresAttribute` finds, and after them others. */
  readonly headers?: readonly string[];
  /** Ground truth of a single cell is the label even where its attribute is not found: it named a dataset's column. */
  readonly onlyTruth?: boolean;
}

/** What reading came to, besides the rows in the builder. */
export interface QualityCapture {
  readonly read: ReadSummary;
  readonly addressing: Addressing;
  readonly coverage: CoverageCounter;
  readonly columns: number;
  /** The id that the first prediction joins by. */
  readonly exampleId: string | undefined;
}

const EXCERPT = 200;

/**
 * Reads captured predictions with their labels: from a table of ground truth, or out of merged records. Predictions that
 * have no label yet are rows without one.
 */
export async function readQualityCapture(
  files: CaptureFiles,
  labels: LabelTable | undefined,
  problemType: ProblemType,
  attributes: QualityAttributes,
  builder: RowSink,
  features: FeatureSink | undefined,
  options: QualityCaptureOptions,
): Promise<QualityCapture> {
  const reader = new RecordReader(problemType, attributes, builder, features, options, labels);
  const lines = await forEachJoined(files, labels, (joined) => reader.read(joined), {
    ...(options.window && { window: options.window }),
    ...runOptions(options),
  });
  return reader.finish(lines);
}

class RecordReader {
  readonly #problemType: ProblemType;
  readonly #attributes: QualityAttributes;
  readonly #builder: RowSink;
  readonly #features: FeatureSink | undefined;
  readonly #options: QualityCaptureOptions;
  readonly #labels: LabelTable | undefined;
  readonly #tally = new ReadTally();
  readonly #coverage: CoverageCounter;
  /** Told by the first record; `undefined` until then. */
  #outputs: Outputs | undefined;
  #featureNames: readonly string[] | undefined;
  #shape = '';
  #columns = 0;
  #exampleId: string | undefined;

  constructor(
    problemType: ProblemType,
    attributes: QualityAttributes,
    builder: RowSink,
    features: FeatureSink | undefined,
    options: QualityCaptureOptions,
    labels: LabelTable | undefined,
  ) {
    this.#problemType = problemType;
    this.#attributes = attributes;
    this.#builder = builder;
    this.#features = features;
    this.#options = options;
    this.#labels = labels;
    this.#coverage = new CoverageCounter(labels);
  }

  read(joined: JoinedRecord): void {
    const { file, line, record } = joined;
    this.#exampleId ??= record.inferenceId ?? record.eventId;
    const reason = this.#readRecord(joined);
    if (reason === undefined) return;
    this.#tally.quarantine({ file, line, reason, excerpt: (joined.record.output?.data ?? '').slice(0, EXCERPT) });
  }

  finish(lines: ReadSummary): QualityCapture {
    const read = new ReadTally();
    read.add(lines);
    read.add(this.#tally.toSummary());
    return {
      read: read.toSummary(),
      addressing: addressingOf(this.#outputs, this.#attributes, this.#labels !== undefined),
      coverage: this.#coverage,
      columns: this.#columns,
      exampleId: this.#exampleId,
    };
  }

  /** @returns why the record, or one of its rows, could not be used. */
  #readRecord({ file, line, record, hour, label }: JoinedRecord): string | undefined {
    const truth = label >= 0 ? this.#labels!.data(label) : record.groundTruth;
    const inputPart = record.input ?? record.batchTransformOutput;
    const addressed = this.#addressedFeatures(inputPart);
    if (addressed !== undefined && 'reason' in addressed) return `the input ${addressed.reason}`;
    const hasInput = this.#features !== undefined && inputPart !== undefined && addressed === undefined;
    const wanted: RecordPart[] = [
      ...(this.#options.withoutAnswers ? [] : (['output'] as const)),
      ...(hasInput ? (['input'] as const) : []),
      ...(truth === undefined ? [] : (['ground-truth'] as const)),
    ];
    const whole: CaptureRecord = truth === undefined ? record : { ...record, groundTruth: truth };
    let parts = partRows(whole, wanted);
    if ('reason' in parts && wanted.includes('input') && !this.#options.withoutAnswers) {
      parts = partRows(
        whole,
        wanted.filter((part) => part !== 'input'),
      );
    }
    if ('reason' in parts) return parts.reason;
    const rowsOf = (wantedPart: RecordPart): PartRows | undefined =>
      parts.find(({ part }) => part === wantedPart)?.rows;
    const input = addressed ?? rowsOf('input');
    const output = this.#options.withoutAnswers
      ? { names: undefined, width: 0, cells: input?.cells ?? [] }
      : named(rowsOf('output')!, this.#options.columns?.output);
    if (addressed !== undefined && addressed.cells.length !== output.cells.length) {
      return 'input and output have different numbers of rows';
    }
    this.#outputs ??= this.#options.withoutAnswers
      ? { prediction: undefined, probability: undefined }
      : chooseOutputs(this.#problemType, this.#attributes, this.#options, output, `${file}:${line}`);
    return this.#addRows(output, input, rowsOf('ground-truth'), record, truth, {
      hour: hourOf(record, hour),
      label,
      late: label >= 0 ? this.#labels!.hour(label) : undefined,
    });
  }

  #addRows(
    output: PartRows,
    input: PartRows | undefined,
    truthRows: PartRows | undefined,
    record: CaptureRecord,
    truthPart: CapturePart | undefined,
    { hour, label, late }: { readonly hour: number; readonly label: number; readonly late: string | undefined },
  ): string | undefined {
    const answers = readAnswers(this.#outputs!, record, output, this.#options);
    if ('reason' in answers) return `the output ${answers.reason}`;
    const { predictions, scores } = answers;
    const truths = truthRows === undefined ? undefined : this.#readTruth(truthPart, truthRows);
    if (truths !== undefined && 'reason' in truths) return `the ground truth ${truths.reason}`;
    this.#setFeatureNames(input);
    this.#columns = Math.max(this.#columns, output.width + (input?.width ?? 0));
    let reason: string | undefined;
    output.cells.forEach((_, row) => {
      const truth = truths?.[row] ?? null;
      const refused = this.#builder.add({
        hour,
        label: truth,
        prediction: predictions?.[row] ?? (predictions === undefined ? undefined : null),
        probability: scores?.[row] ?? (scores === undefined ? undefined : null),
        features: input?.cells[row],
      });
      reason ??= refused;
      if (refused !== undefined) return;
      this.#tally.rows++;
      this.#coverage.add(hour, truth !== null, late);
    });
    if (label >= 0) this.#coverage.use(label);
    return reason;
  }

  #readTruth(part: CapturePart | undefined, rows: PartRows): AttributeCells {
    const found = readAttribute(this.#attributes.groundTruthAttribute, part, rows);
    if (!('reason' in found) || !this.#options.onlyTruth || rows.width !== 1) return found;
    return readAttribute(undefined, part, rows);
  }

  /** The features where an expression says where they are; of captured CSV they are the cells. */
  #addressedFeatures(part: CapturePart | undefined): PartRows | { readonly reason: string } | undefined {
    const { featuresAttribute } = this.#options;
    if (featuresAttribute === undefined || part === undefined || part.encoding === 'CSV') return undefined;
    return readFeatures(featuresAttribute, part);
  }

  #setFeatureNames(input: PartRows | undefined): void {
    if (this.#features === undefined || input === undefined) return;
    const shape = input.names === undefined ? String(input.width) : JSON.stringify(input.names);
    if (shape === this.#shape) return;
    this.#shape = shape;
    const { columns, featureNames, featuresAttribute, headers } = this.#options;
    const listed = featuresAttribute === undefined ? undefined : headers?.slice(0, input.width);
    const candidates = [input.names, columns?.input, featureNames, listed].filter(
      (names) => names?.length === input.width,
    );
    this.#featureNames = candidates[0] ?? Array.from({ length: input.width }, (_, index) => `_c${index}`);
    this.#features.setNames(this.#featureNames);
  }
}

function named(rows: PartRows, names: readonly string[] | undefined): PartRows {
  return rows.names === undefined && names?.length === rows.width ? { ...rows, names } : rows;
}

/** The record's own hour; the folder's where the record does not say. */
function hourOf(record: CaptureRecord, folder: string | undefined): number {
  const time = Date.parse(record.inferenceTime ?? folder ?? '');
  return Number.isNaN(time) ? -1 : Math.floor(time / HOUR_MS);
}
