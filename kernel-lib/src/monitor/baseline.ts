import { stringifyConstraints } from '../constraints/constraints.js';
import { suggestConstraints } from '../constraints/suggest.js';
import { MonitorError } from '../errors.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import type { Profile } from '../profile/profile.js';
import { profileToJson } from '../profile/profile-file.js';
import { statisticsFromProfile } from '../profile/statistics-from-profile.js';
import { type RunOptions, runOptions } from '../progress.js';
import type { MonitorType, Rule } from '../report/report.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import type { DatasetFormatName } from './check.js';
import type { BiasOptions } from './model-bias/bias-options.js';
import type { ExplainabilityOptions } from './model-explainability/explainability-options.js';
import type { QualityAttributes } from './model-quality/problem.js';
import { profileLocation } from './profile-location.js';
import { writeBaseline } from './write-baseline.js';

/** What a baseline is made from. */
export interface BaselineOptions extends RunOptions, QualityAttributes, BiasOptions, ExplainabilityOptions {
  /** Model quality: what the model answers. */
  readonly problemType?: ProblemType;
  /** The training dataset: CSV, JSON Lines or Parquet, or captured requests; a file, folder or S3 prefix. */
  readonly dataset: string;
  /** Folder or S3 prefix for the baseline's files. */
  readonly output: string;
  readonly datasetFormat?: DatasetFormatName;
  readonly header?: boolean;
  /** Names of the columns of a CSV dataset. */
  readonly headers?: readonly string[];
  /** Only these columns, in this order: those that the capture has. Default: all. */
  readonly columns?: readonly string[];
  /** The rule that decides checks against this baseline. Default: `significant`. */
  readonly rule?: Rule;
  /** Written into `driftline.json`. Default: 0. */
  readonly seed?: number;
  /** Default: now. */
  readonly createdAt?: Date;
}

/** `driftline.json`, beside every baseline that Driftline makes. */
export interface BaselineFile {
  readonly version: 1;
  readonly rule: Rule;
  readonly monitorType: MonitorType;
  readonly driftline: string;
  readonly seed: number;
  readonly createdAt: string;
  readonly inputs: { readonly dataset: string; readonly format: string };
  readonly rows: number;
  readonly columns: number;
  readonly quarantined: number;
  /** SHA-256 of the files beside it as they were written, in hexadecimal: a file that was edited since is read anew. */
  readonly sha256: Readonly<Record<string, string>>;
  /** Why each constraint was suggested, by feature. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
  /** What the reader must know besides. */
  readonly notes?: readonly string[];
}

/**
 * Makes a baseline: `statistics.json` and `constraints.json` as the service writes them, `driftline.json` with the rule
 * that decides and why each constraint was suggested, and `profile.json` with the mergeable state; for model quality
 * `quality.json` instead of the latter, and the dataset holds labels and predictions.
 *
 * @throws MonitorError `NO_DATA` for a dataset without rows, `COLUMN_NOT_FOUND`, and what reading it throws.
 */
export async function makeBaseline(type: MonitorType, options: BaselineOptions): Promise<BaselineFile> {
  if (type === 'data-quality') return makeDataBaseline(options);
  if (type === 'model-bias') {
    const { makeBiasBaseline } = await import('./model-bias/make-bias-baseline.js');
    return makeBiasBaseline(options);
  }
  if (type === 'model-explainability') {
    const { makeExplainabilityBaseline } = await import('./model-explainability/make-explainability-baseline.js');
    return makeExplainabilityBaseline(options);
  }
  const { makeQualityBaseline } = await import('./model-quality/make-quality-baseline.js');
  return makeQualityBaseline(options);
}

async function makeDataBaseline(options: BaselineOptions): Promise<BaselineFile> {
  const {
    profile: whole,
    read,
    format,
  } = await profileLocation(options.dataset, {
    ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { headers: options.headers }),
    ...runOptions(options),
  });
  if (whole.rowCount === 0) {
    const [first] = read.examples;
    throw new MonitorError(
      'NO_DATA',
      first === undefined
        ? 'The dataset has no rows to make a baseline from.'
        : `None of the dataset's ${read.quarantined} lines could be read; the first: ${first.reason}.`,
      {
        where: first === undefined ? options.dataset : `${first.file}:${first.line}`,
        fix:
          first === undefined ? 'name a dataset with rows' : 'write it as comma-separated CSV, JSON Lines or Parquet',
      },
    );
  }
  const profile = options.columns === undefined ? whole : selectColumns(whole, options.columns, options.dataset);
  const { constraints, reasons } = suggestConstraints(profile);
  const texts = {
    'statistics.json': stringifyServiceJson(statisticsFromProfile(profile)),
    'constraints.json': stringifyConstraints(constraints),
    'profile.json': profileToJson(profile),
  };
  return writeBaseline(options, texts, {
    monitorType: 'data-quality',
    inputs: { dataset: options.dataset, format },
    rows: profile.rowCount,
    columns: profile.columns.length,
    quarantined: read.quarantined,
    reasons,
  });
}

/** Whether a folder holds a baseline, of any monitor. */
export async function hasBaseline(folder: string): Promise<boolean> {
  for (const name of ['constraints.json', 'analysis.json']) {
    const file = joinUri(folder, name);
    if ((await openStorage(file).stat(file)) !== undefined) return true;
  }
  return false;
}

function selectColumns(profile: Profile, names: readonly string[], where: string): Profile {
  const byName = new Map(profile.columns.map((column) => [column.name, column]));
  const missing = names.filter((name) => !byName.has(name));
  if (missing.length > 0) {
    throw new MonitorError('COLUMN_NOT_FOUND', `No column ${missing.map((name) => `"${name}"`).join(', ')}.`, {
      where,
      fix: `the dataset has: ${[...byName.keys()].join(', ')}`,
    });
  }
  return { rowCount: profile.rowCount, columns: names.map((name) => byName.get(name)!) };
}
