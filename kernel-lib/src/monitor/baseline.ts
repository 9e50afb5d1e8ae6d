import { z } from 'zod';
import { type Constraints, parseConstraints, stringifyConstraints } from '../constraints/constraints.js';
import { suggestConstraints } from '../constraints/suggest.js';
import { MonitorError } from '../errors.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { Profile } from '../profile/profile.js';
import { profileFromJson, profileToJson } from '../profile/profile-file.js';
import { profileFromStatistics } from '../profile/profile-from-statistics.js';
import { parseStatistics } from '../profile/statistics.js';
import { statisticsFromProfile } from '../profile/statistics-from-profile.js';
import type { RunOptions } from '../progress.js';
import type { MonitorType, Rule } from '../report/report.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import { packageVersion } from '../version.js';
import type { DatasetFormatName } from './check.js';
import { profileLocation } from './profile-location.js';

/** What a baseline is made from. */
export interface BaselineOptions extends RunOptions {
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
  /** Why each constraint was suggested, by feature. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** A baseline as a check takes it. */
export interface LoadedBaseline {
  readonly source: string;
  readonly constraints: Constraints;
  /** Undefined where only constraints were given: the distribution checks are left out. */
  readonly profile: Profile | undefined;
  /** Undefined for baselines that Driftline did not make. */
  readonly file: Pick<BaselineFile, 'rule'> | undefined;
}

const ruleSchema = z.looseObject({ rule: z.enum(['significant', 'threshold']).default('significant') });

/**
 * Makes a baseline: `statistics.json` and `constraints.json` as the service writes them, `profile.json` with the mergeable
 * state, and `driftline.json` with the rule that decides and why each constraint was suggested.
 *
 * @throws MonitorError `NO_DATA` for a dataset without rows, `COLUMN_NOT_FOUND`, and what reading it throws.
 */
export async function makeBaseline(type: 'data-quality', options: BaselineOptions): Promise<BaselineFile> {
  const {
    profile: whole,
    read,
    format,
  } = await profileLocation(options.dataset, {
    ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { headers: options.headers }),
    ...(options.signal && { signal: options.signal }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  if (whole.rowCount === 0) {
    throw new MonitorError('NO_DATA', 'The dataset has no rows to make a baseline from.', {
      where: options.dataset,
      fix: 'name a dataset with rows',
    });
  }
  const profile = options.columns === undefined ? whole : selectColumns(whole, options.columns, options.dataset);
  const { constraints, reasons } = suggestConstraints(profile);
  const file: BaselineFile = {
    version: 1,
    rule: options.rule ?? 'significant',
    monitorType: type,
    driftline: packageVersion(),
    seed: options.seed ?? 0,
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    inputs: { dataset: options.dataset, format },
    rows: profile.rowCount,
    columns: profile.columns.length,
    quarantined: read.quarantined,
    reasons,
  };
  const storage = openStorage(options.output);
  const write = (name: string, content: string): Promise<void> => storage.write(joinUri(options.output, name), content);
  await write('statistics.json', stringifyServiceJson(statisticsFromProfile(profile)));
  await write('constraints.json', stringifyConstraints(constraints));
  await write('profile.json', profileToJson(profile));
  await write('driftline.json', `${JSON.stringify(file, null, 2)}\n`);
  return file;
}

/** Whether a folder holds a baseline. */
export async function hasBaseline(folder: string): Promise<boolean> {
  const file = joinUri(folder, 'constraints.json');
  return (await openStorage(file).stat(file)) !== undefined;
}

/** Reads a baseline from a folder, or from the files named. */
export async function loadBaseline(options: {
  readonly baseline?: string;
  readonly statistics?: string;
  readonly constraints?: string;
}): Promise<LoadedBaseline> {
  const { baseline } = options;
  const inFolder = (name: string): string | undefined => (baseline === undefined ? undefined : joinUri(baseline, name));
  const constraintsFile = options.constraints ?? inFolder('constraints.json');
  if (constraintsFile === undefined) {
    throw new MonitorError('USAGE', 'There is nothing to compare with.', {
      fix: 'give a baseline folder, or a constraints file',
    });
  }
  const constraints = parseConstraints(await readText(constraintsFile), constraintsFile);
  const statisticsFile = options.statistics ?? (await existing(inFolder('statistics.json')));
  // Files that are named one by one are judged as the service would, whatever lies beside them.
  const own = options.constraints === undefined && options.statistics === undefined;
  const ruleFile = own ? await existing(inFolder('driftline.json')) : undefined;
  const profileFile = own ? await existing(inFolder('profile.json')) : undefined;
  return {
    source: baseline ?? constraintsFile,
    constraints,
    profile: await loadProfile(profileFile, statisticsFile),
    file: ruleFile === undefined ? undefined : parseRule(await readText(ruleFile), ruleFile),
  };
}

/** The profile beside the statistics; the statistics' own where there is none, or where they were changed since. */
async function loadProfile(
  profileFile: string | undefined,
  statisticsFile: string | undefined,
): Promise<Profile | undefined> {
  if (statisticsFile === undefined) return undefined;
  const statisticsText = await readText(statisticsFile);
  const statistics = parseStatistics(statisticsText, statisticsFile);
  if (profileFile !== undefined) {
    const profile = profileFromJson(await readText(profileFile), profileFile);
    if (stringifyServiceJson(statisticsFromProfile(profile)) === statisticsText) return profile;
  }
  return profileFromStatistics(statistics);
}

function parseRule(text: string, where: string): Pick<BaselineFile, 'rule'> {
  try {
    return ruleSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', 'driftline.json cannot be read.', {
      where,
      fix: 'its "rule" is "significant" or "threshold"; or delete the file to use "threshold"',
      cause,
    });
  }
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

async function existing(file: string | undefined): Promise<string | undefined> {
  return file !== undefined && (await openStorage(file).stat(file)) !== undefined ? file : undefined;
}

async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await openStorage(file).read(file));
}
