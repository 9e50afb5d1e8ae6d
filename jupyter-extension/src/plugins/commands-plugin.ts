import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { driftIcon } from '../icon.js';
import { commandIds, pluginIds, translationDomain, viewerName } from '../tokens.js';

/** The commands; `schema/plugin.json` puts them into the menus. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.commands,
  description: 'Commands: opening result files from the file browser.',
  autoStart: true,
  optional: [IDefaultFileBrowser, ITranslator],
  activate: (app: JupyterFrontEnd, browser: IDefaultFileBrowser | null, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    app.commands.addCommand(commandIds.openFile, {
      label: trans.__('Open in Driftline'),
      caption: trans.__('Open the selected statistics, constraints, violations, analyses and reports in a viewer'),
      icon: driftIcon,
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      execute: async () => {
        for (const { type, path } of browser?.selectedItems() ?? []) {
          if (type === 'file') await app.commands.execute('docmanager:open', { path, factory: viewerName });
        }
      },
    });
  },
};
