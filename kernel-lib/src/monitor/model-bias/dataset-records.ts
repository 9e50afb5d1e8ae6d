import { checkAttribute, readAttribute, readFeatures } from '../../capture/attribute.js';
import type { PartRows } from '../../capture/part-rows.js';
import { ReadTally } from '../../capture/read-tally.js';
import type { CapturePart } from '../../capture/record.js';
import { datasetFiles } from '../../dataset/dataset-files.js';
import { parseTextFiles, type TextParser } from '../../dataset/text-files.js';
import { MonitorError } from '../../errors.js';
import { modelAnswers } from '../model-answers.js';
import type { QualityRow } from '../model-quality/sample.js';
import type { BiasDatasetOptions, BiasReading } from './bias-reading.js';
import type { BiasSampleBuilder } from './bias-sample.js';
import { resolveNames } from './resolve-names.js';
import type { BiasSettings } from './settings.js';

/** JSON Lines whose features stand in a list: every line is asked with JMESPath. */
export async function readRecords(
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
  #shape = '';

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
    const reason = this.#read({ data: text, encoding: 'JSON' } as CapturePart, `${file}:${line}`);
    if (reason !== undefined) this.tally.quarantine({ file, line, reason, excerpt: text.slice(0, 200) });
  }

  #read(part: CapturePart, where: string): string | undefined {
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
    const misfit = this.#setNames(features, where);
    if (misfit !== undefined) return `the record ${misfit}`;
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

  /** @returns why the record does not fit the others. */
  #setNames({ names, width }: PartRows, where: string): string | undefined {
    const shape = names === undefined ? String(width) : JSON.stringify(names);
    if (shape === this.#shape) return undefined;
    if (names === undefined && this.#width >= 0) return `has ${width} features where others have ${this.#width}`;
    const given = this.settings.headers?.slice(0, width);
    if (names === undefined && given !== undefined && given.length < width) {
      throw new MonitorError('CONFIGURATION', `${given.length} headers are given for ${width} features.`, {
        where,
        fix: 'let headers in --config name each feature, in order, then the label',
      });
    }
    const found = names ?? given ?? Array.from({ length: width }, (_, index) => `_c${index}`);
    this.#shape = shape;
    this.#width = width;
    this.#builder.features.setNames(found);
    this.settings = resolveNames(this.settings, found);
    return undefined;
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
