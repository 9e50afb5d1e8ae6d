import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { RunChoice } from './run-choice.js';
import { type RunForm, type RunnableMonitor, runForm } from './run-form.js';

/** Asks what to run of these monitors; undefined where it was cancelled. */
export async function askRun(
  monitors: readonly RunnableMonitor[],
  { trans, now }: { readonly trans: TranslationBundle; readonly now: Date },
): Promise<RunChoice | undefined> {
  const [first] = monitors;
  const title =
    monitors.length === 1 ? trans.__('Run %1', first?.name ?? '') : trans.__('Run %1 monitors', monitors.length);
  // The dialog looks for marks of errors whenever something is put in.
  const check = (): boolean => form.node.dispatchEvent(new Event('input'));
  const form: RunForm = runForm(monitors, { trans, now }, () => check());
  const dialog = new Dialog<RunChoice | undefined>({
    title,
    body: new RunBody(form),
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), Dialog.okButton({ label: trans.__('Run') })],
    focusNodeSelector: 'input[type=radio]:checked',
  });
  const { button, value } = await dialog.launch();
  return button.accept ? (value ?? undefined) : undefined;
}

class RunBody extends Widget implements Dialog.IBodyWidget<RunChoice | undefined> {
  readonly #form: RunForm;

  constructor(form: RunForm) {
    super();
    this.#form = form;
    this.node.append(form.node);
  }

  getValue(): RunChoice | undefined {
    return this.#form.choice();
  }
}
