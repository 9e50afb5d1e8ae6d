import { stringifyServiceJson } from '../json/write-json.js';
import type { Rule, Violation } from '../report/report.js';

/** The text of `constraint_violations.json`: those of the deciding rule, with the service's keys. */
export function violationsFile(violations: readonly Violation[], rule: Rule): string {
  return stringifyServiceJson({
    violations: violations
      .filter(({ rules }) => rules.includes(rule))
      .map(({ feature, check, description }) => ({
        feature_name: feature,
        constraint_check_type: check,
        description,
      })),
  });
}
