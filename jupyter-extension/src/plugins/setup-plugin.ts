import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addMainPanel } from '../main-area/add-main-panel.js';
import type { SetupArgs } from '../panels/setup/setup-args.js';
import { ContentsFiles } from '../project/server-files.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** The set-up of an endpoint and its monitors. */
export const setupPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.setup,
  description: 'Sets up monitors from a training file and a capture, in a tab of the main area.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ICommandPalette, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { commands, serviceManager } = app;
    const string = { type: 'string' } as const;
    addMainPanel<SetupArgs>(
      app,
      restorer,
      trans,
      { projects, kernel, commands },
      {
        command: commandIds.setUp,
        label: trans.__('Set Up Monitoring'),
        caption: trans.__('From a training file and a capture to working monitors, step by step'),
        argsSchema: {
          type: 'object',
          properties: { project: string, endpoint: string },
          additionalProperties: false,
        },
        title: () => trans.__('Set up monitoring'),
        key: ({ project = '', endpoint = '' }) => [project, endpoint].map(encodeURIComponent).join('&'),
        load: async () => {
          const { setupPanel } = await import(/* webpackChunkName: "setup" */ '../panels/setup/setup-panel.js');
          return setupPanel(new ContentsFiles(serviceManager.contents));
        },
      },
    );
    palette?.addItem({ command: commandIds.setUp, category: trans.__('Driftline') });
  },
};
