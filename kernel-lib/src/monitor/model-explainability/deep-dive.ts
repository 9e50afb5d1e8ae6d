import { checkWindow } from '../../capture/window.js';
import { MonitorError } from '../../errors.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { AttributionScale, ExplainMethod } from '../../explain/explainer.js';
import { rowsOf, type SampledRows } from '../../explain/row-sample.js';
import { type RunOptions, runOptions } from '../../progress.js';
import type { DatasetFormatName } from '../check.js';
import { type OpenedModel, openModelFor, RowExplainer } from './explain-rows.js';
import type { ExplainabilityOptions } from './explainability-options.js';
import { type ExplainabilityBaseline, loadExplainabilityBaseline } from './load-explainability-baseline.js';
import { openRows, type RowReader } from './read-rows.js';
import {
  type AskedExplainability,
  type ExplainabilitySettings,
  explainabilitySettings,
  featureColumns,
} from './settings.js';

/** How a model is opened for a look at single predictions. */
export interface ExplainedModelOptions extends RunOptions, ExplainabilityOptions {
  /** A model file, an address, or a JavaScript module. Default: the baseline's. */
  readonly model?: string;
  /** A folder that `makeBaseline('model-explainability')` wrote: its model and settings are taken over. */
  readonly baseline?: string;
  /** Clarify's `analysis_config.json`: a path or URI. */
  readonly config?: string;
  /** Which of the model's outputs; may be left out where it has a single one. */
  readonly label?: string;
  /** Of what is drawn at random. Default: 0. */
  readonly seed?: number;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
}

/** Which data are looked at, and how they are read: as `check` does. */
export interface DeepDiveOptions extends ExplainedModelOptions {
  /** Capture (at any level of the service's layout), merged records, or a dataset in CSV, JSON Lines or Parquet. */
  readonly current: string;
  /** The window, half-open, ISO times; default: everything there is. */
  readonly start?: string;
  readonly end?: string;
  /** Guessed when left out. */
  readonly datasetFormat?: DatasetFormatName;
  /** Whether a CSV dataset begins with a header; guessed when left out. */
  readonly header?: boolean;
  /** Names of the columns of a CSV dataset: a first line equal to them is a header, any other is data. */
  readonly headers?: readonly string[];
  /** Names for captured CSV; default: the baseline's, by position. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** Module of a pre-processing hook: record in, rows out. */
  readonly recordHook?: string;
  /** Columns of a dataset that are no features. */
  readonly excluded?: readonly string[];
}

/** What every deep dive says of its numbers. */
export interface ExplainedOutput {
  /** The output's label: "label0", or the class. */
  readonly label: string;
  /** What attributions start from, on their scale. */
  readonly expectedValue: number;
  readonly scale: AttributionScale;
  readonly method: ExplainMethod;
}

/** An opened model and the rows of a window. */
export interface DeepDive {
  readonly rows: Pick<RowReader, 'names' | 'batches'>;
  readonly model: OpenedModel;
  readonly baseline: ExplainabilityBaseline | undefined;
  /** Place of the output that was asked for. */
  readonly output: number;
  readonly described: ExplainedOutput;
  /** The rows' location. */
  readonly where: string;
  readonly seed: number;
}

/**
 * Opens a window and the model for a deep dive, and closes both after it.
 *
 * @throws MonitorError `NO_DATA` where the window has no rows at all; `USAGE` for a label that the model does not have, and
 *   where no model is named; what reading the data and opening the model throw.
 */
export async function withWindow<Result>(
  options: DeepDiveOptions,
  dive: (opened: DeepDive) => Promise<Result>,
): Promise<Result> {
  checkWindow(options);
  const { baseline, settings } = await settingsOf(options);
  const rows = await openRows(options.current, rowsOptions(options, baseline, settings));
  try {
    if (rows.names.length === 0) throw noRows(options.current);
    return await withModel(rows, { options, baseline, settings, where: options.current }, dive);
  } finally {
    await rows.close();
  }
}

/** The same for rows that are given. */
export async function withGivenRows<Result>(
  rows: DeepDive['rows'],
  options: ExplainedModelOptions,
  dive: (opened: DeepDive) => Promise<Result>,
): Promise<Result> {
  const { baseline, settings } = await settingsOf(options);
  return withModel(rows, { options, baseline, settings, where: 'the given rows' }, dive);
}

