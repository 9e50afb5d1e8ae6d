import { MonitorError } from '../errors.js';
import { DistinctCounter, type DistinctState, distinctStateToJson } from '../stats/distinct.js';
import { KllSketch, type KllState } from '../stats/kll.js';
import { Moments, type MomentsState } from '../stats/moments.js';
import { columnProfile } from './column-profile.js';
import type { ColumnProfile, InferredType, Profile, TypeCounts } from './profile.js';

const VERSION = 2;

/** A profile as plain data: `profile.json`, an hourly profile, and what worker threads hand over. */
export interface ProfileState {
  readonly schema: 'driftline.profile';
  readonly version: typeof VERSION;
  readonly rowCount: number;
  readonly columns: readonly ColumnState[];
}

interface ColumnState {
  readonly name: string;
  readonly inferredType: InferredType;
  readonly present: number;
  readonly missing: number;
  readonly nonFinite: number;
  readonly types?: TypeCounts;
  readonly moments?: MomentsState;
  readonly sketch?: KllState;
  readonly distinct?: DistinctState;
  /** Where there is no counter. */
  readonly distinctEstimate?: number;
  /** Pairs of cell text and rows, in order of first appearance. */
  readonly values?: readonly (readonly [string, number])[];
}

/** The text of `profile.json`: the mergeable states that lie beside the service's `statistics.json`. */
export function profileToJson(profile: Profile): string {
  return `${JSON.stringify(stateToJson(profileToState(profile)))}\n`;
}

/**
 * Reads `profile.json`. Throws `FORMAT` when it is no profile or of a version this release does not know.
 *
 * @param where - the file's place, for the message.
 */
export function profileFromJson(json: string, where?: string): Profile {
  let state: unknown;
  try {
    state = JSON.parse(json);
    return profileFromState(state as ProfileState);
  } catch (cause) {
    throw new MonitorError('FORMAT', 'Not a profile that this version of driftline can read.', {
      ...(where !== undefined && { where }),
      fix: 'make the baseline again with "driftline baseline"',
      cause,
    });
  }
}

/**
 * The same state as JSON can hold it: arrays for typed arrays, and `"Infinity"`, `"-Infinity"` or `"NaN"` for moments of
 * numbers so large that their sum or squares have overflowed.
 */
export function stateToJson(state: ProfileState): ProfileState {
  const columns = state.columns.map((column) => ({
    ...column,
    ...(column.moments && { moments: momentsToJson(column.moments) }),
    ...(column.distinct && { distinct: distinctStateToJson(column.distinct) }),
    ...(column.sketch && {
      sketch: { ...column.sketch, levels: column.sketch.levels.map((level) => Array.from(level)) },
    }),
  }));
  return { ...state, columns };
}

function momentsToJson(moments: MomentsState): MomentsState {
  const entries = Object.entries(moments) as [string, number | null][];
  const written = entries.map(([key, value]) => [
    key,
    value === null || Number.isFinite(value) ? value : String(value),
  ]);
  return Object.fromEntries(written) as MomentsState;
}

function momentsFromJson(moments: MomentsState): MomentsState {
  const entries = Object.entries(moments) as [string, number | string | null][];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value === null ? null : Number(value)]),
  ) as unknown as MomentsState;
}

/** The buffers of a state that go to another thread without a copy. */
export function transferables(state: ProfileState): ArrayBuffer[] {
  return state.columns.flatMap(({ sketch, distinct }) =>
    [...(sketch?.levels ?? []), ...Object.values(distinct ?? {})].flatMap((items) =>
      items instanceof Float64Array || items instanceof Uint8Array ? [items.buffer as ArrayBuffer] : [],
    ),
  );
}

function sketchState(sketch: KllSketch): KllState {
  return { k: sketch.k, c: sketch.c, count: sketch.count, levels: sketch.levelArrays() };
}

/** The state of a profile, in typed arrays of its own where there are many numbers. */
export function profileToState(profile: Profile): ProfileState {
  return {
    schema: 'driftline.profile',
    version: VERSION,
    rowCount: profile.rowCount,
    columns: profile.columns.map((column) => ({
      name: column.name,
      inferredType: column.inferredType,
      present: column.present,
      missing: column.missing,
      nonFinite: column.nonFinite,
      ...(column.types && { types: column.types }),
      ...(column.numeric && {
        moments: column.numeric.moments.toState(),
        sketch: sketchState(column.numeric.sketch),
      }),
      ...(column.distinct ? { distinct: column.distinct.toArrays() } : { distinctEstimate: column.distinctEstimate }),
      ...(column.values && { values: [...column.values] }),
    })),
  };
}

/** Throws a plain error where `state` is not what {@link profileToState} makes. */
export function profileFromState(state: ProfileState): Profile {
  if (state?.schema !== 'driftline.profile' || state.version !== VERSION) throw new Error('unknown schema or version');
  const columns = state.columns.map(columnFromState);
  requireCount(state.rowCount);
  return { rowCount: state.rowCount, columns };
}

function columnFromState(state: ColumnState): ColumnProfile {
  if (typeof state.name !== 'string') throw new Error('a column without a name');
  requireCount(state.present);
  requireCount(state.missing);
  const { moments, sketch } = state;
  const numeric = moments &&
    sketch && { moments: Moments.fromState(momentsFromJson(moments)), sketch: KllSketch.fromState(sketch) };
  if (numeric && numeric.sketch.count !== numeric.moments.count) throw new Error(`counts of "${state.name}" differ`);
  return columnProfile(
    {
      name: state.name,
      inferredType: state.inferredType,
      present: state.present,
      missing: state.missing,
      nonFinite: state.nonFinite,
      types: state.types,
      numeric,
      distinct: state.distinct && DistinctCounter.fromState(state.distinct),
      values: state.values && new Map(state.values),
    },
    state.distinctEstimate,
  );
}

function requireCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new Error(`not a count: ${count}`);
}
