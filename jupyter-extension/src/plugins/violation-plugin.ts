import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addMainPanel } from '../main-area/add-main-panel.js';
import type { ViolationArgs } from '../panels/violation/violation-args.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** The view of one violation: from what was measured to the records behind it. */
export const violationPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.violation,
  description: 'Follows a violation to the records behind it, in a tab of the main area.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { commands, serviceManager } = app;
    const string = { type: 'string' } as const;
    addMainPanel<ViolationArgs>(
      app,
      restorer,
      trans,
      { projects, kernel, commands },
      {
        command: commandIds.openViolation,
        label: trans.__('Open Violation'),
        caption: trans.__('Show what was measured, since when, how surely, and the records behind it'),
        argsSchema: {
          type: 'object',
          properties: { project: string, monitor: string, scheduledTime: string, violation: string },
          required: ['project', 'monitor', 'scheduledTime', 'violation'],
          additionalProperties: false,
        },
        title: ({ violation }) => violation,
        key: ({ project, monitor, scheduledTime, violation }) =>
          [project, monitor, scheduledTime, violation].map(encodeURIComponent).join('&'),
        load: async () => {
          const { violationPanel } = await import(
            /* webpackChunkName: "violation" */ '../panels/violation/violation-panel.js'
          );
          return violationPanel(serviceManager);
        },
      },
    );
  },
};
