import type { ViolationDecision } from './annotations.js';
import type { ExecutionRecord } from './execution-record.js';
import { violationState } from './violation-state.js';

/**
 * What of an execution's violations people have decided about: "2 accepted, 1 muted"; undefined where nothing is. Of those
 * under the deciding rule.
 *
 * @param execution - with all its violations.
 */
export function decidedWords(
  { violations, rule }: Pick<ExecutionRecord, 'violations' | 'rule'>,
  monitor: string,
  decisions: readonly ViolationDecision[],
  now: Date,
): string | undefined {
  const states = violations
    .filter(({ rules }) => rule === undefined || rules.includes(rule))
    .map((violation) => violationState(decisions, monitor, violation, now));
  const accepted = states.filter((state) => state.accepted !== undefined).length;
  const muted = states.filter((state) => state.accepted === undefined && state.muted !== undefined).length;
  const words = [accepted > 0 && `${accepted} accepted`, muted > 0 && `${muted} muted`].filter(
    (part) => part !== false,
  );
  return words.length > 0 ? words.join(', ') : undefined;
}
