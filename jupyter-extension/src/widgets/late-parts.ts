import type { TranslationBundle } from '@jupyterlab/translation';
import { button, element } from './element.js';
import { problemPanel } from './problem-panel.js';

/** A part of a panel whose code is fetched when it is first shown. */
export interface LatePart<Panel> {
  /** Says that the part is being loaded, and gives way to it. */
  readonly node: HTMLElement;
  /** Does something with the part: at once where it is there, else when it arrives. */
  use(action: (panel: Panel) => void): void;
}

export interface LatePartOptions<Code, Panel> {
  /** What is being loaded: "feature attribution". */
  readonly title: string;
  /** Fetches the code. */
  readonly load: () => Promise<Code>;
  /** Makes the part. */
  readonly make: (code: Code) => Panel;
  /** What takes the place of the waiting words. */
  readonly nodes: (panel: Panel) => readonly HTMLElement[];
}

/** The parts of one panel that are fetched late: a page that shows none of them never loads their code. */
export class LateParts {
  readonly #trans: TranslationBundle;
  #loading: Promise<void>[] = [];
  #epoch = 0;

  constructor(trans: TranslationBundle) {
    this.#trans = trans;
  }

  /** Begins to load a part. */
  add<Code, Panel>({ title, load, make, nodes }: LatePartOptions<Code, Panel>): LatePart<Panel> {
    const trans = this.#trans;
    const epoch = this.#epoch;
    const node = element('div', { class: 'driftline-late' });
    const waiting: ((panel: Panel) => void)[] = [];
    let there: { readonly panel: Panel } | undefined;
    const attempt = async (): Promise<void> => {
      node.setAttribute('aria-busy', 'true');
      const words = trans.__('Loading the part on %1 …', title);
      node.replaceChildren(element('p', { class: 'driftline-muted', role: 'status' }, words));
      let code: Code;
      try {
        code = await load();
      } catch (error) {
        node.removeAttribute('aria-busy');
        node.replaceChildren(this.#notLoaded(title, error, () => this.#loading.push(attempt())));
        return;
      }
      if (epoch !== this.#epoch) return;
      try {
        const panel = make(code);
        node.replaceWith(...nodes(panel));
        there = { panel };
        for (const action of waiting.splice(0)) action(panel);
      } catch (error) {
        node.removeAttribute('aria-busy');
        node.replaceChildren(this.#notMade(title, error));
      }
    };
    this.#loading.push(attempt());
    const use = (action: (panel: Panel) => void): void => {
      if (there === undefined) waiting.push(action);
      else action(there.panel);
    };
    return { node, use };
  }

  /** When nothing is being loaded: every part is there or says why it is not. */
  async settled(): Promise<void> {
    await Promise.all(this.#loading);
  }

  /** The panel is replaced: what is still on its way is not shown. */
  clear(): void {
    this.#epoch += 1;
    this.#loading = [];
  }

  #notLoaded(title: string, error: unknown, again: () => void): HTMLElement {
    const trans = this.#trans;
    return problemPanel(
      {
        what: trans.__('Its code did not arrive: %1', reasonOf(error)),
        fix: trans.__('Try again, or reload the page: the extension may have been updated since it was opened.'),
      },
      trans.__('The part on %1 cannot be shown', title),
      button({ class: 'driftline-action' }, again, trans.__('Try again')),
    );
  }

  #notMade(title: string, error: unknown): HTMLElement {
    const trans = this.#trans;
    return problemPanel(
      {
        what: trans.__('The content is not of the expected form: %1', reasonOf(error)),
        fix: trans.__('Make the report again, or open it as text.'),
      },
      trans.__('The part on %1 cannot be shown', title),
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
