import { createHash } from 'node:crypto';
import type { Constraints } from '../constraints/constraints.js';
import { MonitorError } from '../errors.js';
import type { InferredType, Profile } from '../profile/profile.js';
import { profileFromJson } from '../profile/profile-file.js';
import type { Rule } from '../report/report.js';
import { joinUri, openStorage } from '../storage/open-storage.js';

/** A baseline as a check takes it. */
export interface LoadedBaseline {
  readonly source: string;
  readonly constraints: Constraints;
  /** Undefined where only constraints were given: the distribution checks are left out. */
  readonly profile: Profile | undefined;
  /** Undefined for baselines that Driftline did not make. */
  readonly file: { readonly rule: Rule } | undefined;
}

/** What is read of `driftline.json`. */
export interface OwnFile {
  readonly rule: Rule;
  /** Hashes of files as Driftline wrote them, by name; releases before did not keep any. */
  readonly sha256: Readonly<Record<string, unknown>>;
}

/** What tells where a baseline is: a folder, or its files one by one, or a file in place of the folder's. */
export interface BaselinePlace {
  readonly baseline?: string;
  readonly statistics?: string;
  readonly constraints?: string;
}

/** The files of a baseline, of any monitor. */
export interface BaselineFiles {
  /** The folder, else the file of constraints. */
  readonly source: string;
  readonly constraintsFile: string;
  readonly constraintsText: string;
  readonly statisticsFile: string | undefined;
  /** `driftline.json`; undefined for baselines that Driftline did not make, and where files were named. */
  readonly own: OwnFile | undefined;
  /** Another file of the folder, where there is one; undefined where files were named. */
  readonly beside: (name: string) => Promise<string | undefined>;
}

/**
 * Finds the files of a baseline. Files that are named one by one are judged as the service would, whatever lies beside
 * them: then nothing else of the folder is looked at, but its statistics.
 *
 * @param constraints - the file in the folder that holds what current data are compared with, and in words what the
 * caller can give in its place.
 * @throws MonitorError `USAGE` where nothing is given, `FILE_NOT_FOUND`, `CONFIGURATION` for a broken `driftline.json`.
 */
export async function findBaseline(
  place: BaselinePlace,
  { name, instead }: { readonly name: string; readonly instead: string } = {
    name: 'constraints.json',
    instead: 'a constraints file',
  },
): Promise<BaselineFiles> {
  const { baseline, constraints, statistics } = place;
  const inFolder = (file: string): string | undefined => (baseline === undefined ? undefined : joinUri(baseline, file));
  const constraintsFile = constraints ?? inFolder(name);
  if (constraintsFile === undefined) {
    throw new MonitorError('USAGE', 'There is nothing to compare with.', {
      fix: `give a baseline folder, or ${instead}`,
    });
  }
  const named = constraints !== undefined || statistics !== undefined;
  const beside: BaselineFiles['beside'] = async (file) => (named ? undefined : existing(inFolder(file)));
  const constraintsText = await readText(constraintsFile);
  const statisticsFile = statistics ?? (await existing(inFolder('statistics.json')));
  const ownFile = await beside('driftline.json');
  return {
    source: baseline ?? constraintsFile,
    constraintsFile,
    constraintsText,
    statisticsFile,
    own: ownFile === undefined ? undefined : parseOwn(await readText(ownFile), ownFile),
    beside,
  };
}

/**
 * Reads a baseline from a folder, or from the files named. Files that are as Driftline wrote them, which the hashes in
 * `driftline.json` tell, are taken as they are, and of the statistics the profile beside them; edited or foreign ones are
 * read whole and checked.
 *
 * @throws MonitorError as {@link findBaseline}, and `FORMAT`.
 */
export async function loadBaseline(place: BaselinePlace): Promise<LoadedBaseline> {
  const { source, constraintsFile, constraintsText, statisticsFile, own, beside } = await findBaseline(place);
  const profileFile = own && (await beside('profile.json'));
  return {
    source,
    constraints: await loadConstraints(constraintsText, constraintsFile, own),
    profile: statisticsFile === undefined ? undefined : await loadProfile(statisticsFile, profileFile, own),
    file: own && { rule: own.rule },
  };
}

/**
 * The baseline's columns in order, with their types. The statistics name all of them; a feature may have been taken out of
 * the constraints.
 */
export function baselineColumns({ constraints, profile }: LoadedBaseline): Map<string, InferredType> {
  if (profile !== undefined) return new Map(profile.columns.map(({ name, inferredType }) => [name, inferredType]));
  return new Map(
    constraints.features.map(({ name, inferred_type: type }) => [name, (type ?? 'Unknown') as InferredType]),
  );
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

async function loadConstraints(text: string, where: string, own: OwnFile | undefined): Promise<Constraints> {
  if (own?.sha256['constraints.json'] === sha256(text)) return JSON.parse(text) as Constraints;
  const { parseConstraints } = await import('../constraints/parse-constraints.js');
  return parseConstraints(text, where);
}

/** The profile beside the statistics; the statistics' own where there is none, or where they were changed since. */
async function loadProfile(
  statisticsFile: string,
  profileFile: string | undefined,
  own: OwnFile | undefined,
): Promise<Profile> {
  const content = await openStorage(statisticsFile).read(statisticsFile);
  if (profileFile !== undefined && own?.sha256['statistics.json'] === sha256(content)) {
    const text = await readText(profileFile);
    if (own.sha256['profile.json'] === sha256(text)) return profileFromJson(text, profileFile);
  }
  const [{ parseStatistics }, { profileFromStatistics }] = await Promise.all([
    import('../profile/statistics.js'),
    import('../profile/profile-from-statistics.js'),
  ]);
  return profileFromStatistics(parseStatistics(new TextDecoder().decode(content), statisticsFile));
}

/** Reads `driftline.json`. */
function parseOwn(text: string, where: string): OwnFile {
  let file: { readonly rule?: unknown; readonly sha256?: unknown } | undefined;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw notReadable(where, cause);
  }
  if (typeof file !== 'object' || file === null) throw notReadable(where);
  const { rule = 'significant', sha256: hashes } = file;
  if (rule !== 'significant' && rule !== 'threshold') throw notReadable(where);
  return { rule, sha256: typeof hashes === 'object' && hashes !== null ? (hashes as OwnFile['sha256']) : {} };
}

function notReadable(where: string, cause?: unknown): MonitorError {
  return new MonitorError('CONFIGURATION', 'driftline.json cannot be read.', {
    where,
    fix: 'its "rule" is "significant" or "threshold"; or delete the file to use "threshold"',
    ...(cause !== undefined && { cause }),
  });
}

/** The file, where there is one. */
async function existing(file: string | undefined): Promise<string | undefined> {
  return file !== undefined && (await openStorage(file).stat(file)) !== undefined ? file : undefined;
}

/** A whole file as text. */
export async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await openStorage(file).read(file));
}
