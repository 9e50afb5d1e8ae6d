import { type Child, element } from '../../widgets/element.js';
import { statusIcon } from '../../widgets/status-mark.js';

/** Says in place of a chart why there is none, and what to do next. */
export function emptyState(what: string, ...next: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: 'driftline-empty' },
    statusIcon('quiet'),
    element('div', {}, element('p', {}, what), ...next),
  );
}
