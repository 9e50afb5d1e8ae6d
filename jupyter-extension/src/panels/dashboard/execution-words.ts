import type { ExecutionRecord, ViolationRecord } from 'driftline';
import type { PanelContext } from '../../widgets/panel-context.js';

type Trans = PanelContext['trans'];

/** The violations under the rule that decided. */
export function decidedViolations({ violations, rule }: ExecutionRecord): readonly ViolationRecord[] {
  return violations.filter(({ rules }) => rule === undefined || rules.includes(rule));
}

/** What an execution came to: "6 violations", "no data". */
export function outcomeText(execution: Pick<ExecutionRecord, 'outcome'>, violations: number, trans: Trans): string {
  const words: Readonly<Record<ExecutionRecord['outcome'], string>> = {
    ok: trans.__('no violations'),
    violations: trans._n('1 violation', '%1 violations', violations),
    'no-data': trans.__('no data'),
    failed: trans.__('failed'),
    stopped: trans.__('stopped'),
  };
  return words[execution.outcome];
}

/** Whom a violation is about: a feature, a metric, a metric of a group. */
export function violationName({ feature, facet, label }: ViolationRecord): string {
  const whom = facet?.title ?? label;
  return whom === undefined ? feature : `${whom}: ${feature}`;
}
