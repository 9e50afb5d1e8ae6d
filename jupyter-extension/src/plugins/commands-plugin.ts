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
    const selected = () => [...(browser?.selectedItems() ?? [])].filter(({ type }) => type === 'file');
    app.commands.addCommand(commandIds.openFile, {
      label: () =>
        selected().length > 0 ? trans.__('Open in Driftline') : trans.__('Open in Driftline (select a file)'),
      caption: trans.__('Open the selected result and capture files in a viewer'),
      icon: driftIcon,
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      isEnabled: () => selected().length > 0,
      execute: async () => {
        for (const { path } of selected()) {
          await app.commands.execute('docmanager:open', { path, factory: viewerName });
        }
      },
    });
  },
};
