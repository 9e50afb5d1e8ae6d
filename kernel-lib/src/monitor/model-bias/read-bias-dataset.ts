import { checkAttribute, classInText, readAttribute, readFeatures } from '../../capture/attribute.js';
import type { PartRows } from '../../capture/part-rows.js';
import { ReadTally } from '../../capture/read-tally.js';
import type { CapturePart } from '../../capture/record.js';
import type { ReadSummary } from '../../capture/summary.js';
import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import { type Dataset, type DatasetFormat, openDataset } from '../../dataset/dataset.js';
import { datasetFiles } from '../../dataset/dataset-files.js';
import { parseTextFiles, type TextParser } from '../../dataset/text-files.js';
import { MonitorError } from '../../errors.js';
import type { RunOptions } from '../../progress.js';
import { modelAnswers } from '../model-answers.js';
import type { QualityRow } from '../model-quality/sample.js';
import type { BiasSampleBuilder } from './bias-sample.js';
import { resolveNames } from './resolve-names.js';
import type { BiasSettings } from './settings.js';

/** What reading came to, besides the rows in the builder. */
export interface BiasReading {
  readonly read: ReadSummary;
  /** Where things were found, in words. */
  readonly addressing: { readonly label: string; readonly prediction?: string; readonly probability?: string };
  /** The label's name in `analysis.json`. */
  readonly labelName: string;
  readonly columns: number;
  /** The settings with columns by name where an index was given. */
  readonly settings: BiasSettings;
  /** Rows without a label. */
  readonly unlabelled: number;
}

/** How a dataset is written. */
export interface BiasDatasetOptions extends RunOptions {
  readonly format: DatasetFormat;
  readonly header?: boolean;
  readonly headers?: readonly string[];
}

/**
 * Reads a dataset with labels, and predictions unless a model makes them. In CSV, Parquet and flat JSON Lines, label and
 * prediction are columns; in JSON Lines with `features`, JMESPath of each line, which may hold many rows.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`, and `USAGE` where the label is not said.
 */
export async function readBiasDataset(
  uri: string,
  settings: BiasSettings,
  builder: BiasSampleBuilder,
  options: BiasDatasetOptions,
): Promise<BiasReading> {
  if (settings.attributes.groundTruthAttribute === undefined) {
    throw new MonitorError('USAGE', 'Which column holds the label is not said.', {
      where: uri,
      fix: 'give --ground-truth-attribute, or label in --config',
    });
  }
  if (options.format === 'jsonl' && settings.features !== undefined)
    return readRecords(uri, settings, builder, options);
  const { format, header, ...run } = options;
  const headers = options.headers ?? settings.headers;
  const dataset = await openDataset(uri, {
    format,
    ...(header !== undefined && { header }),
    ...(headers && { columns: headers }),
    ...run,
  });
  try {
    return await readColumns(dataset, settings, builder, run);
  } finally {
    await dataset.close();
  }
}

interface Places {
  readonly label: number;
  readonly prediction: number | undefined;
  readonly probability: number | undefined;
  readonly features: readonly number[];
}

