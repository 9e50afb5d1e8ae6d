import type { CellCondition } from '../capture/condition.js';
import type { EffectiveConfig, FeatureConstraint } from '../constraints/constraints.js';
import type { ColumnProfile } from '../profile/profile.js';
import type { CheckType, Rule, Violation } from '../report/report.js';

/** What one check of one feature came to. */
export type CheckOutcome =
  | { readonly kind: 'passed'; readonly check: CheckType; readonly feature: string }
  | { readonly kind: 'notApplicable'; readonly check: CheckType; readonly feature: string; readonly reason: string }
  | ViolatedOutcome;

export interface ViolatedOutcome {
  readonly kind: 'violated';
  readonly check: CheckType;
  readonly feature: string;
  /** The service's wording. */
  readonly description: string;
  readonly measured: number;
  readonly limit: number;
  readonly baselineValue?: number;
  readonly unit: Violation['unit'];
  readonly rules: readonly Rule[];
  /** How many rows carry it, and which. */
  readonly rows?: number;
  readonly condition?: CellCondition;
  /** Said instead of a sentence made from the numbers: a check hook's own words, the names of columns. */
  readonly explanation?: string;
}

/** What a check of a single feature looks at. `baseline` is undefined where only constraints are known. */
export interface FeatureInput {
  readonly constraint: FeatureConstraint;
  readonly config: EffectiveConfig;
  readonly baseline: ColumnProfile | undefined;
  readonly current: ColumnProfile;
}

/** Both rules flag it: the five checks that are not about distributions. */
export const BOTH_RULES: readonly Rule[] = ['significant', 'threshold'];
