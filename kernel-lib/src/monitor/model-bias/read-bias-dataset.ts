import { openDataset } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import { runOptions } from '../../progress.js';
import type { QualityAttributes } from '../model-quality/problem.js';
import type { BiasDatasetOptions, BiasReading } from './bias-reading.js';
import type { BiasSampleBuilder } from './bias-sample.js';
import { readColumns } from './dataset-columns.js';
import { readRecords } from './dataset-records.js';
import type { BiasSettings } from './settings.js';

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
  if (options.format === 'jsonl' && settings.features !== undefined) {
    return readRecords(uri, { ...settings, attributes: attributesOf(settings, options) }, builder, options);
  }
  const { format, header, headers = settings.headers } = options;
  const run = runOptions(options);
  const dataset = await openDataset(uri, {
    format,
    ...(header !== undefined && { header }),
    ...(headers && { columns: headers }),
    ...run,
  }).catch(headersMisfit);
  try {
    return await readColumns(dataset, settings, builder, options);
  } finally {
    await dataset.close();
  }
}

/** What the caller says, else what the baseline says of records of this form. */
function attributesOf(
  { attributes }: BiasSettings,
  { withoutAnswers, fallback }: BiasDatasetOptions,
): QualityAttributes {
  const { inferenceAttribute, probabilityAttribute, ...others } = attributes;
  if (withoutAnswers) return others;
  return (inferenceAttribute ?? probabilityAttribute) === undefined ? { ...fallback, ...others } : attributes;
}

/** What is wrong is the configuration, not the data. */
function headersMisfit(error: unknown): never {
  if (!(error instanceof MonitorError) || error.code !== 'COLUMN_COUNT') throw error;
  throw new MonitorError('CONFIGURATION', error.what, {
    ...(error.where !== undefined && { where: error.where }),
    fix: 'let headers in --config name each column of the dataset, in order',
    cause: error,
  });
}
