import { CoverageCounter } from '../../capture/coverage.js';
import type { CaptureWindow } from '../../capture/hour-path.js';
import type { LabelCoverage, ReadSummary } from '../../capture/summary.js';
import { MonitorError } from '../../errors.js';
import { biasMetrics } from '../../metrics/bias/registry.js';
import { runOptions } from '../../progress.js';
import type { CheckOptions } from '../check.js';
import { guessFormat } from '../dataset-format.js';
import { readLabelledCapture } from '../model-quality/read-labelled-capture.js';
import { type BiasSample, BiasSampleBuilder } from './bias-sample.js';
import type { BiasBaseline } from './load-bias-baseline.js';
import { withPredictions } from './make-bias-baseline.js';
import { readBiasDataset } from './read-bias-dataset.js';
import { resolveNames } from './resolve-names.js';
import type { BiasSettings } from './settings.js';

/** The current sample and what reading it came to. */
export interface CurrentBias {
  readonly sample: BiasSample;
  readonly settings: BiasSettings;
  readonly read: ReadSummary;
  readonly addressing: { readonly label: string; readonly prediction?: string; readonly probability?: string };
  /** Undefined where the baseline has to tell. */
  readonly labelName: string | undefined;
  readonly coverage: LabelCoverage;
  readonly columns: number;
  readonly window: CaptureWindow | undefined;
  readonly newestHour: string | undefined;
  readonly endpoint: string | undefined;
  readonly engine: string;
  readonly notes: readonly string[];
}

/** Reads the current data of a check: captured predictions with their labels, merged records, or a dataset. */
export async function readCurrentBias(
  options: CheckOptions,
  settings: BiasSettings,
  baseline: BiasBaseline,
): Promise<CurrentBias> {
  const builder = new BiasSampleBuilder(settings.attributes.probabilityThreshold);
  const format = options.datasetFormat ?? (await guessFormat(options.current, options.signal));
  if (format !== 'capture' && format !== 'merged') return readDataset(options, settings, builder, baseline, format);
  const { attributes, features, labelHeaders, headers } = settings;
  const captured = await readLabelledCapture(
    options,
    format,
    { problemType: 'BinaryClassification', attributes, builder, features: builder.features },
    {
      ...featureNamesOf(headers, attributes.groundTruthAttribute, baseline),
      ...(baseline.bias && { fallback: baseline.bias.settings.attributes }),
      ...(features !== undefined && { featuresAttribute: features }),
      ...(headers && { headers }),
      ...(labelHeaders && { classes: labelHeaders }),
      onlyTruth: true,
      withoutAnswers: options.model !== undefined,
    },
  );
  const sample = builder.finish(options.current);
  const resolved = resolveNames(settings, headers ?? sample.names);
  return {
    ...captured,
    sample: await withPredictions(sample, resolved, withConfig(options, baseline)),
    settings: resolved,
    labelName: undefined,
  };
}

/** Without a configuration of its own a check asks the model as the one beside the baseline says. */
function withConfig(options: CheckOptions, { config }: BiasBaseline): CheckOptions {
  return config === undefined ? options : { config, ...options };
}

/** Names of captured cells: the headers without the label, or the baseline's features. */
function featureNamesOf(
  headers: readonly string[] | undefined,
  label: string | undefined,
  { bias }: BiasBaseline,
): { readonly featureNames?: readonly string[] } {
  const place = label !== undefined && /^\d+$/.test(label) ? headers?.[Number(label)] : label;
  const named = headers?.filter((name) => name !== place);
  const featureNames = named ?? bias?.featureNames;
  return featureNames === undefined ? {} : { featureNames };
}

async function readDataset(
  options: CheckOptions,
  settings: BiasSettings,
  builder: BiasSampleBuilder,
  baseline: BiasBaseline,
  format: 'csv' | 'jsonl' | 'parquet',
): Promise<CurrentBias> {
  const reading = await readBiasDataset(options.current, settings, builder, {
    format,
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { headers: options.headers }),
    ...(baseline.bias && { fallback: baseline.bias.settings.attributes }),
    withoutAnswers: options.model !== undefined,
    ...runOptions(options),
  });
  const sample = await withPredictions(
    builder.finish(options.current),
    reading.settings,
    withConfig(options, baseline),
  );
  requirePredictions(sample, settings, baseline, options.current);
  const counter = new CoverageCounter(undefined);
  for (let row = 0; row < sample.rows + reading.unlabelled; row++) counter.add(-1, row < sample.rows, undefined);
  const windowless = options.start !== undefined || options.end !== undefined;
  return {
    sample,
    settings: reading.settings,
    read: reading.read,
    addressing: reading.addressing,
    labelName: reading.labelName,
    coverage: counter.finish(),
    columns: reading.columns,
    window: undefined,
    newestHour: undefined,
    endpoint: undefined,
    engine: format === 'parquet' ? 'DuckDB' : 'dataset reader',
    notes: windowless ? ['The current data have no times: the window was not applied, all rows were read.'] : [],
  };
}

/** Predictions that a baseline has and the current data lack would pass unchecked. */
function requirePredictions(
  { rows, prediction, scored }: BiasSample,
  { metrics }: BiasSettings,
  { groups, source }: BiasBaseline,
  where: string,
): void {
  if (rows === 0 || prediction !== undefined || scored !== undefined) return;
  const wanted = biasMetrics.filter(({ name, stage }) => stage === 'post-training' && metrics.includes(name));
  if (!groups.some(({ numbers }) => wanted.some(({ name }) => 'value' in (numbers[name] ?? {})))) return;
  throw new MonitorError('USAGE', `There are no predictions to compare with those of the baseline ${source}.`, {
    where,
    fix: 'give predictor.label in --config, --inference-attribute, --probability-attribute or --model; for the labels alone, methods in --config with pre_training_bias only',
  });
}
