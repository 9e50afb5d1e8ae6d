/** An entry of a legend as text can show it. */
export interface LegendMark {
  /** A character of the mark's form: a line, a dot, a square or a hatched one. */
  readonly sign: string;
  /** CSS. */
  readonly colour: string;
  readonly words: string;
}

/**
 * The entries of a legend as the style sheets draw them now, so that every mark has the colour of the page's theme. The
 * legend may be out of the page: `place` is in it, and shows a copy while it is read.
 */
export function legendMarks(legend: Element | undefined, place: Element): LegendMark[] {
  if (legend === undefined) return [];
  const copy = document.createElement('div');
  copy.className = 'driftline-unseen';
  copy.append(legend.cloneNode(true));
  place.append(copy);
  const marks = [...copy.querySelectorAll('li')].map((entry) => markOf(entry, entry.querySelector('.driftline-key')));
  copy.remove();
  return marks;
}

function markOf(entry: Element, key: Element | null): LegendMark {
  const words = entry.textContent ?? '';
  if (key === null) return { sign: '', colour: 'inherit', words };
  const style = getComputedStyle(key);
  const colours = [style.backgroundColor, style.borderTopColor, style.borderLeftColor].filter(isSeen);
  const line = key.clientHeight === 0 || key.clientWidth === 0;
  const broken = line && /dotted|dashed/.test(`${style.borderTopStyle} ${style.borderLeftStyle}`);
  const hatched = style.backgroundImage.includes('gradient');
  const area = style.borderTopLeftRadius === '50%' ? '●' : hatched ? '▨' : '■';
  const sign = broken ? '┄' : line ? '━' : area;
  // A mark with a border is paler inside: its border has the full colour.
  const bordered = parseFloat(style.borderTopWidth) > 0 && isSeen(style.borderTopColor);
  return { sign, colour: (bordered ? style.borderTopColor : colours[0]) ?? style.color, words };
}

function isSeen(colour: string): boolean {
  return colour !== '' && colour !== 'transparent' && !/^rgba\(.*, 0\)$/.test(colour);
}