interface Asked {
  readonly options: ExplainedModelOptions;
  readonly baseline: ExplainabilityBaseline | undefined;
  readonly settings: ExplainabilitySettings;
  readonly where: string;
}

async function withModel<Result>(
  rows: DeepDive['rows'],
  { options, baseline, settings, where }: Asked,
  dive: (opened: DeepDive) => Promise<Result>,
): Promise<Result> {
  const features = featureColumns(rows.names, settings.config, options as AskedExplainability);
  const model = await openModelFor(rows as RowReader, features, settings, options, where);
  const { explainer } = model;
  try {
    const output = outputPlace(explainer.outputs, options.label, model.uri);
    return await dive({
      ...{ rows, model, baseline, output, where, seed: options.seed ?? 0 },
      described: {
        label: explainer.outputs[output]!,
        expectedValue: explainer.expectedValues[output]!,
        scale: explainer.scale,
        method: explainer.method,
      },
    });
  } finally {
    await explainer.close();
  }
}

async function settingsOf(options: ExplainedModelOptions): Promise<Pick<Asked, 'baseline' | 'settings'>> {
  const folder = options.baseline;
  const baseline = folder === undefined ? undefined : await loadExplainabilityBaseline({ baseline: folder });
  const beside = baseline?.config;
  const asked = { ...(beside !== undefined && { config: beside }), ...options } as AskedExplainability;
  return { baseline, settings: await explainabilitySettings(asked, baseline?.own?.settings) };
}

function rowsOptions(
  options: DeepDiveOptions,
  baseline: ExplainabilityBaseline | undefined,
  { config }: ExplainabilitySettings,
): Parameters<typeof openRows>[1] {
  const { start, end, datasetFormat, header, columns, recordHook, seed } = options;
  const headers = options.headers ?? config.headers;
  const featureNames = baseline?.own?.profile.features ?? baseline?.outputs[0]?.features;
  return {
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(datasetFormat && { datasetFormat }),
    ...(header !== undefined && { header }),
    ...(headers && { headers }),
    ...(columns && { columns }),
    ...(recordHook !== undefined && { recordHook }),
    ...(config.features !== undefined && { featuresAttribute: config.features }),
    ...(featureNames && { featureNames }),
    ...(seed !== undefined && { seed }),
    ...runOptions(options),
  };
}

function outputPlace(outputs: readonly string[], label: string | undefined, model: string): number {
  if (label === undefined && outputs.length === 1) return 0;
  const place = label === undefined ? -1 : outputs.indexOf(label);
  if (place >= 0) return place;
  const what =
    label === undefined
      ? `The model has ${outputs.length} outputs, and which one is meant is not said.`
      : `The model has no output "${label}".`;
  throw new MonitorError('USAGE', what, { where: model, fix: `give as label one of: ${outputs.join(', ')}` });
}

/** Says that a window has no rows that can be explained. */
export function noRows(where: string): MonitorError {
  return new MonitorError('NO_DATA', 'There are no rows to explain.', {
    where,
    fix: 'check the location and the window, whose end is not part of it',
  });
}

const BATCH_ROWS = 2_000;

/** Explains drawn rows. Memory: 8 bytes for each row, output and feature. */
export async function explainDrawn(
  sampled: SampledRows,
  { model, where }: Pick<DeepDive, 'model' | 'where'>,
  options: RunOptions,
): Promise<ExplainedSample> {
  const { features, outputs, expectedValues } = model.explainer;
  const values = new Float64Array(sampled.rowCount * outputs.length * features.length);
  const answers = new Float64Array(sampled.rowCount * outputs.length);
  const explainer = new RowExplainer(model, where);
  for (let first = 0; first < sampled.rowCount; first += BATCH_ROWS) {
    const end = Math.min(sampled.rowCount, first + BATCH_ROWS);
    const found = await explainer.explain(rowsOf(sampled, first, end), runOptions(options));
    values.set(found.values, first * outputs.length * features.length);
    answers.set(found.answers, first * outputs.length);
    options.onProgress?.({ stage: 'explaining', done: end, total: sampled.rowCount, unit: 'rows' });
  }
  return {
    ...{ features, outputs, expectedValues, values, answers },
    rows: sampled.rowCount,
    columns: sampled.columns,
    ...(sampled.times && { times: sampled.times }),
    ...(sampled.eventIds && { eventIds: sampled.eventIds }),
  };
}
