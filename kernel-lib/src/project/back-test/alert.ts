import type { CheckType, Report, Rule } from '../../report/report.js';

/** What an execution raised, or would have raised. */
export interface BackTestAlert {
  /** As `Violation.id`. */
  readonly id: string;
  /** The feature or metric; of bias with its facet: "sex = Female: DPPL". */
  readonly title: string;
  readonly check: CheckType;
  readonly measured: number;
  readonly limit: number;
}

/** The violations of a report under a rule. */
export function recorded({ violations }: Report, rule: Rule): BackTestAlert[] {
  return violations
    .filter(({ rules }) => rules.includes(rule))
    .map(({ id, feature, facet, label, check, measured, limit }) => ({
      id,
      title: facet ? `${facet.title}: ${feature}` : label === undefined ? feature : `${feature} of ${label}`,
      check,
      measured,
      limit,
    }));
}
