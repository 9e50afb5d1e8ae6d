import type { CapturedRow } from '../capture/records.js';
import { closedWindow } from '../capture/window.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import { profileToJson } from '../profile/profile-file.js';
import { statisticsFromProfile } from '../profile/statistics-from-profile.js';
import type { RunOptions } from '../progress.js';
import { buildReport } from '../report/build-report.js';
import { hoursFile } from '../report/hours-file.js';
import { reportHtml } from '../report/html.js';
import type { ModelQualityReport, SegmentReport } from '../report/model-quality-report.js';
import type { MonitorType, Report, Rule, Violation } from '../report/report.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import { packageVersion } from '../version.js';
import type { ViolatedOutcome } from '../violations/outcome.js';
import type { PreviousSince } from '../violations/since.js';
import { violationsFile } from '../violations/violations-file.js';
import { baselineColumns, type LoadedBaseline, loadBaseline } from './load-baseline.js';
import type { BiasOptions } from './model-bias/bias-options.js';
import type { ExplainabilityOptions } from './model-explainability/explainability-options.js';
import type { QualityAttributes } from './model-quality/problem.js';
import { type LocationProfile, profileLocation } from './profile-location.js';
import { ruleOf } from './rule.js';
import { withRecords } from './with-records.js';

/**
 * What a check looks at and how. Locations are local paths, `file://` or `s3://`. The attributes are those of model
 * quality.
 */
export interface CheckOptions extends RunOptions, QualityAttributes, BiasOptions, ExplainabilityOptions {
  /** Capture (at any level of the service's layout), merged records, or a dataset in CSV, JSON Lines or Parquet. */
  readonly current: string;
  /** A folder with `statistics.json` and `constraints.json`, as `makeBaseline` or the service wrote it. */
  readonly baseline?: string;
  /** Instead of `baseline`: the files. Without statistics the distribution checks are left out, and the report says so. */
  readonly statistics?: string;
  readonly constraints?: string;
  /** Where `statistics.json`, `constraint_violations.json`, `report.json` and `report.html` go; nothing is written when left out. */
  readonly output?: string;
  /** Model quality: where the labels of captured predictions lie, `{uri}/yyyy/mm/dd/hh/`. */
  readonly groundTruth?: string;
  /** Model quality; default: what the baseline's constraints are of. */
  readonly problemType?: ProblemType;
  /** The window, half-open, ISO times; default: everything there is. */
  readonly start?: string;
  readonly end?: string;
  /** Guessed when left out. */
  readonly datasetFormat?: DatasetFormatName;
  /** Whether a CSV dataset begins with a header; guessed when left out. */
  readonly header?: boolean;
  /** Names for captured CSV; default: the baseline's, by position, output first. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** Default: the rule in `driftline.json` beside the baseline; `threshold` where there is none. */
  readonly rule?: Rule;
  /** Module of a pre-processing hook: record in, rows out. */
  readonly recordHook?: string;
  /** Module of a check hook: profiles in, violations out. */
  readonly checkHook?: string;
  /** A folder for hourly profiles, which later windows reuse; default: none are kept. */
  readonly profileCache?: string;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
  /** Shown in the report. */
  readonly monitor?: string;
  readonly endpoint?: string;
  /**
   * Since when the violations of the execution before this window hold, by violation id: carried on where they still
   * do. Empty for one without violations; left out where there was none.
   */
  readonly previous?: PreviousSince;
  /** Names of the columns of a CSV dataset: a first line equal to them is a header, any other is data. */
  readonly headers?: readonly string[];
  /**
   * Data quality: a folder with an explainability baseline. Violations are then ranked by what they do to predictions; with
   * `model`, by the change of the mean prediction that each feature explains.
   */
  readonly attributions?: string;
  /** Written into the report. Default: 0; a data-quality check draws nothing at random. */
  readonly seed?: number;
  /** The time that the report bears; default: now. */
  readonly createdAt?: Date;
}

/** How data is written; `capture` and `merged` are the service's records. */
export type DatasetFormatName = 'csv' | 'jsonl' | 'parquet' | 'capture' | 'merged';

