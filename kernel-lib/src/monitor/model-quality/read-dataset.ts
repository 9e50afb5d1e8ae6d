import { ReadTally } from '../../capture/read-tally.js';
import type { ReadSummary } from '../../capture/summary.js';
import { textOf } from '../../dataset/cell-batch.js';
import { type Dataset, type DatasetFormat, openDataset } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { RunOptions } from '../../progress.js';
import type { FeatureSink } from '../features.js';
import type { QualityAttributes } from './problem.js';
import type { QualitySampleBuilder } from './sample.js';

/** How a dataset of predictions and labels is written. */
export interface QualityDatasetOptions extends RunOptions {
  readonly format: DatasetFormat;
  readonly header?: boolean;
  readonly headers?: readonly string[];
}

/** What was found where, in words for the report. */
export interface Addressing {
  readonly label: string;
  readonly prediction: string;
  readonly probability?: string;
}

interface Places {
  readonly label: number;
  readonly prediction: number | undefined;
  readonly probability: number | undefined;
  readonly features: readonly number[];
}

/**
 * Reads the rows of a dataset that holds labels and predictions, each in a column. All other columns are features.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`, and `USAGE` where label, prediction and probability are not three columns.
 */
export async function readQualityDataset(
  uri: string,
  problemType: ProblemType,
  attributes: QualityAttributes,
  builder: QualitySampleBuilder,
  features: FeatureSink | undefined,
  options: QualityDatasetOptions,
): Promise<{ readonly read: ReadSummary; readonly addressing: Addressing; readonly columns: number }> {
  const { format, header, headers, ...run } = options;
  const dataset = await openDataset(uri, {
    format,
    ...(header !== undefined && { header }),
    ...(headers && { columns: headers }),
    ...run,
  });
  try {
    const names = dataset.columns.map(({ name }) => name);
    const places = placesOf(names, problemType, attributes, uri);
    features?.setNames(places.features.map((index) => names[index]!));
    const tally = await readRows(dataset, places, builder, features !== undefined, run);
    const addressing = {
      label: `column ${names[places.label]}`,
      prediction:
        places.prediction === undefined
          ? `${names[places.probability!]} above the threshold`
          : `column ${names[places.prediction]}`,
      ...(places.probability !== undefined && { probability: `column ${names[places.probability]}` }),
    };
    return { read: tally.toSummary(), addressing, columns: names.length };
  } finally {
    await dataset.close();
  }
}

async function readRows(
  dataset: Dataset,
  places: Places,
  builder: QualitySampleBuilder,
  withFeatures: boolean,
  run: RunOptions,
): Promise<ReadTally> {
  const tally = new ReadTally();
  tally.files = dataset.files.length;
  tally.bytes = dataset.sizeBytes;
  const file = dataset.files.length === 1 ? dataset.files[0]! : dataset.uri;
  let before = 0;
  for await (const { rowCount, columns } of dataset.batches(run)) {
    const cell = (place: number | undefined, row: number): string | null | undefined =>
      place === undefined ? undefined : textOf(columns[place]!, row);
    for (let row = 0; row < rowCount; row++) {
      const reason = builder.add({
        hour: -1,
        label: cell(places.label, row) ?? null,
        prediction: cell(places.prediction, row),
        probability: cell(places.probability, row),
        features: withFeatures ? places.features.map((place) => textOf(columns[place]!, row)) : undefined,
      });
      if (reason === undefined) tally.rows++;
      else tally.quarantine({ file, line: before + row + 1, reason, excerpt: '' });
    }
    before += rowCount;
  }
  tally.records = tally.rows;
  for (const line of dataset.rejected()) tally.quarantine(line);
  return tally;
}

function placesOf(
  names: readonly string[],
  problemType: ProblemType,
  attributes: QualityAttributes,
  uri: string,
): Places {
  const { groundTruthAttribute, inferenceAttribute, probabilityAttribute } = attributes;
  const place = (attribute: string | undefined, option: string): number | undefined => {
    if (attribute === undefined) return undefined;
    const named = names.indexOf(attribute);
    const index = named < 0 && /^\d+$/.test(attribute) ? Number(attribute) : named;
    if (index >= 0 && index < names.length) return index;
    throw new MonitorError('COLUMN_NOT_FOUND', `There is no column "${attribute}".`, {
      where: `${uri}, ${option}`,
      fix: `use one of: ${names.join(', ')}`,
    });
  };
  const label = place(groundTruthAttribute, '--ground-truth-attribute');
  const prediction = place(inferenceAttribute, '--inference-attribute');
  const probability = place(probabilityAttribute, '--probability-attribute');
  if (label === undefined) {
    throw new MonitorError('USAGE', 'Which column holds the label is not said.', {
      where: uri,
      fix: `give --ground-truth-attribute; the columns are: ${names.join(', ')}`,
    });
  }
  if (prediction === undefined && (problemType !== 'BinaryClassification' || probability === undefined)) {
    throw new MonitorError('USAGE', 'Which column holds the prediction is not said.', {
      where: uri,
      fix:
        problemType === 'BinaryClassification'
          ? `give --inference-attribute or --probability-attribute; the columns are: ${names.join(', ')}`
          : `give --inference-attribute; the columns are: ${names.join(', ')}`,
    });
  }
  const taken = [label, prediction, probability].filter((index) => index !== undefined);
  if (new Set(taken).size !== taken.length) {
    throw new MonitorError('USAGE', 'Label, prediction and probability must be different columns.', {
      where: uri,
      fix: 'check --ground-truth-attribute, --inference-attribute and --probability-attribute',
    });
  }
  const features = [...names.keys()].filter((index) => !taken.includes(index));
  return { label, prediction, probability, features };
}