async function readColumns(
  dataset: Dataset,
  settings: BiasSettings,
  builder: BiasSampleBuilder,
  run: RunOptions,
): Promise<BiasReading> {
  const names = dataset.columns.map(({ name }) => name);
  const resolved = resolveNames(settings, names);
  const places = placesOf(names, resolved, dataset.uri);
  builder.features.setNames(places.features.map((index) => names[index]!));
  const tally = new ReadTally();
  tally.files = dataset.files.length;
  tally.bytes = dataset.sizeBytes;
  const file = dataset.files.length === 1 ? dataset.files[0]! : dataset.uri;
  let [before, unlabelled] = [0, 0];
  for await (const { rowCount, columns } of dataset.batches(run)) {
    const cell = (place: number | undefined, row: number): string | null | undefined =>
      place === undefined ? undefined : cellText(columns[place]!, row);
    for (let row = 0; row < rowCount; row++) {
      const label = cell(places.label, row) ?? null;
      const reason = builder.add({
        hour: -1,
        label,
        ...answerOf(cell(places.prediction, row), cell(places.probability, row), settings.labelHeaders),
        features: places.features.map((place) => cellText(columns[place]!, row)),
      });
      if (reason !== undefined) tally.quarantine({ file, line: before + row + 1, reason, excerpt: '' });
      else {
        tally.rows++;
        if (label === null) unlabelled++;
      }
    }
    before += rowCount;
  }
  tally.records = tally.rows;
  for (const line of dataset.rejected()) tally.quarantine(line);
  const named = (place: number | undefined): string => `column ${names[place!]}`;
  return {
    read: tally.toSummary(),
    addressing: {
      label: named(places.label),
      ...(places.prediction !== undefined && { prediction: named(places.prediction) }),
      ...(places.probability !== undefined && {
        prediction: `${names[places.probability]} above the threshold`,
        probability: named(places.probability),
      }),
    },
    labelName: names[places.label]!,
    columns: names.length,
    settings: resolved,
    unlabelled,
  };
}

