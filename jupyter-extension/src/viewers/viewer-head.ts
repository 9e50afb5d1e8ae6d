import { type Child, element } from '../widgets/element.js';
import { asText } from './file-content.js';

/** The title of a file's view, and its facts; those without a value are left out. `beside` stands beside the title. */
export function viewerHead(
  title: string,
  facts: readonly (readonly [name: string, value: unknown])[],
  ...beside: readonly Child[]
): HTMLElement {
  return element(
    'header',
    { class: 'driftline-summary' },
    element('div', { class: 'driftline-title' }, element('h2', {}, title), ...beside),
    element(
      'dl',
      { class: 'driftline-facts' },
      ...facts
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) =>
          element('div', { class: 'driftline-fact' }, element('dt', {}, name), element('dd', {}, asText(value))),
        ),
    ),
  );
}
