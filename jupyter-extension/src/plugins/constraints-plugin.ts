import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addMainPanel } from '../main-area/add-main-panel.js';
import type { ConstraintsArgs } from '../panels/constraints/constraints-panel.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** The limits of a monitor, and what its past executions would have raised under others. */
export const constraintsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.constraints,
  description: 'Edits the constraints of a monitor, with a back-test over its past executions.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    addMainPanel<ConstraintsArgs>(
      app,
      restorer,
      trans,
      { projects, kernel, commands: app.commands },
      {
        command: commandIds.editConstraints,
        label: trans.__('Edit Limits'),
        caption: trans.__('Edit the constraints of a monitor, and see what its past executions would have raised'),
        argsSchema: {
          type: 'object',
          properties: {
            project: { type: 'string', description: 'The folder of driftline.yaml, below the root of the server' },
            monitor: { type: 'string' },
            feature: { type: 'string' },
          },
          required: ['project', 'monitor'],
        },
        title: ({ monitor }) => trans.__('Limits of %1', monitor),
        key: ({ project, monitor }) => `${project}/${monitor}`,
        load: async () =>
          (await import(/* webpackChunkName: "constraints" */ '../panels/constraints/constraints-panel.js'))
            .constraintsPanel,
      },
    );
  },
};
