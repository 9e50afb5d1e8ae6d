import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { ProjectRegistry } from '../../project/project-registry.js';

/** What picking a project needs of the page. */
export interface PickServices {
  readonly browser: IDefaultFileBrowser;
  readonly settings: ISettingRegistry.ISettings;
  readonly projects: ProjectRegistry;
  readonly translator: ITranslator;
  readonly trans: TranslationBundle;
}

/** Asks for a folder and adds it to the projects of the settings, together with those that are open. */
export async function pickProject({ browser, settings, projects, translator, trans }: PickServices): Promise<void> {
  const { manager, path: defaultPath } = browser.model;
  const { button, value } = await FileDialog.getExistingDirectory({
    manager,
    translator,
    defaultPath,
    title: trans.__('Open a project'),
    label: trans.__('Choose the folder that holds driftline.yaml.'),
  });
  const path = value?.[0]?.path;
  if (!button.accept || path === undefined) return;
  const open = projects.projects.map((store) => store.path);
  if (!open.includes(path)) await settings.set('projects', [...open, path]);
}
