import { button, element, uniqueId } from './element.js';
import type { PanelContext } from './panel-context.js';

export interface ChooserOptions<Item> {
  readonly items: readonly Item[];
  readonly name: (item: Item) => string;
  /** What stands in the item's button. */
  readonly parts: (item: Item) => readonly Node[];
  /** Everything about the chosen item; its first `h4` takes the focus of those who come from elsewhere. */
  readonly detail: (item: Item) => readonly HTMLElement[];
  /** What is filtered: "Filter features". */
  readonly filterWords: string;
  /** How many are left: "3 of 15 features". */
  readonly countWords: (left: number, all: number) => string;
  /** Up to so many items there is no filter; 0 by default. */
  readonly unfiltered?: number;
  /** Further class of the whole. */
  readonly className?: string;
}

export interface Chooser<Item> {
  readonly node: HTMLElement;
  /** Shows an item without moving the page. */
  show(item: Item): void;
  /** Shows an item, and takes the reader to it. */
  goTo(item: Item): void;
}

/** Items in a list with a filter, and beside it everything about the chosen one. Alone, an item needs no list. */
export function chooser<Item>(options: ChooserOptions<Item>, { charts }: PanelContext): Chooser<Item> {
  const { items, name, parts, filterWords, countWords, unfiltered = 0 } = options;
  const detailId = uniqueId('chosen');
  const detail = element('div', { id: detailId, class: 'driftline-detail', role: 'region', 'aria-live': 'off' });
  const count = element('p', { class: 'driftline-muted driftline-count', role: 'status' });
  const filter = element('input', { type: 'search', placeholder: filterWords, 'aria-label': filterWords });
  const entries = items.map((item) => {
    const node = button(
      { 'aria-pressed': 'false', 'aria-controls': detailId, tabindex: '-1' },
      () => show(item),
      ...parts(item),
    );
    return { item, node, row: element('li', {}, node) };
  });
  const list = element('ul', { class: 'driftline-list' }, ...entries.map(({ row }) => row));

  const show = (wanted: Item): void => {
    for (const { item, node } of entries) {
      node.setAttribute('aria-pressed', String(item === wanted));
      node.tabIndex = item === wanted ? 0 : -1;
    }
    charts.release(detail);
    detail.setAttribute('aria-label', name(wanted));
    detail.replaceChildren(...options.detail(wanted));
  };
  const applyFilter = (): void => {
    const wanted = filter.value.trim().toLowerCase();
    for (const { item, row } of entries) row.hidden = !name(item).toLowerCase().includes(wanted);
    const visible = entries.filter(({ row }) => !row.hidden);
    count.textContent = countWords(visible.length, entries.length);
    if (!visible.some(({ node }) => node.tabIndex === 0)) {
      const first = visible[0];
      if (first) first.node.tabIndex = 0;
    }
  };
  filter.addEventListener('input', applyFilter);
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') moveFocus(event, entries.find(({ row }) => !row.hidden)?.node);
  });
  list.addEventListener('keydown', (event) => {
    const visible = entries.filter(({ row }) => !row.hidden).map(({ node }) => node);
    const at = visible.indexOf(document.activeElement as HTMLButtonElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (at >= 0 && target !== undefined) moveFocus(event, visible[target]);
  });
  applyFilter();
  if (items[0] !== undefined) show(items[0]);

  const goTo = (wanted: Item): void => {
    const entry = entries.find(({ item }) => item === wanted);
    if (entry === undefined) return;
    filter.value = '';
    applyFilter();
    show(wanted);
    scrollWithin(list, entry.row);
    const heading = detail.querySelector('h4');
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
    detail.scrollIntoView?.({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    heading?.focus({ preventScroll: true });
  };
  const className = ['driftline-features', options.className].filter(Boolean).join(' ');
  const searched = items.length > unfiltered;
  const node =
    items.length > 1 || unfiltered === 0
      ? element(
          'div',
          { class: className },
          element('div', { class: 'driftline-chooser' }, searched && filter, searched && count, list),
          detail,
        )
      : detail;
  return { node, show, goTo };
}

function moveFocus(event: KeyboardEvent, node: HTMLElement | undefined): void {
  event.preventDefault();
  event.stopPropagation();
  node?.focus();
}

/** Scrolls the list alone, not the page. */
function scrollWithin(list: HTMLElement, row: HTMLElement): void {
  const top = row.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top;
}
