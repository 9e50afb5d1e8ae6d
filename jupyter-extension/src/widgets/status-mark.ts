import { element } from './element.js';
import { svgElement, svgIcon } from './svg-element.js';

export type Tone = 'violated' | 'drifting' | 'ok' | 'quiet';

/** Shape as well as colour tells the tones apart. */
const shapes: Readonly<Record<Tone, string>> = {
  violated: 'M8 1.500 15.200 14.500H.800zM7.250 6v4.250h1.500V6zm0 5.250v1.500h1.500v-1.500z',
  drifting: 'M8 .800 15.200 8 8 15.200.800 8zM7.250 4.500v4.250h1.500V4.500zm0 5.250v1.500h1.500v-1.500z',
  ok: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-1 9.800L4.200 8l1-1L7 8.700l3.800-3.800 1 1z',
  quiet: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4.500 7.250h7v1.500h-7z',
};

/** An icon for a tone; the words beside it carry the meaning. */
export function statusIcon(tone: Tone): HTMLElement {
  return markIcon(shapes[tone], tone);
}

/** A shape of 16 by 16 in the colour of a tone. */
export function markIcon(shape: string, tone: Tone): HTMLElement {
  const node = svgIcon(14, svgElement('path', { d: shape }));
  return element('span', { class: `driftline-icon driftline-${tone}`, 'aria-hidden': 'true' }, node);
}

/** Icon and words. */
export function statusMark(tone: Tone, words: string): HTMLElement {
  return element('span', { class: `driftline-status driftline-${tone}` }, statusIcon(tone), words);
}
