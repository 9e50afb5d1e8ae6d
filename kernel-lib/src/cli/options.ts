import { type Command, InvalidArgumentError, Option } from 'commander';
import { MonitorError } from '../errors.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import type { AnalysisConfig } from '../monitor/analysis-config.js';
import type { DatasetFormatName } from '../monitor/check.js';
import type { QualityAttributes } from '../monitor/model-quality/problem.js';
import type { MonitorType, Rule } from '../report/report.js';

/** Options that several commands take, as commander hands them out. */
export interface SharedOptions {
  readonly start?: string;
  readonly end?: string;
  readonly datasetFormat?: DatasetFormatName;
  readonly header: boolean;
  readonly rule?: Rule;
  readonly config?: string;
  readonly seed: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly problemType?: ProblemType;
  readonly inferenceAttribute?: string;
  readonly probabilityAttribute?: string;
  readonly probabilityThresholdAttribute?: number;
  readonly groundTruthAttribute?: string;
  readonly positiveLabel?: string;
}

export type Finish = (exitCode: number) => void;

/** All monitors. */
export const MONITOR_TYPES: readonly MonitorType[] = [
  'data-quality',
  'model-quality',
  'model-bias',
  'model-explainability',
];

/** Adds what every command that reads data takes. */
export function withDataOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--dataset-format <format>', 'how the data is written; guessed when left out').choices([
        'csv',
        'jsonl',
        'parquet',
        'capture',
        'merged',
      ]),
    )
    .option('--no-header', 'the CSV dataset has no header line; guessed when left out')
    .option('--config <file>', "Clarify's analysis_config.json; its headers name the columns of a CSV dataset")
    .addOption(new Option('--engine <engine>', 'what reads Parquet datasets').choices(['duckdb']).default('duckdb'))
    .option('--seed <number>', 'seed of everything random', parseInteger, 0);
}

/** Adds what every command that prints a result takes. */
export function withOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but errors, and with --json the result');
}

export function withWindow(command: Command): Command {
  return command
    .option('--start <time>', 'begin of the window, ISO, inclusive', parseTime)
    .option('--end <time>', 'end of the window, ISO, exclusive', parseTime);
}

export function ruleOption(): Option {
  return new Option(
    '--rule <rule>',
    'what decides about violations; default: the rule in driftline.json beside the baseline',
  ).choices(['significant', 'threshold']);
}

/** The monitor type of a command's argument. */
export function monitorTypeOf(type: string): MonitorType {
  const found = MONITOR_TYPES.find((known) => known === type);
  if (found !== undefined) return found;
  throw new MonitorError('USAGE', `There is no monitor type "${type}".`, {
    fix: `use one of: ${MONITOR_TYPES.join(', ')}`,
  });
}

/** Adds what says where a model's labels and predictions stand. */
export function withQualityOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--problem-type <type>', 'model quality: what the model answers').choices([
        'BinaryClassification',
        'MulticlassClassification',
        'Regression',
      ]),
    )
    .option('--inference-attribute <name>', 'the prediction: a column, a zero-based index or a JMESPath expression')
    .option('--probability-attribute <name>', 'the probability of the positive class, likewise')
    .option(
      '--probability-threshold-attribute <number>',
      'a probability above it means the positive class (default: 0.5)',
      parseShare,
    )
    .option('--ground-truth-attribute <name>', 'the label, likewise')
    .option('--positive-label <label>', 'the positive class (default: 1, or the like)');
}

/** The attributes among the options, as the library takes them; label and positive class also out of the configuration. */
export function qualityOf(
  options: SharedOptions,
  config?: AnalysisConfig,
): QualityAttributes & { readonly problemType?: ProblemType } {
  const { problemType, inferenceAttribute, probabilityAttribute } = options;
  const label = options.groundTruthAttribute ?? config?.label;
  const groundTruthAttribute = label === undefined ? undefined : String(label);
  const [only, ...others] = config?.label_values_or_threshold ?? [];
  const positiveLabel = options.positiveLabel ?? (only === undefined || others.length > 0 ? undefined : String(only));
  const threshold = options.probabilityThresholdAttribute;
  return {
    ...(problemType !== undefined && { problemType }),
    ...(inferenceAttribute !== undefined && { inferenceAttribute }),
    ...(probabilityAttribute !== undefined && { probabilityAttribute }),
    ...(threshold !== undefined && { probabilityThreshold: threshold }),
    ...(groundTruthAttribute !== undefined && { groundTruthAttribute }),
    ...(positiveLabel !== undefined && { positiveLabel }),
  };
}

/** `header` as given; undefined lets the reader guess. Commander sets it to true when the flag is absent. */
export function headerOf(options: SharedOptions): { header?: boolean } {
  return options.header ? {} : { header: false };
}

/** What `--config` says, where it was given. */
export async function configOf({ config }: SharedOptions): Promise<AnalysisConfig | undefined> {
  if (config === undefined) return undefined;
  const { loadAnalysisConfig } = await import('../monitor/analysis-config.js');
  return loadAnalysisConfig(config);
}

export function parseTime(text: string): string {
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write it as 2026-03-05T06:00:00Z.');
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function parseInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return value;
}
