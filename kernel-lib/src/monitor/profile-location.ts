import type { CellCondition } from '../capture/condition.js';
import type { ReadPlan } from '../capture/read-plan.js';
import type { CapturedRow, ReadRecordsOptions } from '../capture/records.js';
import type { ColumnMapping, ReadSummary } from '../capture/summary.js';
import { checkWindow } from '../capture/window.js';
import { MonitorError } from '../errors.js';
import type { HourProfile } from '../profile/capture-profile.js';
import type { InferredType, Profile } from '../profile/profile.js';
import { profileCapture } from '../profile/profile-capture.js';
import { type RunOptions, runOptions } from '../progress.js';
import type { DatasetFormatName } from './check.js';
import { guessFormat } from './dataset-format.js';
import { nameByBaseline } from './name-columns.js';
import { planCapture } from './plan-capture.js';

/** How to read a location; see `CheckOptions` for each. */
export interface ProfileLocationOptions extends RunOptions {
  readonly start?: string;
  readonly end?: string;
  readonly datasetFormat?: DatasetFormatName;
  readonly header?: boolean;
  /** Names of the columns of a CSV dataset: a first line equal to them is a header, any other is data. */
  readonly headers?: readonly string[];
  /** Names for captured CSV. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** The baseline's columns in order: names for captured CSV where `columns` says nothing, and a check of the mapping. */
  readonly baselineColumns?: ReadonlyMap<string, InferredType>;
  readonly recordHook?: string;
  readonly profileCache?: string;
  readonly threads?: number;
}

/** A profile and where it came from. */
export interface LocationProfile {
  readonly format: DatasetFormatName;
  readonly profile: Profile;
  readonly read: ReadSummary;
  /** Empty for datasets that are not captures. */
  readonly hours: readonly HourProfile[];
  readonly mapping: ColumnMapping | undefined;
  /** How records become rows; undefined for datasets. */
  readonly plan: ReadPlan | undefined;
  /** Reads the rows of a dataset that meet a condition; undefined for captures. */
  readonly reread: ((condition: CellCondition, options: ReadRecordsOptions) => Promise<CapturedRow[]>) | undefined;
  /** ISO; the newest captured hour there is, in the window or not. */
  readonly newestHour: string | undefined;
  /** The endpoint, where the capture's folders name one. */
  readonly endpoint: string | undefined;
  /** What read it, with its version. */
  readonly engine: string;
  /** Why hourly profiles could not be kept for later windows. */
  readonly notKept?: string;
}

const emptyRead: ReadSummary = {
  files: 0,
  bytes: 0,
  records: 0,
  rows: 0,
  dropped: 0,
  quarantined: 0,
  reasons: [],
  examples: [],
};

/** Profiles whatever lies at a location: a capture window, merged records, or a dataset. */
export async function profileLocation(uri: string, options: ProfileLocationOptions = {}): Promise<LocationProfile> {
  checkWindow(options);
  const format = options.datasetFormat ?? (await guessFormat(uri, options.signal));
  const captured = format === 'capture' || format === 'merged';
  if (!captured && options.recordHook !== undefined) {
    throw new MonitorError('USAGE', 'A pre-processing hook takes captured records, and these data are a dataset.', {
      where: uri,
      fix: 'leave the hook out, or say --dataset-format capture if these are captured records',
    });
  }
  return captured ? profileCaptureLocation(uri, format, options) : profileDatasetLocation(uri, format, options);
}

async function profileCaptureLocation(
  uri: string,
  format: 'capture' | 'merged',
  options: ProfileLocationOptions,
): Promise<LocationProfile> {
  const { files, resolved } = await planCapture(uri, options);
  const base = { format, newestHour: files.newestHour, endpoint: files.endpoint, engine: 'capture scanner' };
  if (resolved === undefined) {
    const nothing = { profile: { rowCount: 0, columns: [] }, read: emptyRead, hours: [] };
    return { ...base, ...nothing, mapping: undefined, plan: undefined, reread: undefined };
  }
  const { plan, mapping } = resolved;
  const { profile, read, hours, notKept } = await profileCapture(files.hours, plan, {
    ...runOptions(options),
    ...(options.profileCache && { profileCache: options.profileCache }),
    ...(options.threads && { threads: options.threads }),
  });
  const kept = notKept === undefined ? {} : { notKept };
  return { ...base, ...kept, profile, read, hours, mapping, plan, reread: undefined };
}

async function profileDatasetLocation(
  uri: string,
  format: 'csv' | 'jsonl' | 'parquet',
  options: ProfileLocationOptions,
): Promise<LocationProfile> {
  const [{ openDataset }, { profileDataset }] = await Promise.all([
    import('../dataset/dataset.js'),
    import('../profile/profile-dataset.js'),
  ]);
  const how = {
    format,
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { columns: options.headers }),
  };
  const dataset = await openDataset(uri, { ...how, ...runOptions(options) });
  try {
    const { profile, read } = await profileDataset(dataset, runOptions(options));
    const named = nameByBaseline(profile, [...(options.baselineColumns?.keys() ?? [])]);
    const shown = named?.profile ?? profile;
    const names = shown.columns.map(({ name }) => name);
    return {
      format,
      profile: shown,
      read,
      hours: [],
      mapping: named?.mapping,
      plan: undefined,
      reread: async (condition, { signal, ...rest }) => {
        const { readDatasetRecords } = await import('../dataset/records.js');
        const again = await openDataset(uri, { ...how, ...(signal && { signal }) });
        try {
          return await readDatasetRecords(again, names, condition, { ...rest, ...(signal && { signal }) });
        } finally {
          await again.close();
        }
      },
      newestHour: undefined,
      endpoint: undefined,
      engine: format === 'parquet' ? 'DuckDB' : 'dataset reader',
    };
  } finally {
    await dataset.close();
  }
}
