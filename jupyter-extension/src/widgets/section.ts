import { type Child, element, uniqueId } from './element.js';

/** A part of a panel under its own heading, which names it. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  const id = uniqueId('section');
  return element('section', { 'aria-labelledby': id }, element('h3', { id }, title), ...children);
}