/** A cell as it would be written in CSV, where whole numbers of a column of fractions can be told: `3.0`. */
function cellText(column: CellColumn, row: number): string | null {
  const text = textOf(column, row);
  return column.kind === 'number' && !column.integral && text !== null && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A list of probabilities is a prediction: the likeliest of the classes. */
function answerOf(
  prediction: string | null | undefined,
  probability: string | null | undefined,
  classes: readonly string[] | undefined,
): Pick<QualityRow, 'prediction' | 'probability'> {
  const told = probability === undefined ? undefined : classInText(probability, classes);
  return told === probability ? { prediction, probability } : { prediction: told, probability: undefined };
}

function placesOf(
  names: readonly string[],
  { attributes, excluded, facets, groupVariable }: BiasSettings,
  uri: string,
): Places {
  const indexOf = (attribute: string): number => {
    const named = names.indexOf(attribute);
    return named < 0 && /^\d+$/.test(attribute) && Number(attribute) < names.length ? Number(attribute) : named;
  };
  const place = (attribute: string | undefined, what: string): number | undefined => {
    if (attribute === undefined) return undefined;
    const index = indexOf(attribute);
    if (index >= 0) return index;
    throw new MonitorError('COLUMN_NOT_FOUND', `There is no column "${attribute}" for the ${what}.`, {
      where: uri,
      fix: `use one of: ${names.join(', ')}`,
    });
  };
  const label = place(attributes.groundTruthAttribute, 'label')!;
  const prediction = place(attributes.inferenceAttribute, 'prediction');
  const scores = attributes.probabilityAttribute;
  // Beside a predicted label the probability is not needed; it is no feature either.
  const beside = scores === undefined ? -1 : indexOf(scores);
  const probability = prediction === undefined ? place(scores, 'probability') : undefined;
  if (label === prediction || label === probability) {
    throw new MonitorError('USAGE', 'Label and prediction must be different columns.', {
      where: uri,
      fix: 'check label and predictor.label in --config, or --ground-truth-attribute and --inference-attribute',
    });
  }
  const taken = new Set([label, prediction, probability, beside]);
  // What the model does not see can be a facet all the same.
  const compared = [...facets.map(({ name }) => name), groupVariable];
  const isKept = (name: string): boolean => !excluded.includes(name) || compared.includes(name);
  const features = [...names.keys()].filter((index) => !taken.has(index) && isKept(names[index]!));
  return { label, prediction, probability, features };
}

/** JSON Lines whose features stand in a list: every line is asked with JMESPath. */
async function readRecords(
  uri: string,
  settings: BiasSettings,
  builder: BiasSampleBuilder,
  options: BiasDatasetOptions,
): Promise<BiasReading> {
  const { objects } = await datasetFiles(uri, 'jsonl', options.signal ? { signal: options.signal } : {});
  const reader = new RecordLines(settings, builder);
  const parser = (file: string): TextParser => new LineParser((text, line) => reader.read(text, line, file));
  for await (const _ of parseTextFiles(objects, 'reading', parser, options));
  reader.tally.files = objects.length;
  reader.tally.bytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { groundTruthAttribute, inferenceAttribute, probabilityAttribute } = settings.attributes;
  return {
    read: reader.tally.toSummary(),
    addressing: {
      label: `record ${groundTruthAttribute}`,
      ...(inferenceAttribute !== undefined && { prediction: `record ${inferenceAttribute}` }),
      ...(inferenceAttribute === undefined &&
        probabilityAttribute !== undefined && {
          prediction: `${probabilityAttribute} above the threshold`,
          probability: `record ${probabilityAttribute}`,
        }),
    },
    labelName: reader.labelName,
    columns: builder.features.names.length,
    settings: reader.settings,
    unlabelled: reader.unlabelled,
  };
}

/** Reads one line after the other into a sample. */
class RecordLines {
  readonly tally: ReadTally = new ReadTally();
  readonly #builder: BiasSampleBuilder;
  settings: BiasSettings;
  unlabelled = 0;
  #width = -1;

  constructor(settings: BiasSettings, builder: BiasSampleBuilder) {
    this.settings = settings;
    this.#builder = builder;
    checkAttribute(settings.features, 'features');
  }

  get labelName(): string {
    const { headers, attributes } = this.settings;
    // Headers name the features, then the label.
    return headers?.[this.#width] ?? attributes.groundTruthAttribute!;
  }

  read(text: string, line: number, file: string): void {
    const reason = this.#read({ data: text, encoding: 'JSON' } as CapturePart);
    if (reason !== undefined) this.tally.quarantine({ file, line, reason, excerpt: text.slice(0, 200) });
  }

  #read(part: CapturePart): string | undefined {
    const features = readFeatures(this.settings.features!, part);
    if ('reason' in features) return `the record ${features.reason}`;
    const { attributes, labelHeaders } = this.settings;
    const rows: PartRows = { names: undefined, width: 0, cells: features.cells };
    const labels = readAttribute(attributes.groundTruthAttribute, part, rows);
    if ('reason' in labels) return `the record ${labels.reason}`;
    const answers = modelAnswers(attributes, labelHeaders, (attribute, classes) =>
      readAttribute(attribute, part, rows, classes),
    );
    if ('reason' in answers) return `the record ${answers.reason}`;
    this.#setNames(features);
    let refused: string | undefined;
    features.cells.forEach((cells, index) => {
      const row: QualityRow = {
        hour: -1,
        label: labels[index]!,
        prediction: answers.predictions?.[index],
        probability: answers.scores?.[index],
        features: cells,
      };
      const reason = this.#builder.add(row);
      refused ??= reason;
      if (reason !== undefined) return;
      this.tally.rows++;
      if (row.label === null) this.unlabelled++;
    });
    this.tally.records++;
    return refused;
  }

  #setNames({ names, width }: PartRows): void {
    if (width === this.#width) return;
    this.#width = width;
    const given = this.settings.headers?.slice(0, width);
    const found =
      names ?? (given?.length === width ? given : Array.from({ length: width }, (_, index) => `_c${index}`));
    this.#builder.features.setNames(found);
    this.settings = resolveNames(this.settings, found);
  }
}

/** Calls back for each line that is not blank; lines are counted from one. */
class LineParser implements TextParser {
  readonly #visit: (text: string, line: number) => void;
  #rest = '';
  #line = 0;

  constructor(visit: (text: string, line: number) => void) {
    this.#visit = visit;
  }

  write(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.#rest + lines[0]!;
    this.#rest = lines.pop()!;
    for (const line of lines) this.#read(line);
  }

  end(): void {
    this.#read(this.#rest);
    this.#rest = '';
  }

  #read(text: string): void {
    this.#line++;
    if (text.trim() !== '') this.#visit(text, this.#line);
  }
}
