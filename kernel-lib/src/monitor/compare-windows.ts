import { variantFolder } from '../capture/variant-folder.js';
import { closedWindow } from '../capture/window.js';
import { suggestConstraints } from '../constraints/suggest.js';
import { MonitorError } from '../errors.js';
import type { InferredType } from '../profile/profile.js';
import { type RunOptions, runOptions } from '../progress.js';
import { buildReport } from '../report/build-report.js';
import type { Rule } from '../report/report.js';
import { titleOf } from '../report/report-title.js';
import { plural } from '../report/value-text.js';
import { packageVersion } from '../version.js';
import type { CheckedReport, DatasetFormatName } from './check.js';
import { baselineColumns, loadBaseline } from './load-baseline.js';
import { type LocationProfile, profileLocation } from './profile-location.js';
import { withRecords } from './with-records.js';

/** One of two windows that are compared. The location is a local path, `file://` or `s3://`. */
export interface ComparedWindow {
  /** Capture (at any level of the service's layout), merged records, or a dataset in CSV, JSON Lines or Parquet. */
  readonly location: string;
  /** Only what this variant of the endpoint captured; default: all of them. */
  readonly variant?: string;
  /** Half-open, ISO times; default: everything there is. */
  readonly start?: string;
  readonly end?: string;
  /** How the report names it. Default: the endpoint of the capture and its variant, else the location. */
  readonly name?: string;
  /** Names for captured CSV. Of the current window default: those of the baseline window, by position. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** A folder with a baseline of data quality, whose columns name those of captured CSV where `columns` does not. */
  readonly baseline?: string;
  /** Guessed when left out. */
  readonly datasetFormat?: DatasetFormatName;
  /** Module of a pre-processing hook: record in, rows out. */
  readonly recordHook?: string;
  /** A folder for hourly profiles, which later windows reuse; default: none are kept. */
  readonly profileCache?: string;
}

/** What to compare, and how. */
export interface CompareWindowsOptions extends RunOptions {
  /** What is taken for normal. */
  readonly baseline: ComparedWindow;
  readonly current: ComparedWindow;
  /** Default: `significant`. */
  readonly rule?: Rule;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
  /** The time that the report bears; default: now. */
  readonly createdAt?: Date;
}

/**
 * Compares two windows of capture directly, or two variants, endpoints or datasets with the same columns: constraints are
 * suggested from the first as `makeBaseline` does, and the second is checked against them as `check` does. Nothing is written
 * but hourly profiles.
 *
 * @returns an ordinary data-quality report; its first note says what was compared with what.
 * @throws MonitorError `NO_DATA` for a baseline window without rows, `USAGE` for a variant that the capture does not have, and
 * what reading throws. A current window without rows is a result.
 */
export async function compareWindows(options: CompareWindowsOptions): Promise<CheckedReport> {
  const run = { ...runOptions(options), ...(options.threads && { threads: options.threads }) };
  const baseline = await profileWindow(options.baseline, run, undefined);
  if (baseline.profile.rowCount === 0) throw emptyBaseline(options.baseline, baseline);
  const columns = new Map(baseline.profile.columns.map(({ name, inferredType }) => [name, inferredType]));
  const current = await profileWindow(options.current, run, columns);
  const named = namedWindows(options, baseline, current);
  const { endpoint, newestHour, mapping, read, hours, profile } = current;
  const window = windowOf(options.current, current);
  const report = buildReport({
    monitorType: 'data-quality',
    ...(endpoint !== undefined && { endpoint }),
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    ...(window && { window }),
    rule: options.rule ?? 'significant',
    ruleSource: options.rule === undefined ? 'the default where windows are compared' : 'the caller',
    producedBy: { driftline: packageVersion(), engine: current.engine, seed: 0 },
    constraints: suggestConstraints(baseline.profile).constraints,
    baseline: { source: baseline.source, profile: baseline.profile },
    current: { source: current.source, profile, read, hours },
    ...(newestHour !== undefined && { newestCapture: newestHour }),
    ...(mapping && { mapping }),
    notes: [
      `Baseline: ${named.baseline}, ${plural(baseline.profile.rowCount, 'row')}. Current: ${named.current}, ${plural(profile.rowCount, 'row')}. Limits are those suggested from the baseline window.`,
      ...readingNotes('baseline', options.baseline, baseline),
      ...readingNotes('current', options.current, current),
    ],
  });
  return withRecords({ ...report, title: `${named.current} against ${named.baseline}` }, current);
}

interface WindowProfile extends LocationProfile {
  /** The folder that was read. */
  readonly source: string;
}

async function profileWindow(
  { location, variant, start, end, columns, baseline, datasetFormat, recordHook, profileCache }: ComparedWindow,
  run: RunOptions & { readonly threads?: number },
  inherited: ReadonlyMap<string, InferredType> | undefined,
): Promise<WindowProfile> {
  const signal = run.signal === undefined ? {} : { signal: run.signal };
  const source = variant === undefined ? location : await variantFolder(location, variant, signal);
  const names = inherited ?? (baseline === undefined ? undefined : baselineColumns(await loadBaseline({ baseline })));
  const found = await profileLocation(source, {
    ...run,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(columns && { columns }),
    ...(names && { baselineColumns: names }),
    ...(datasetFormat && { datasetFormat }),
    ...(recordHook !== undefined && { recordHook }),
    ...(profileCache !== undefined && { profileCache }),
  });
  return { ...found, source };
}

function emptyBaseline(asked: ComparedWindow, { source, newestHour }: WindowProfile): MonitorError {
  const { start, end } = asked;
  const span = start === undefined && end === undefined ? '' : ` between ${start ?? '…'} and ${end ?? '…'}`;
  return new MonitorError('NO_DATA', `There are no data to take for the baseline${span}.`, {
    where: source,
    fix:
      newestHour === undefined
        ? 'name a place with rows'
        : `choose a window with data; the newest capture is ${newestHour}`,
  });
}

function namedWindows(
  options: CompareWindowsOptions,
  baseline: WindowProfile,
  current: WindowProfile,
): { readonly baseline: string; readonly current: string } {
  return { baseline: nameOf(options.baseline, baseline), current: nameOf(options.current, current) };
}

/** "census-income, variant B, 2026-03-05" */
function nameOf(asked: ComparedWindow, found: WindowProfile): string {
  const { name = found.endpoint ?? asked.location, variant } = asked;
  const window = windowOf(asked, found);
  const monitor = variant === undefined ? name : `${name}, variant ${variant}`;
  return titleOf({ monitor, monitorType: 'data-quality', ...(window && { window }) });
}

/** Only captured records have times. */
function windowOf(asked: ComparedWindow, { format, hours }: LocationProfile): ReturnType<typeof closedWindow> {
  if (format !== 'capture' && format !== 'merged') return undefined;
  return closedWindow(
    asked,
    hours.flatMap(({ hour }) => hour ?? []),
  );
}

function readingNotes(side: 'baseline' | 'current', asked: ComparedWindow, found: LocationProfile): string[] {
  const { format, notKept, read } = found;
  const timed = format === 'capture' || format === 'merged';
  const windowless = !timed && (asked.start !== undefined || asked.end !== undefined);
  const lost = side === 'baseline' ? read.quarantined : 0;
  return [
    ...(windowless ? [`The ${side} data have no times: the window was not applied, all rows were read.`] : []),
    ...(lost > 0 ? [`${plural(lost, 'line')} of the baseline data could not be read.`] : []),
    ...(notKept === undefined ? [] : [`Hourly profiles could not be kept, so later windows take longer: ${notKept}`]),
  ];
}
