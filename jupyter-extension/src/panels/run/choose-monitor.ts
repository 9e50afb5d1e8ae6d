import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { ProjectStore } from '../../project/project-store.js';
import { element } from '../../widgets/element.js';

interface Chosen {
  readonly project: string;
  readonly monitor: string;
}

/** Asks for a monitor of the open projects; undefined where none was chosen. @throws where there is none. */
export async function chooseMonitor(
  projects: readonly ProjectStore[],
  trans: TranslationBundle,
): Promise<Chosen | undefined> {
  const monitors = projects.flatMap(({ path, config }) =>
    Object.keys(config?.monitors ?? {}).map((monitor): Chosen => ({ project: path, monitor })),
  );
  if (monitors.length === 0) {
    throw new Error(trans.__('No project with a monitor is open. Open one in the Monitors panel.'));
  }
  const body = new ChooseBody(monitors, projects.length > 1, trans);
  const { button, value } = await showDialog<Chosen | undefined>({
    title: trans.__('Run a monitor'),
    body,
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), Dialog.okButton({ label: trans.__('Next') })],
    focusNodeSelector: 'select',
  });
  return button.accept ? (value ?? undefined) : undefined;
}

class ChooseBody extends Widget implements Dialog.IBodyWidget<Chosen | undefined> {
  readonly #monitors: readonly Chosen[];
  readonly #select: HTMLSelectElement;

  constructor(monitors: readonly Chosen[], named: boolean, trans: TranslationBundle) {
    super();
    this.#monitors = monitors;
    const options = monitors.map(({ project, monitor }, at) =>
      element('option', { value: String(at) }, named ? `${monitor} (${project || '/'})` : monitor),
    );
    this.#select = element('select', {}, ...options);
    const label = element('label', { class: 'driftline-run-field' }, trans.__('Monitor'), this.#select);
    this.node.append(element('div', { class: 'driftline-panel driftline-run-form' }, label));
  }

  getValue(): Chosen | undefined {
    return this.#monitors[Number(this.#select.value)];
  }
}
