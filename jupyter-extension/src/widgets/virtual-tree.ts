import { element } from './element.js';
import { type TreeRow, treeMove, typedRow } from './tree-keys.js';

/** How a {@link VirtualTree} shows its rows, and what they do. */
export interface VirtualTreeOptions<Row extends TreeRow> {
  /** What the tree lists, for screen readers. */
  readonly label: string;
  /** In pixels; the same as long as the width of the tree is. */
  readonly heightOf: (row: Row) => number;
  /** Makes the content of a row; attributes of `node` may be set, those of ARIA trees are. */
  readonly fill: (row: Row, node: HTMLElement) => readonly Node[];
  /** Rows of one key and one signature look the same. */
  readonly signatureOf: (row: Row) => string;
  /** What typing finds. */
  readonly textOf: (row: Row) => string;
  readonly onToggle: (row: Row) => void;
  /** Enter, and a click on a row that has nothing below it. */
  readonly onOpen: (row: Row) => void;
}

interface Drawn {
  readonly node: HTMLElement;
  signature: string;
}

/** Rows kept above and below what is in view. */
const MARGIN = 6;
/** Height of the view where there is no layout. */
const UNKNOWN_HEIGHT = 600;
const TYPING_MS = 700;

/**
 * A tree of any number of rows of which only those in view are on the page. One stop of the Tab key: arrows go from row to
 * row, Tab to the buttons of the row that has the focus.
 */
export class VirtualTree<Row extends TreeRow> {
  /** Scrolls; as high as the page lets it be. */
  readonly node: HTMLElement;
  readonly #tree: HTMLElement;
  readonly #options: VirtualTreeOptions<Row>;
  readonly #drawn = new Map<string, Drawn>();
  #rows: readonly Row[] = [];
  /** Tops of the rows, and the bottom of the last one. */
  #tops: number[] = [0];
  #active: string | undefined;
  #typed = { text: '', at: Number.NEGATIVE_INFINITY };
  #planned = false;