/** A violation whose records can be asked for. */
export interface CheckedViolation extends Violation {
  /**
   * The rows behind it, in the order of the capture or dataset; up to `limit` (default 50). Empty for violations that no
   * single row carries (missing and extra columns).
   */
  records(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<CapturedRow[]>;
}

/** A group of rows in which quality fell, whose records can be asked for. */
export interface CheckedSegment extends SegmentReport {
  /** The rows in the group, right and wrong predictions alike, in their order; up to `limit` (default 50). */
  records(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<CapturedRow[]>;
}

/** The model-quality part of a report made in this process. */
export interface CheckedModelQuality extends ModelQualityReport {
  readonly segments: readonly CheckedSegment[];
}

/** The report of a check made in this process. It is plain JSON but for `records` on each violation and segment. */
export interface CheckedReport extends Report {
  readonly violations: readonly CheckedViolation[];
  readonly modelQuality?: CheckedModelQuality;
}

/**
 * Compares current data with a baseline, and makes the report. Data quality profiles the window and checks it against the
 * constraints: memory is bounded by columns, not rows, below 300 MB for 20 features at any number of records. Model
 * quality joins predictions with their labels: about 100 bytes for each.
 *
 * @throws MonitorError `USAGE` without anything to compare with, and what reading the baseline and the data throws. Lines
 * that cannot be read are no error but counted; neither is an empty window.
 */
export async function check(type: MonitorType, options: CheckOptions): Promise<CheckedReport> {
  if (type === 'data-quality') return checkDataQuality(options);
  if (type === 'model-bias') {
    const { checkModelBias } = await import('./model-bias/check-model-bias.js');
    return checkModelBias(options);
  }
  if (type === 'model-explainability') {
    const { checkModelExplainability } = await import('./model-explainability/check-model-explainability.js');
    return checkModelExplainability(options);
  }
  const { checkModelQuality } = await import('./model-quality/check-model-quality.js');
  return checkModelQuality(options);
}

async function checkDataQuality(options: CheckOptions): Promise<CheckedReport> {
  const baseline = await loadBaseline(options);
  const found = await profileLocation(options.current, {
    ...options,
    baselineColumns: baselineColumns(baseline),
  });
  const report = await rankedByImpact(await reportOf(options, baseline, found), options);
  if (options.output !== undefined) await writeResults(options.output, report, baseline, found);
  return withRecords(report, found);
}

/** With an explainability baseline violations are ranked by what they do to predictions. */
async function rankedByImpact(report: Report, options: CheckOptions): Promise<Report> {
  const { attributions } = options;
  if (attributions === undefined || report.status === 'no-data') return report;
  const [{ measureImpact }, { withImpact }] = await Promise.all([
    import('./model-explainability/measure-impact.js'),
    import('../report/impact.js'),
  ]);
  const { impacts, notes } = await measureImpact(attributions, report.current.rows, options);
  return withImpact({ ...report, notes: [...report.notes, ...notes] }, impacts);
}

async function reportOf(options: CheckOptions, baseline: LoadedBaseline, found: LocationProfile): Promise<Report> {
  const { endpoint = found.endpoint } = options;
  // Only captured records have times.
  const timed = found.format === 'capture' || found.format === 'merged';
  const captured = found.hours.flatMap(({ hour }) => hour ?? []);
  const window = timed ? closedWindow(options, captured) : undefined;
  const windowless = !timed && (options.start !== undefined || options.end !== undefined);
  const custom = found.profile.rowCount === 0 ? undefined : await customViolations(options, baseline, found);
  return buildReport({
    monitorType: 'data-quality',
    ...(options.monitor !== undefined && { monitor: options.monitor }),
    ...(endpoint !== undefined && { endpoint }),
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    ...(window && { window }),
    ...ruleOf(options, baseline),
    producedBy: { driftline: packageVersion(), engine: found.engine, seed: options.seed ?? 0 },
    constraints: baseline.constraints,
    baseline: { source: baseline.source, profile: baseline.profile },
    current: { source: options.current, profile: found.profile, read: found.read, hours: found.hours },
    ...(found.newestHour !== undefined && { newestCapture: found.newestHour }),
    ...(found.mapping && { mapping: found.mapping }),
    ...(options.previous && { previous: options.previous }),
    ...(custom && { custom }),
    notes: [
      ...(windowless ? ['The current data have no times: the window was not applied, all rows were read.'] : []),
      ...(found.notKept === undefined
        ? []
        : [`Hourly profiles could not be kept, so later windows take longer: ${found.notKept}`]),
    ],
  });
}

async function customViolations(
  { checkHook }: CheckOptions,
  baseline: LoadedBaseline,
  found: LocationProfile,
): Promise<ViolatedOutcome[] | undefined> {
  if (checkHook === undefined) return undefined;
  const { runCheckHook } = await import('../hooks/check-hook.js');
  return runCheckHook(checkHook, found.profile, baseline.profile);
}

/** The files of an execution; the report comes last, so that whoever finds it finds all. */
async function writeResults(
  folder: string,
  report: Report,
  baseline: LoadedBaseline,
  { profile, hours }: LocationProfile,
): Promise<void> {
  const storage = openStorage(folder);
  const write = (name: string, content: string): Promise<void> => storage.write(joinUri(folder, name), content);
  const byHour = hoursFile(baseline.profile, profile, hours);
  await Promise.all([
    write('statistics.json', stringifyServiceJson(statisticsFromProfile(profile))),
    write('profile.json', profileToJson(profile)),
    write('constraint_violations.json', violationsFile(report.violations, report.rule)),
    reportHtml(report).then((page) => write('report.html', page)),
    ...(byHour === undefined ? [] : [write('hours.json', `${JSON.stringify(byHour)}\n`)]),
  ]);
  await write('report.json', `${JSON.stringify(report)}\n`);
}
