import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ProjectRegistry } from '../project/project-registry.js';
import { ContentsFiles } from '../project/server-files.js';
import { IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** Opens projects, for all panels of the page. */
export const projectsPlugin: JupyterFrontEndPlugin<IProjectRegistry> = {
  id: pluginIds.projects,
  description: 'Reads monitoring projects through the contents service.',
  autoStart: true,
  provides: IProjectRegistry,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    return new ProjectRegistry(new ContentsFiles(app.serviceManager.contents), trans, async (_project, uri) => {
      throw new Error(trans.__('"%1" lies outside the server: only a kernel can read it.', uri));
    });
  },
};
