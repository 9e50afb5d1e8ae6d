import type { FeatureAttributionReport } from 'driftline';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { svgElement, svgIcon } from '../../widgets/svg-element.js';
import { directionWords } from './attribution-words.js';

type Direction = FeatureAttributionReport['direction'];

/** Shape tells the directions apart, the words beside it say them. */
const shapes: Readonly<Record<Direction, string>> = {
  rose: 'M8 2 14 10H10v4H6v-4H2z',
  fell: 'M8 14 2 6h4V2h4v4h4z',
  unchanged: 'M2 5h12v2H2zm0 4h12v2H2z',
  'not-judged': 'M3 7h10v2H3z',
};

/** An arrow up or down, an equals sign or a dash. */
export function directionIcon(direction: Direction): HTMLElement {
  const node = svgIcon(13, svgElement('path', { d: shapes[direction] }));
  return element('span', { class: `driftline-icon driftline-direction-${direction}`, 'aria-hidden': 'true' }, node);
}

/** Icon and words. */
export function directionMark(direction: Direction, trans: PanelContext['trans']): HTMLElement {
  return element(
    'span',
    { class: `driftline-status driftline-direction-${direction}` },
    directionIcon(direction),
    directionWords(direction, trans),
  );
}
