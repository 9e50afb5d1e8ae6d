import type { TranslationBundle } from '@jupyterlab/translation';
import { Panel, Widget } from '@lumino/widgets';
import { button, element } from './element.js';
import { problemPanel } from './problem-panel.js';

/** A place for a widget whose code is fetched when it is first needed. */
export class LateWidget<Inner extends Widget> extends Panel {
  readonly #trans: TranslationBundle;
  readonly #load: () => Promise<Inner>;
  #inner: Promise<Inner> | undefined;

  constructor(trans: TranslationBundle, load: () => Promise<Inner>) {
    super();
    this.#trans = trans;
    this.#load = load;
    this.addClass('driftline-late-widget');
  }

  /** Does something with the widget when it is there. Where its code does not arrive, that is said, with a way to try again. */
  async use(action: (inner: Inner) => void | Promise<void>): Promise<void> {
    this.#inner ??= this.#fetch();
    let inner: Inner;
    try {
      inner = await this.#inner;
    } catch (error) {
      this.#inner = undefined;
      this.#fail(error, () => void this.use(action));
      return;
    }
    if (!this.isDisposed) await action(inner);
  }

  async #fetch(): Promise<Inner> {
    const inner = await this.#load();
    if (this.isDisposed) inner.dispose();
    else {
      for (const widget of [...this.widgets]) widget.dispose();
      this.addWidget(inner);
    }
    return inner;
  }

  #fail(error: unknown, again: () => void): void {
    if (this.isDisposed) return;
    const trans = this.#trans;
    const reason = error instanceof Error ? error.message : String(error);
    const problem = {
      what: trans.__('Its code did not arrive: %1', reason),
      fix: trans.__('Try again, or reload the page: the extension may have been updated since it was opened.'),
    };
    const retry = button({ class: 'driftline-action' }, again, trans.__('Try again'));
    const node = element('div', {}, problemPanel(problem, trans.__('This cannot be shown'), retry));
    for (const widget of [...this.widgets]) widget.dispose();
    const shown = new Widget({ node });
    shown.addClass('driftline-panel');
    this.addWidget(shown);
  }
}
