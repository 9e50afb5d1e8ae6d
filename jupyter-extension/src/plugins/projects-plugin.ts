import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ProjectRegistry } from '../project/project-registry.js';
import { ContentsFiles } from '../project/server-files.js';
import { IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** Bytes of a file that the kernel sends: months of measures of many features. */
const READ_LIMIT = 4_000_000;

/** Opens projects, for all panels of the page. */
export const projectsPlugin: JupyterFrontEndPlugin<IProjectRegistry> = {
  id: pluginIds.projects,
  description: 'Reads monitoring projects through the contents service, and what lies on S3 through the kernel.',
  autoStart: true,
  provides: IProjectRegistry,
  optional: [IDriftlineKernel, ITranslator],
  activate: (app: JupyterFrontEnd, kernel: IDriftlineKernel | null, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    return new ProjectRegistry(new ContentsFiles(app.serviceManager.contents), trans, async (project, uri) => {
      if (kernel === null) throw new Error(trans.__('"%1" lies outside the server: only a kernel can read it.', uri));
      const title = trans.__('Reading %1', uri);
      const params = { project: project || '.', uri, maxBytes: READ_LIMIT };
      return (await (await kernel.get()).request('read', params, { title })).text;
    });
  },
};
