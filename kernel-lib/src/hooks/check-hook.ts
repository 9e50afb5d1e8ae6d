import type { ColumnProfile, InferredType, Profile } from '../profile/profile.js';
import { weightedQuantile } from '../stats/weighted.js';
import type { ViolatedOutcome } from '../violations/outcome.js';
import { loadHook } from './load-hook.js';

/** A column as a check hook sees it. */
export interface ColumnView {
  readonly name: string;
  readonly inferredType: InferredType;
  readonly present: number;
  readonly missing: number;
  /** present / (present + missing), in [0, 1]; 0 for no rows. */
  readonly completeness: number;
  readonly distinct: number;
  /** Numbers only. The standard deviation is the population's (ddof 0). */
  readonly mean?: number;
  readonly standardDeviation?: number;
  readonly min?: number;
  readonly max?: number;
  /** The value at a share of the rows in [0, 1]; undefined for columns without numbers. */
  quantile(share: number): number | undefined;
  /** Rows by cell text; undefined beyond 1,024 different texts. */
  readonly values?: ReadonlyMap<string, number>;
}

/** A profile as a check hook sees it. */
export interface ProfileView {
  readonly rows: number;
  readonly columns: readonly ColumnView[];
  /** Undefined when there is no such column. */
  column(name: string): ColumnView | undefined;
}

/** What a check hook gets. */
export interface CheckHookInput {
  readonly current: ProfileView;
  /** Undefined where only constraints are known. */
  readonly baseline?: ProfileView;
}

/** A violation of a rule of one's own. */
export interface CustomViolation {
  readonly feature: string;
  /** A sentence: what is wrong. */
  readonly description: string;
  readonly measured: number;
  readonly limit: number;
}

/** The default export of a check hook's module: profiles in, violations out. */
export type CheckHook = (
  input: CheckHookInput,
) => readonly CustomViolation[] | null | undefined | Promise<readonly CustomViolation[] | null | undefined>;

/**
 * Runs a check hook. An exception, or a violation that is not one, is itself reported as a failed check named after the
 * hook: it never ends the run.
 *
 * @throws MonitorError `HOOK` when the module cannot be loaded.
 */
export async function runCheckHook(
  location: string,
  current: Profile,
  baseline: Profile | undefined,
): Promise<ViolatedOutcome[]> {
  const hook = await loadHook<CheckHook>(location);
  const name = location.slice(location.replaceAll('\\', '/').lastIndexOf('/') + 1);
  try {
    const found = await hook({ current: viewOf(current), ...(baseline && { baseline: viewOf(baseline) }) });
    if (found === null || found === undefined) return [];
    if (!Array.isArray(found)) return [failed(name, 'The check hook must return a list of violations, or nothing.')];
    return found.map((violation: unknown, index) => outcomeOf(violation, index, name));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [failed(name, `The check hook failed: ${message.slice(0, 300)}`)];
  }
}

function outcomeOf(violation: unknown, index: number, hook: string): ViolatedOutcome {
  if (!isViolation(violation)) {
    return failed(
      hook,
      `Entry ${index} of the check hook's list is no violation: it needs feature, description (texts), measured, limit (numbers).`,
    );
  }
  const { feature, description, measured, limit } = violation;
  return { ...common, feature, description, explanation: description, measured, limit };
}

function isViolation(value: unknown): value is CustomViolation {
  const { feature, description, measured, limit } = (value ?? {}) as Record<keyof CustomViolation, unknown>;
  return (
    typeof feature === 'string' &&
    typeof description === 'string' &&
    Number.isFinite(measured) &&
    Number.isFinite(limit)
  );
}

function failed(hook: string, description: string): ViolatedOutcome {
  return { ...common, feature: hook, description, explanation: description, measured: 1, limit: 0 };
}

const common = { kind: 'violated', check: 'custom_check', unit: 'value', rules: ['significant', 'threshold'] } as const;

function viewOf(profile: Profile): ProfileView {
  const columns = profile.columns.map(columnView);
  return { rows: profile.rowCount, columns, column: (name) => columns.find((column) => column.name === name) };
}

function columnView(column: ColumnProfile): ColumnView {
  const { name, inferredType, present, missing, distinctEstimate, numeric, values } = column;
  const moments = numeric?.moments;
  const deviation = moments?.populationStd();
  return {
    name,
    inferredType,
    present,
    missing,
    completeness: present + missing === 0 ? 0 : present / (present + missing),
    distinct: distinctEstimate,
    ...(moments?.mean !== undefined && { mean: moments.mean }),
    ...(deviation !== undefined && { standardDeviation: deviation }),
    ...(moments?.min !== undefined && { min: moments.min }),
    ...(moments?.max !== undefined && { max: moments.max }),
    quantile: (share) => (numeric === undefined ? undefined : weightedQuantile(numeric.sketch.weighted(), share)),
    ...(values && { values }),
  };
}
