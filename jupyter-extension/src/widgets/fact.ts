import { type Child, element } from './element.js';

/** One entry of a `dl.driftline-facts`: its name, its value, and below it what qualifies the value. */
export function fact(name: string, value: string, more?: Child): HTMLElement {
  return element(
    'div',
    { class: 'driftline-fact' },
    element('dt', {}, name),
    element('dd', {}, value, more && element('span', { class: 'driftline-fact-more' }, more)),
  );
}
