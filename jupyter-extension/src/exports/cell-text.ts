import { noValue } from '../format/number-format.js';
import type { Child } from '../widgets/element.js';

const shownNumber = /^[−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$/;

/**
 * What a cell says, for a file: the texts of its parts with a space between them, nothing for "no value", a number without
 * its separators of thousands.
 */
export function cellText(cell: Child): string {
  if (cell === undefined || cell === false) return '';
  const text = (typeof cell === 'string' ? cell : partsOf(cell).join(' ')).replace(/\s+/g, ' ').trim();
  if (text === noValue) return '';
  return shownNumber.test(text) ? text.replaceAll(',', '').replace('−', '-') : text;
}

/** The texts within a node, but for those that are hidden from everybody. */
function partsOf(node: Node): string[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return [];
  return [...node.childNodes].flatMap(partsOf);
}
