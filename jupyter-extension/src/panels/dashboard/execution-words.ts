import type { ExecutionOutcome, ExecutionRecord, ViolationRecord } from 'driftline';
import type { PanelContext } from '../../widgets/panel-context.js';
import { stateText } from '../../widgets/state-mark.js';

/** The violations under the rule that decided. */
export function decidedViolations({ violations, rule }: ExecutionRecord): readonly ViolationRecord[] {
  return violations.filter(({ rules }) => rule === undefined || rules.includes(rule));
}

/** What an execution came to, in the words of monitors' states: "6 violations", "no data". */
export function outcomeText(outcome: ExecutionOutcome, violations: number, trans: PanelContext['trans']): string {
  return stateText({ kind: outcome, violations, accepted: 0, muted: 0 }, trans);
}

/** Whom a violation is about: a feature, a metric, a metric of a group. */
export function violationName({ feature, facet, label }: ViolationRecord): string {
  const whom = facet?.title ?? label;
  return whom === undefined ? feature : `${whom}: ${feature}`;
}
