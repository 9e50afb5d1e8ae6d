import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { panelSettings } from '../settings/panel-settings.js';
import { pluginIds } from '../tokens.js';
import { reportError } from './report-error.js';

/** Keeps {@link panelSettings} equal to what the user set. */
export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.settings,
  description: 'Makes the settings effective as soon as they are changed.',
  autoStart: true,
  requires: [ISettingRegistry],
  activate: (_app: JupyterFrontEnd, registry: ISettingRegistry) => {
    registry
      .load(pluginIds.commands)
      .then((settings) => {
        const follow = (): void => panelSettings.set(settings.composite);
        settings.changed.connect(follow);
        follow();
      })
      .catch((error: unknown) => reportError(error));
  },
};
