import type { Violation } from '../report/report.js';
import type { ViolationDecision } from './annotations.js';

/** What people decided about a violation, as it stands now. Of each kind the latest decision is in force. */
export interface ViolationState {
  /** Whether it still asks for attention: neither accepted nor muted. */
  readonly counts: boolean;
  /** It was accepted, and the measure is no further beyond its limit than what was accepted. */
  readonly accepted?: ViolationDecision;
  /** It was accepted, but is further beyond its limit now: the acceptance does not hold. */
  readonly outgrown?: ViolationDecision;
  /** Muted, and its time has not come. */
  readonly muted?: ViolationDecision;
  /** Remarks, the earliest first. */
  readonly notes: readonly ViolationDecision[];
}

/** The part of a violation that its state depends on; reports and histories both have it. */
export type DecidedViolation = Pick<Violation, 'id' | 'measured' | 'limit'>;

/**
 * What holds of a violation by the decisions of a project's annotations.
 *
 * `accepted` holds while the measure is no further beyond its limit than the one that was accepted, on the same side of the
 * limit; an acceptance that does not say what was measured covers nothing. `muted` holds before its `until`.
 *
 * @param decisions - of all monitors, in any order; decisions made at the same time count in their order.
 */
export function violationState(
  decisions: readonly ViolationDecision[],
  monitor: string,
  violation: DecidedViolation,
  now: Date,
): ViolationState {
  const own = decisions
    .filter((decision) => decision.monitor === monitor && decision.violation === violation.id)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const accepted = own.findLast(({ kind }) => kind === 'accepted');
  const muted = own.findLast(({ kind }) => kind === 'muted');
  const holds = accepted !== undefined && isWithin(accepted, violation);
  const isMuted = muted?.until !== undefined && Date.parse(muted.until) > now.getTime();
  return {
    counts: !holds && !isMuted,
    ...(accepted && (holds ? { accepted } : { outgrown: accepted })),
    ...(isMuted && { muted }),
    notes: own.filter(({ kind }) => kind === 'note'),
  };
}

/** Measures are rounded where they are printed and compared as they are: equal ones come from the same counts. */
function isWithin({ measured: accepted }: ViolationDecision, { measured, limit }: DecidedViolation): boolean {
  if (accepted === undefined) return false;
  if (measured === limit) return accepted === measured;
  return measured > limit ? measured <= accepted : measured >= accepted;
}
