import { checkWindow } from '../../capture/window.js';
import { MonitorError } from '../../errors.js';
import type { AttributionScale, ExplainMethod } from '../../explain/explainer.js';
import type { RunOptions } from '../../progress.js';
import type { DatasetFormatName } from '../check.js';
import { type OpenedModel, openModelFor } from './explain-rows.js';
import type { ExplainabilityOptions } from './explainability-options.js';
import { type ExplainabilityBaseline, loadExplainabilityBaseline } from './load-explainability-baseline.js';
import { openWindowRows } from './open-window-rows.js';
import type { RowReader } from './read-rows.js';
import { type ExplainabilitySettings, explainabilitySettings } from './settings.js';

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
  const opened = await settingsAndBaseline(options);
  const rows = await openWindowRows(options, opened.baseline, opened.settings);
  try {
    if (rows.names.length === 0) throw noRows(options.current);
    return await withModel(rows, { options, ...opened, where: options.current }, dive);
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
  return withModel(rows, { options, ...(await settingsAndBaseline(options)), where: 'the given rows' }, dive);
}

interface Asked {
  readonly options: ExplainedModelOptions;
  readonly baseline: ExplainabilityBaseline | undefined;
  readonly settings: ExplainabilitySettings;
  readonly where: string;
}

async function settingsAndBaseline(options: ExplainedModelOptions): Promise<Pick<Asked, 'baseline' | 'settings'>> {
  const folder = options.baseline;
  const baseline = folder === undefined ? undefined : await loadExplainabilityBaseline({ baseline: folder });
  return { baseline, settings: await explainabilitySettings(options, baseline) };
}

async function withModel<Result>(
  rows: DeepDive['rows'],
  { options, baseline, settings, where }: Asked,
  dive: (opened: DeepDive) => Promise<Result>,
): Promise<Result> {
  const model = await openModelFor(rows, settings, options, where, baseline);
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
