import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { whyNotComparable } from '../compare-files/comparable.js';
import { type FilePair, proposeBaseline } from '../compare-files/propose-baseline.js';
import { driftIcon } from '../icon.js';
import { addMainPanel } from '../main-area/add-main-panel.js';
import { ContentsFiles } from '../project/server-files.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** Comparing two files of the file browser. */
export const compareFilesPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.compareFiles,
  description: 'Compares two statistics, constraints, analyses or reports that are selected in the file browser.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [IDefaultFileBrowser, ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    browser: IDefaultFileBrowser | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { commands } = app;
    const files = new ContentsFiles(app.serviceManager.contents);
    addMainPanel(
      app,
      restorer,
      trans,
      { projects, kernel, commands },
      {
        command: commandIds.compareFiles,
        label: trans.__('Compare Two Files'),
        caption: trans.__('Show what differs between two result files'),
        argsSchema: {
          type: 'object',
          properties: {
            baseline: { type: 'string', description: 'Path of the file to compare with, from the server root.' },
            current: { type: 'string', description: 'Path of the file that is compared, from the server root.' },
          },
          required: ['baseline', 'current'],
        },
        title: () => trans.__('Comparison'),
        key: ({ baseline, current }: FilePair) => [baseline, current].sort().join('|'),
        load: async () => {
          const { comparePanel } = await import(
            /* webpackChunkName: "compare-files" */ '../compare-files/compare-panel.js'
          );
          return comparePanel(files);
        },
      },
    );
    const selected = () => [...(browser?.selectedItems() ?? [])];
    const reason = (): string | undefined => whyNotComparable(selected(), trans);
    commands.addCommand(commandIds.compareSelectedFiles, {
      label: () => {
        const why = reason();
        return why === undefined ? trans.__('Compare with Baseline') : trans.__('Compare with Baseline (%1)', why);
      },
      caption: trans.__('Compare two statistics, constraints, analyses or reports selected in the file browser'),
      icon: driftIcon,
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      isEnabled: () => reason() === undefined,
      execute: async () => {
        const [one, other] = selected();
        if (one === undefined || other === undefined) return;
        await commands.execute(commandIds.compareFiles, { ...proposeBaseline(one, other) });
      },
    });
    const category = trans.__('Driftline');
    palette?.addItem({ command: commandIds.compareSelectedFiles, category });
    palette?.addItem({ command: commandIds.openFile, category });
  },
};
