/** An element of SVG; attributes are set as text. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[Tag] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** An icon of 16 by 16 units in the colour of the text around it, hidden from screen readers. */
export function svgIcon(size: number, ...shapes: readonly SVGElement[]): SVGSVGElement {
  const [width, height] = [String(size), String(size)];
  const attributes = { viewBox: '0 0 16 16', width, height, focusable: 'false', 'aria-hidden': 'true' };
  return svgElement('svg', { ...attributes, fill: 'currentColor', 'fill-rule': 'evenodd' }, ...shapes);
}