  constructor(options: VirtualTreeOptions<Row>) {
    this.#options = options;
    this.#tree = element('div', { class: 'driftline-tree', role: 'tree', 'aria-label': options.label });
    this.node = element('div', { class: 'driftline-tree-scroll' }, this.#tree);
    this.node.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    this.#tree.addEventListener('focusin', (event) => this.#focused(event.target));
    this.#tree.addEventListener('keydown', (event) => this.#pressed(event));
    this.#tree.addEventListener('click', (event) => this.#clicked(event));
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** The row that has the focus, or would get it. */
  get active(): Row | undefined {
    return this.#rows[this.#activeIndex()];
  }

  /** The row that an element lies in. */
  rowOf(node: Element | null): Row | undefined {
    const key = node?.closest<HTMLElement>('[role="treeitem"]')?.dataset['key'];
    return key === undefined ? undefined : this.#rows.find((row) => row.key === key);
  }

  /** Shows other rows. Focus and place stay as far as their rows do. */
  setRows(rows: readonly Row[]): void {
    const before = this.#activeIndex();
    this.#rows = rows;
    if (!rows.some(({ key }) => key === this.#active)) {
      this.#active = rows[Math.min(Math.max(0, before), rows.length - 1)]?.key;
    }
    this.layout();
  }

  /** The width or the font has changed: rows may have other heights. */
  layout(): void {
    let top = 0;
    this.#tops = [0];
    for (const row of this.#rows) {
      top += this.#options.heightOf(row);
      this.#tops.push(top);
    }
    this.#tree.style.height = `${top}px`;
    this.draw();
  }

  /** Takes the keyboard to a row, or to the one that had it last. */
  focus(key: string | undefined = this.#active): void {
    const index = this.#rows.findIndex((row) => row.key === key);
    if (index >= 0) this.#goTo(index);
  }

  /** Puts the rows in view onto the page, and takes the others off. */
  draw(): void {
    const focused = this.#tree.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
    const action = focused?.dataset['action'];
    const wanted = this.#inView();
    const keep = new Set(wanted.map((index) => this.#rows[index]!.key));
    for (const [key, { node }] of this.#drawn) {
      if (keep.has(key)) continue;
      node.remove();
      this.#drawn.delete(key);
    }
    let cursor = this.#tree.firstElementChild;
    for (const index of wanted) {
      const node = this.#place(index);
      if (node === cursor) cursor = cursor.nextElementSibling;
      else this.#tree.insertBefore(node, cursor);
    }
    if (focused === undefined || document.activeElement === focused) return;
    const row = this.#drawn.get(this.#active ?? '')?.node;
    const same = action === undefined ? undefined : row?.querySelector<HTMLElement>(`[data-action="${action}"]`);
    (same ?? row)?.focus({ preventScroll: true });
  }

  #drawSoon(): void {
    if (this.#planned) return;
    this.#planned = true;
    requestAnimationFrame(() => {
      this.#planned = false;
      this.draw();
    });
  }

  /** Places of the rows to draw, ascending: those in view, and the one with the focus wherever it is. */
  #inView(): number[] {
    const { scrollTop, clientHeight } = this.node;
    const bottom = scrollTop + (clientHeight || UNKNOWN_HEIGHT);
    const first = Math.max(0, this.#rowAt(scrollTop) - MARGIN);
    const last = Math.min(this.#rows.length - 1, this.#rowAt(bottom) + MARGIN);
    const places: number[] = [];
    for (let index = first; index <= last; index++) places.push(index);
    const active = this.#activeIndex();
    if (active >= 0 && active < first) places.unshift(active);
    if (active > last) places.push(active);
    return places;
  }

  /** The row at a height. */
  #rowAt(y: number): number {
    let [low, high] = [0, Math.max(0, this.#rows.length - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #place(index: number): HTMLElement {
    const row = this.#rows[index]!;
    const { key, level, setSize, position, expanded } = row;
    const drawn = this.#drawn.get(key) ?? { node: element('div', { role: 'treeitem' }), signature: '' };
    this.#drawn.set(key, drawn);
    const { node } = drawn;
    const signature = this.#options.signatureOf(row);
    if (drawn.signature !== signature) {
      node.dataset['key'] = key;
      node.replaceChildren(...this.#options.fill(row, node));
      drawn.signature = signature;
    }
    setAttributes(node, {
      'aria-level': String(level),
      'aria-setsize': String(setSize),
      'aria-posinset': String(position),
      'aria-expanded': expanded === undefined ? undefined : String(expanded),
    });
    node.style.top = `${this.#tops[index]}px`;
    node.style.height = `${this.#tops[index + 1]! - this.#tops[index]!}px`;
    this.#setStop(node, key === this.#active);
    return node;
  }

  #setStop(node: HTMLElement, isActive: boolean): void {
    node.tabIndex = isActive ? 0 : -1;
    node.setAttribute('aria-selected', String(isActive));
    for (const inner of node.querySelectorAll<HTMLElement>('button')) inner.tabIndex = isActive ? 0 : -1;
  }

  #activeIndex(): number {
    return this.#rows.findIndex(({ key }) => key === this.#active);
  }

  #focused(target: EventTarget | null): void {
    const key = (target as Element | null)?.closest<HTMLElement>('[role="treeitem"]')?.dataset['key'];
    if (key === undefined || key === this.#active) return;
    this.#active = key;
    for (const [each, { node }] of this.#drawn) this.#setStop(node, each === key);
  }

  #goTo(index: number): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    const [top, bottom] = [this.#tops[index]!, this.#tops[index + 1]!];
    const height = this.node.clientHeight || UNKNOWN_HEIGHT;
    if (top < this.node.scrollTop) this.node.scrollTop = top;
    else if (bottom > this.node.scrollTop + height) this.node.scrollTop = bottom - height;
    this.#active = row.key;
    this.draw();
    this.#drawn.get(row.key)?.node.focus({ preventScroll: true });
  }

  #pressed(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = this.#activeIndex();
    const onRow = (target as Element).getAttribute('role') === 'treeitem';
    if (!onRow && (key === 'Enter' || key === ' ')) return;
    if (!onRow && key === 'Escape') {
      event.stopPropagation();
      this.focus();
      return;
    }
    const page = Math.floor((this.node.clientHeight || UNKNOWN_HEIGHT) / Math.max(1, this.#heightAt(at)));
    const move = treeMove(key, this.#rows, at, page);
    const row = this.#rows[at];
    if (move === undefined || row === undefined) {
      if (key.length === 1 && key !== ' ' && !event.shiftKey) this.#type(event, at);
      return;
    }
    event.preventDefault();
    if (move.kind === 'go') this.#goTo(move.to);
    else if (move.kind === 'toggle') this.#options.onToggle(row);
    else this.#options.onOpen(row);
  }

  #type(event: KeyboardEvent, at: number): void {
    const goesOn = event.timeStamp - this.#typed.at < TYPING_MS;
    this.#typed = { text: (goesOn ? this.#typed.text : '') + event.key, at: event.timeStamp };
    const found = typedRow(this.#rows.map(this.#options.textOf), at, this.#typed.text);
    if (found >= 0) this.#goTo(found);
  }

  #heightAt(index: number): number {
    return (this.#tops[index + 1] ?? 0) - (this.#tops[index] ?? 0);
  }

  #clicked({ target }: MouseEvent): void {
    if ((target as Element).closest('button') !== null) return;
    const row = this.rowOf(target as Element);
    if (row === undefined) return;
    if (row.expanded === undefined) this.#options.onOpen(row);
    else this.#options.onToggle(row);
  }
}

function setAttributes(node: HTMLElement, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
