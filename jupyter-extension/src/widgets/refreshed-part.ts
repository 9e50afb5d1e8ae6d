import { type Child, element } from './element.js';
import type { PanelContext } from './panel-context.js';
import { problemPanel } from './problem-panel.js';

export interface RefreshedPartOptions<Data> {
  /** What is awaited before anything is made. */
  readonly load: () => Promise<Data>;
  /** Makes the content, charts included, at once. */
  readonly make: (data: Data) => readonly Child[];
  /** Its charts mark what is chosen elsewhere: they are drawn again even where nothing else has changed. */
  readonly marks?: boolean;
}

/**
 * A part of a panel that is made again when what it shows has changed. Until the new content is there the old one stays; then
 * it takes its place, and focus and lists are where they were.
 */
export class RefreshedPart<Data> {
  readonly node: HTMLElement;
  readonly #options: RefreshedPartOptions<Data>;
  readonly #context: PanelContext;
  #key: string | undefined;
  #attempt = 0;

  constructor(options: RefreshedPartOptions<Data>, context: PanelContext, className?: string) {
    this.#options = options;
    this.#context = context;
    this.node = element('div', { class: className });
  }

  /** Makes the part again unless `key` is that of what it shows: all that the content depends on. Never throws. */
  async update(key: string): Promise<void> {
    if (key === this.#key) {
      if (this.#options.marks) this.#context.charts.refresh(this.node);
      return;
    }
    this.#key = key;
    this.#attempt += 1;
    const attempt = this.#attempt;
    const { trans } = this.#context;
    this.node.setAttribute('aria-busy', 'true');
    if (this.node.childElementCount === 0) {
      this.node.append(element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Loading …')));
    }
    let children: () => readonly Child[];
    try {
      const data = await this.#options.load();
      children = () => this.#options.make(data);
    } catch (error) {
      children = () => this.#failed(error);
    }
    if (attempt !== this.#attempt) return;
    this.#replace(children);
    this.node.removeAttribute('aria-busy');
  }

  #replace(make: () => readonly Child[]): void {
    const focus = focusedPlace(this.node);
    const scrolled = [...this.node.querySelectorAll(scrolling)].map(({ scrollTop }) => scrollTop);
    const before = [...this.node.childNodes];
    let children: readonly Child[];
    try {
      children = make();
    } catch (error) {
      children = this.#failed(error);
    }
    const now = children.filter((child) => child !== false && child !== undefined);
    // What stays is not taken off the page: a button that is being pressed would lose its click.
    if (now.length === before.length && now.every((child, index) => child === before[index])) return;
    for (const node of before) this.#context.charts.release(node);
    this.node.replaceChildren(...now);
    [...this.node.querySelectorAll(scrolling)].forEach((each, index) => {
      each.scrollTop = scrolled[index] ?? 0;
    });
    if (focus !== undefined) focusAgain(this.node, focus);
  }

  #failed(error: unknown): readonly Child[] {
    this.#key = undefined;
    const { trans } = this.#context;
    const reason = error instanceof Error ? error.message : String(error);
    return [
      problemPanel(
        { what: reason, fix: trans.__('Correct what is named, then reload the page or open this again.') },
        trans.__('This part cannot be shown'),
      ),
    ];
  }
}

interface FocusedPlace {
  readonly name: string;
  /** Among the elements of that name. */
  readonly index: number;
}

/** Parts that scroll by themselves. */
const scrolling = '.driftline-list, .driftline-table-scroll';
const focusable = 'button, input, select, summary, a[href], [tabindex]';

function nameOf(node: Element): string {
  return `${node.tagName} ${node.getAttribute('aria-label') ?? node.textContent}`;
}

/** What has the focus within `node`, so that its successor can be found. */
function focusedPlace(node: HTMLElement): FocusedPlace | undefined {
  const focused = document.activeElement;
  if (focused === null || focused === node || !node.contains(focused)) return undefined;
  const name = nameOf(focused);
  const alike = [...node.querySelectorAll(focusable)].filter((each) => nameOf(each) === name);
  return { name, index: alike.indexOf(focused) };
}

function focusAgain(node: HTMLElement, { name, index }: FocusedPlace): void {
  const alike = [...node.querySelectorAll<HTMLElement>(focusable)].filter((each) => nameOf(each) === name);
  (alike[index] ?? alike[0])?.focus({ preventScroll: true });
}
