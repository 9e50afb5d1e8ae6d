import { type Constraints, effectiveConfig } from '../constraints/constraints.js';
import type { Profile } from '../profile/profile.js';
import { categoricalValuesCheck } from './checks/categorical-values.js';
import { extraColumnCheck, missingColumnCheck } from './checks/columns.js';
import { completenessCheck } from './checks/completeness.js';
import { dataTypeCheck } from './checks/data-type.js';
import { compareFeatures, driftOutcome, type FeatureDrift, type NotCompared } from './drift.js';
import type { CheckOutcome, FeatureInput } from './outcome.js';

/** All outcomes of a run, and how each feature compares. */
export interface CheckedConstraints {
  /** In the order of the constraints file, the column checks first. */
  readonly outcomes: readonly CheckOutcome[];
  readonly drift: readonly (FeatureDrift | NotCompared)[];
}

/**
 * Holds a profile against constraints: the service's six checks under both rules. Features whose evaluation is disabled
 * are left out, and with evaluation disabled for all so are the column checks. Columns that are missing are reported once, and the columns that are there are checked all the same (of
 * the service one file was seen that reports nothing beside missing columns).
 *
 * @param baseline - undefined where only constraints are known; the drift check is then not applicable.
 */
export function checkConstraints(
  baseline: Profile | undefined,
  current: Profile,
  constraints: Constraints,
): CheckedConstraints {
  const baselineColumns = new Map((baseline?.columns ?? []).map((column) => [column.name, column]));
  const currentColumns = new Map(current.columns.map((column) => [column.name, column]));
  const expected = constraints.features.map(({ name }) => name);
  const found = [...currentColumns.keys()];

  const inputs: FeatureInput[] = constraints.features.flatMap((constraint) => {
    const column = currentColumns.get(constraint.name);
    const config = effectiveConfig(constraints, constraint.name);
    if (column === undefined || !config.evaluate) return [];
    return [{ constraint, config, baseline: baselineColumns.get(constraint.name), current: column }];
  });
  const drift = compareFeatures(inputs);
  const outcomes = inputs.flatMap((input, index) => [
    dataTypeCheck(input),
    completenessCheck(input),
    driftOutcome(drift[index]!),
    categoricalValuesCheck(input),
  ]);
  return { outcomes: [...columnChecks(constraints, expected, found), ...outcomes], drift };
}

function columnChecks(
  constraints: Constraints,
  expected: readonly string[],
  found: readonly string[],
): readonly CheckOutcome[] {
  const checks = [missingColumnCheck(expected, found), extraColumnCheck(expected, found)];
  if (constraints.monitoring_config?.evaluate_constraints !== 'Disabled') return checks;
  const reason = 'checks are disabled in constraints.json';
  return checks.map(({ check, feature }) => ({ kind: 'notApplicable', check, feature, reason }));
}
