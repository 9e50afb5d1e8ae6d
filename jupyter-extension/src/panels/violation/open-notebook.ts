import type { Contents, KernelSpec } from '@jupyterlab/services';
import { KERNEL_NAME, violationNotebook, violationNotebookName } from 'driftline/browser';
import { joinPath } from '../../project/server-files.js';
import { button, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import type { FoundViolation } from './find-violation.js';
import type { ViolationContext } from './violation-context.js';

/** What of JupyterLab keeps notebooks and knows kernels. */
export interface NotebookServices {
  readonly contents: Pick<Contents.IManager, 'get' | 'save'>;
  readonly kernelspecs: Pick<KernelSpec.IManager, 'specs' | 'ready'>;
}

/** A button that writes a notebook which reproduces the finding, and opens it. */
export function notebookButton(
  found: FoundViolation,
  services: NotebookServices,
  context: ViolationContext,
): { readonly button: HTMLElement; readonly message: HTMLElement } {
  const { trans, commands } = context;
  const message = element('div', {});
  const node = button(
    {
      class: 'driftline-action',
      title: trans.__('Write a notebook that measures this again, cell by cell, and open it'),
    },
    () => void write(),
    trans.__('Open in notebook'),
  );
  const write = async (): Promise<void> => {
    node.disabled = true;
    message.replaceChildren(
      element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Writing the notebook …')),
    );
    try {
      const path = await writeNotebook(found, services, context);
      message.replaceChildren(
        element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Written: %1', path)),
      );
      await commands.execute('docmanager:open', { path });
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const fix = trans.__('Look whether the project’s folder can be written to, then try again.');
      message.replaceChildren(problemPanel({ what, fix }, trans.__('The notebook could not be written')));
    } finally {
      node.disabled = false;
    }
  };
  return { button: node, message };
}

/** Writes it into the project's folder under a name that is free. @returns its path. */
async function writeNotebook(
  { store, monitor, execution, violation, report }: FoundViolation,
  { contents, kernelspecs }: NotebookServices,
  { trans }: ViolationContext,
): Promise<string> {
  await kernelspecs.ready;
  const kernel = notebookKernel(kernelspecs.specs, trans.__('TypeScript'));
  const { scheduledTime } = execution;
  const notebook = violationNotebook({ project: '.', monitor, scheduledTime, violation, report, kernel });
  const folder = await contents.get(store.path, { type: 'directory', content: true });
  const taken = new Set((folder.content as readonly Contents.IModel[]).map(({ name }) => name));
  const path = joinPath(store.path, freeName(violationNotebookName(monitor, scheduledTime), taken));
  await contents.save(path, { type: 'notebook', format: 'json', content: notebook });
  return path;
}

/** Our own kernel where it is installed, which brings the library; else tslab, which finds it above the notebook. */
function notebookKernel(
  specs: KernelSpec.ISpecModels | null,
  fallback: string,
): { readonly name: string; readonly displayName: string } {
  for (const name of [KERNEL_NAME, 'tslab']) {
    const spec = specs?.kernelspecs[name];
    if (spec !== undefined) return { name, displayName: spec.display_name };
  }
  return { name: KERNEL_NAME, displayName: fallback };
}

/** The name with the ending of notebooks, and a number where it is taken. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = `${name}${number === 1 ? '' : `-${number}`}.ipynb`;
    if (!taken.has(free)) return free;
  }
}
