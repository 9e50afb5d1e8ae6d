import { stringifyServiceJson } from '../json/write-json.js';
import type { Rule, Violation } from '../report/report.js';

/** `constraint_violations.json` in the service's layout. Keys not listed are kept. */
export interface ViolationsFile {
  /** Bias and explainability only. */
  readonly version?: string | number | undefined;
  readonly violations: readonly {
    /** Data quality. */
    readonly feature_name?: string | undefined;
    /** The other monitor types. */
    readonly metric_name?: string | undefined;
    /** Bias: the facet's column and its group. */
    readonly facet?: string | undefined;
    readonly facet_value?: string | undefined;
    /** Explainability: the model's output. */
    readonly label?: string | undefined;
    readonly constraint_check_type: string;
    readonly description: string;
  }[];
}

/**
 * The text of `constraint_violations.json`: those of the deciding rule, with the service's keys.
 *
 * @param nameKey - `metric_name` in model quality.
 */
export function violationsFile(
  violations: readonly Violation[],
  rule: Rule,
  nameKey: 'feature_name' | 'metric_name' = 'feature_name',
): string {
  const file: ViolationsFile = {
    violations: violations
      .filter(({ rules }) => rules.includes(rule))
      .map(({ feature, check, description }) =>
        // The service writes a metric's name last, a feature's first.
        nameKey === 'metric_name'
          ? { constraint_check_type: check, description, metric_name: feature }
          : { feature_name: feature, constraint_check_type: check, description },
      ),
  };
  return stringifyServiceJson(file);
}

/** The text of `constraint_violations.json` of a bias or explainability check. */
export function analysisViolationsFile(violations: readonly Violation[]): string {
  const file: ViolationsFile = {
    version: '1.0',
    violations: violations.map(({ facet, label, feature, check, description }) => ({
      ...(facet && { facet: facet.name, facet_value: facet.value }),
      ...(label !== undefined && { label }),
      metric_name: feature,
      constraint_check_type: check,
      description,
    })),
  };
  return stringifyServiceJson(file);
}
