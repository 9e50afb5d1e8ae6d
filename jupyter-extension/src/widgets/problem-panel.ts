import type { Problem } from '../report/read-report.js';
import { type Child, element } from './element.js';
import { statusMark } from './status-mark.js';

/** Says why nothing is shown and what to do, in place of a panel. */
export function problemPanel({ what, fix }: Problem, title: string, ...more: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: 'driftline-problem', role: 'alert' },
    element('p', { class: 'driftline-problem-title' }, statusMark('drifting', title)),
    element('p', {}, what),
    element('p', { class: 'driftline-muted' }, fix),
    ...more,
  );
}
