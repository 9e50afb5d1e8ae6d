export type Child = Node | string | false | undefined;
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Makes an element. Attributes that are `true` are set empty, `false` and undefined ones left out; text children are
 * text nodes, never markup.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== false && child !== undefined));
  return node;
}

/** A button that does not submit, with its action. */
export function button(attributes: Attributes, action: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const node = element('button', { type: 'button', ...attributes }, ...children);
  node.addEventListener('click', action);
  return node;
}

let last = 0;

/** An id that no other element of the page has. */
export function uniqueId(name: string): string {
  last += 1;
  return `driftline-${name}-${last}`;
}
