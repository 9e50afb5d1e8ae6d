import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addMainPanel } from '../main-area/add-main-panel.js';
import type { CompareArgs } from '../panels/compare/compare-args.js';
import { ContentsFiles } from '../project/server-files.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

const string = { type: 'string' } as const;
const side = {
  type: 'object',
  properties: {
    project: string,
    monitor: string,
    scheduledTime: string,
    endpoint: string,
    variant: string,
    start: string,
    end: string,
  },
  additionalProperties: false,
} as const;

/** Two executions, windows, variants or endpoints side by side. */
export const comparePlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.compare,
  description: 'Compares two executions, or two windows of capture, in a tab of the main area.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { commands, serviceManager } = app;
    addMainPanel<CompareArgs>(
      app,
      restorer,
      trans,
      { projects, kernel, commands },
      {
        command: commandIds.compare,
        label: trans.__('Compare Windows'),
        caption: trans.__('Put two executions, windows of capture, variants or endpoints side by side'),
        argsSchema: {
          type: 'object',
          properties: { project: string, kind: { enum: ['executions', 'windows'] }, left: side, right: side },
          additionalProperties: false,
        },
        title: () => trans.__('Compare'),
        key: () => 'windows',
        load: async () => {
          const { comparePanel } = await import(/* webpackChunkName: "compare" */ '../panels/compare/compare-panel.js');
          return comparePanel(new ContentsFiles(serviceManager.contents));
        },
      },
    );
    palette?.addItem({ command: commandIds.compare, category: trans.__('Driftline') });
  },
};
