import { UUID } from '@lumino/coreutils';
import {
  addDecision,
  type ViolationCourse,
  type ViolationDecision,
  violationState,
  withdrawDecision,
} from 'driftline/browser';
import { formatTime, formatTimeAndZone } from '../../format/time-format.js';
import { button, element } from '../../widgets/element.js';
import { statusIcon, statusMark, type Tone } from '../../widgets/status-mark.js';
import { violationSubjects } from '../violation-subject.js';
import { type DecisionKind, decisionForm } from './decision-form.js';
import type { FoundViolation } from './find-violation.js';
import { courseWords } from './state-words.js';
import type { ViolationContext } from './violation-context.js';

/**
 * How the violation stands: new or ongoing, what people decided, and what they can decide: accept, mute, note. Follows the
 * project's annotations.
 */
export function decisionsView(
  found: FoundViolation,
  course: ViolationCourse | undefined,
  context: ViolationContext,
): HTMLElement {
  const { store, monitor, violation, report } = found;
  const { trans, now, closed } = context;
  const measured = violationSubjects(report)(violation).measured;
  const state = element('p', { class: 'driftline-violation-standing' });
  const list = element('div', {});
  const place = element('div', {});
  const said = element('p', { class: 'driftline-muted', role: 'status' });
  const failed = element('div', {});
  const buttons = new Map<DecisionKind, HTMLButtonElement>();

  const annotate = async (change: Parameters<typeof store.annotate>[0], words: string): Promise<boolean> => {
    failed.replaceChildren();
    try {
      await store.annotate(change);
      said.textContent = words;
      return true;
    } catch (error) {
      said.textContent = '';
      const reason = error instanceof Error ? error.message : String(error);
      failed.replaceChildren(
        element('p', { role: 'alert' }, statusMark('drifting', trans.__('Not stored: %1', reason))),
      );
      return false;
    }
  };
  const undo = async ({ id }: ViolationDecision): Promise<void> => {
    await annotate((annotations) => withdrawDecision(annotations, id), trans.__('Taken back.'));
  };
  const close = (kind: DecisionKind): void => {
    place.replaceChildren();
    buttons.get(kind)?.setAttribute('aria-expanded', 'false');
    buttons.get(kind)?.focus();
  };
  const open = (kind: DecisionKind): void => {
    const isOpen = buttons.get(kind)?.getAttribute('aria-expanded') === 'true';
    for (const node of buttons.values()) node.setAttribute('aria-expanded', 'false');
    place.replaceChildren();
    if (isOpen) return;
    buttons.get(kind)?.setAttribute('aria-expanded', 'true');
    const form = decisionForm({ kind, measured, now: now(), trans }, async (fields) => {
      if (fields !== undefined) {
        const decision: ViolationDecision = {
          id: UUID.uuid4(),
          monitor,
          violation: violation.id,
          kind,
          at: now().toISOString(),
          ...(kind === 'accepted' && { measured: violation.measured }),
          ...fields,
        };
        if (!(await annotate((annotations) => addDecision(annotations, decision), storedWords(kind, context)))) return;
      }
      close(kind);
    });
    place.append(form);
    form.querySelector<HTMLElement>('input, textarea, select')?.focus();
  };
  const action = (kind: DecisionKind, words: string): HTMLButtonElement => {
    const node = button({ class: 'driftline-action', 'aria-expanded': 'false' }, () => open(kind), words);
    buttons.set(kind, node);
    return node;
  };
  const draw = (): void => {
    const { decisions } = store.annotations;
    const { accepted, outgrown, muted, notes, counts } = violationState(decisions, monitor, violation, now());
    const inForce = new Set([accepted, outgrown, muted, ...notes]);
    const shown = decisions.filter((decision) => inForce.has(decision));
    state.replaceChildren(
      statusMark(
        counts ? 'violated' : 'quiet',
        counts ? trans.__('Counts as a violation') : trans.__('Does not count now'),
      ),
      ...(course === undefined ? [] : [element('span', {}, courseWords(course, trans))]),
    );
    list.replaceChildren(...decisionList(shown, outgrown, undo, context, measured));
  };
  store.changed.connect(draw);
  closed.addEventListener('abort', () => store.changed.disconnect(draw));
  draw();
  const actions = element(
    'div',
    { class: 'driftline-violation-actions', role: 'group', 'aria-label': trans.__('Decide about this violation') },
    action('accepted', trans.__('Accept as new normal')),
    action('muted', trans.__('Mute until …')),
    action('note', trans.__('Add a note')),
  );
  return element('div', { class: 'driftline-violation-decisions' }, state, list, actions, place, said, failed);
}

function storedWords(kind: DecisionKind, { trans }: ViolationContext): string {
  const words: Readonly<Record<DecisionKind, string>> = {
    accepted: trans.__('Accepted; stored in the project.'),
    muted: trans.__('Muted; stored in the project.'),
    note: trans.__('Noted; stored in the project.'),
  };
  return words[kind];
}

function decisionList(
  decisions: readonly ViolationDecision[],
  outgrown: ViolationDecision | undefined,
  undo: (decision: ViolationDecision) => Promise<void>,
  { trans }: ViolationContext,
  measured: string,
): HTMLElement[] {
  if (decisions.length === 0) return [];
  const item = (decision: ViolationDecision): HTMLElement => {
    const { tone, words } = decisionWords(decision, decision === outgrown, measured, trans);
    return element(
      'li',
      {},
      statusIcon(tone),
      element(
        'div',
        {},
        element('p', {}, words, ' ', element('span', { class: 'driftline-muted' }, formatTimeAndZone(decision.at))),
        decision.text !== undefined && element('p', { class: 'driftline-violation-remark' }, decision.text),
      ),
      button(
        { class: 'driftline-link', 'aria-label': trans.__('Undo: %1', words) },
        () => void undo(decision),
        trans.__('Undo'),
      ),
    );
  };
  const title = trans.__('Decided about this violation');
  return [element('ul', { class: 'driftline-violation-decided', 'aria-label': title }, ...decisions.map(item))];
}

function decisionWords(
  { kind, until }: ViolationDecision,
  outgrown: boolean,
  measured: string,
  trans: ViolationContext['trans'],
): { readonly tone: Tone; readonly words: string } {
  if (kind === 'accepted') {
    return outgrown
      ? { tone: 'violated', words: trans.__('Accepted once, but it is further beyond its limit now: %1.', measured) }
      : { tone: 'ok', words: trans.__('Accepted as the new normal, as long as it is no further off than then.') };
  }
  return kind === 'muted'
    ? { tone: 'quiet', words: trans.__('Muted until %1.', formatTime(until ?? '')) }
    : { tone: 'quiet', words: trans.__('Note.') };
}
