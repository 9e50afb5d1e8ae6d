import { Dialog, MainAreaWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { reportError } from '../plugins/report-error.js';
import type { MainPanel } from './main-panel.js';

/** A tab that asks before it is closed, where its panel has something to ask. */
export class GuardedWidget<Args extends ReadonlyPartialJSONObject> extends MainAreaWidget<MainPanel<Args>> {
  readonly #trans: TranslationBundle;

  constructor(options: { readonly content: MainPanel<Args>; readonly trans: TranslationBundle }) {
    super({ content: options.content });
    this.#trans = options.trans;
  }

  protected override onCloseRequest(message: Message): void {
    const { question } = this.content;
    if (question === undefined) super.onCloseRequest(message);
    else this.#ask(question).catch((error: unknown) => reportError(error));
  }

  async #ask(question: string): Promise<void> {
    const { button } = await showDialog({
      title: this.#trans.__('Close?'),
      body: question,
      buttons: [
        Dialog.cancelButton({ label: this.#trans.__('Cancel') }),
        Dialog.warnButton({ label: this.#trans.__('Close and lose them') }),
      ],
    });
    if (button.accept) this.dispose();
  }
}
