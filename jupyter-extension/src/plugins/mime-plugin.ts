import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LateReportWidget } from '../panels/late-report-widget.js';
import { pluginIds, reportMimeType, translationDomain } from '../tokens.js';

/** Draws reports in the outputs of notebooks and consoles. */
export const mimePlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.mime,
  description: 'Draws drift reports in the outputs of notebooks and consoles.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    registry.addFactory({
      safe: true,
      mimeTypes: [reportMimeType],
      defaultRank: 30,
      createRenderer: () => new LateReportWidget(trans),
    });
  },
};
