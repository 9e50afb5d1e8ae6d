import { type Command, InvalidArgumentError, Option } from 'commander';
import { MonitorError } from '../errors.js';
import type { DatasetFormatName } from '../monitor/check.js';
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
}

export type Finish = (exitCode: number) => void;

const MONITOR_TYPES: readonly MonitorType[] = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'];

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

/** The monitor type of a command's argument; this version runs data-quality. */
export function supportedType(type: string): 'data-quality' {
  if (type === 'data-quality') return type;
  if ((MONITOR_TYPES as readonly string[]).includes(type)) {
    throw new MonitorError('USAGE', `Monitor type ${type} is not in this version.`, { fix: 'use data-quality' });
  }
  throw new MonitorError('USAGE', `There is no monitor type "${type}".`, {
    fix: `use one of: ${MONITOR_TYPES.join(', ')}`,
  });
}

/** `header` as given; undefined lets the reader guess. Commander sets it to true when the flag is absent. */
export function headerOf(options: SharedOptions): { header?: boolean } {
  return options.header ? {} : { header: false };
}

/** The column names of `--config`, if it was given and has some. */
export async function headersOf(options: SharedOptions): Promise<readonly string[] | undefined> {
  if (options.config === undefined) return undefined;
  const { loadAnalysisConfig } = await import('./analysis-config.js');
  return (await loadAnalysisConfig(options.config)).headers;
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
