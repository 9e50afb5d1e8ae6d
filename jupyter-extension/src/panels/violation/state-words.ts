import type { TranslationBundle } from '@jupyterlab/translation';
import type { ViolationCourse, ViolationState } from 'driftline/browser';
import { formatTime } from '../../format/time-format.js';
import type { Tone } from '../../widgets/status-mark.js';

/** A state with its icon. */
export interface StateWords {
  readonly tone: Tone;
  readonly words: string;
}

/** What people decided about a violation, in words; nothing where nobody did. */
export function decidedStates(state: ViolationState, trans: TranslationBundle): StateWords[] {
  const { accepted, outgrown, muted, notes } = state;
  return [
    ...(accepted ? [{ tone: 'ok' as const, words: trans.__('Accepted as normal') }] : []),
    ...(outgrown ? [{ tone: 'violated' as const, words: trans.__('Further than what was accepted') }] : []),
    ...(muted?.until === undefined
      ? []
      : [{ tone: 'quiet' as const, words: trans.__('Muted until %1', formatTime(muted.until)) }]),
    ...(notes.length === 0 ? [] : [{ tone: 'quiet' as const, words: trans._n('1 note', '%1 notes', notes.length) }]),
  ];
}

/** Whether the violation is new or goes on, and whether it has ended since. */
export function courseWords(course: ViolationCourse, trans: TranslationBundle): string {
  const { executions, first, orEarlier, later, ended } = course;
  const until =
    executions > 1
      ? trans.__('Ongoing: found in %1 executions in a row, since that of %2', String(executions), formatTime(first))
      : trans.__('New in this execution');
  const begun = executions > 1 && orEarlier ? trans.__('%1 (the first one known)', until) : until;
  if (ended !== undefined) {
    return later > 0
      ? trans.__('%1; found in %2 more, and no longer in that of %3', begun, String(later), formatTime(ended))
      : trans.__('%1; no longer found in that of %2', begun, formatTime(ended));
  }
  return later > 0
    ? trans._n('%2; found again in the one after it', '%2; found again in all %1 after it', later, begun)
    : begun;
}
