import { ILayoutRestorer, IRouter, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addMainPanel } from '../main-area/add-main-panel.js';
import type { DashboardArgs } from '../panels/dashboard/dashboard-args.js';
import type { ExecutionArgs } from '../panels/execution/execution-args.js';
import {
  commandIds,
  IDriftlineKernel,
  IProjectRegistry,
  LINK_PARAMETER,
  pluginIds,
  translationDomain,
} from '../tokens.js';
import { linkedArguments } from './linked-arguments.js';
import { reportError } from './report-error.js';

const string = { type: 'string' } as const;

/** The dashboard of an endpoint, and the reports of its executions, in tabs of the main area. */
export const dashboardPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.dashboard,
  description: 'Shows what the monitors of an endpoint measured over time, and the report of each execution.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ILayoutRestorer, IRouter, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    restorer: ILayoutRestorer | null,
    router: IRouter | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { commands } = app;
    const services = { projects, kernel, commands };
    addMainPanel<DashboardArgs>(app, restorer, trans, services, {
      command: commandIds.openDashboard,
      label: trans.__('Open Dashboard'),
      caption: trans.__('Show what the monitors of an endpoint measured over time'),
      argsSchema: {
        type: 'object',
        properties: {
          project: string,
          endpoint: string,
          tab: string,
          monitor: string,
          from: string,
          to: string,
          last: string,
          until: string,
          feature: string,
          hour: string,
        },
        required: ['project', 'endpoint'],
        additionalProperties: false,
      },
      title: ({ endpoint }) => endpoint,
      key: ({ project, endpoint }) => [project, endpoint].map(encodeURIComponent).join('&'),
      load: async () => {
        const { dashboardPanel } = await import(
          /* webpackChunkName: "dashboard" */ '../panels/dashboard/dashboard-panel.js'
        );
        return dashboardPanel;
      },
    });
    addMainPanel<ExecutionArgs>(app, restorer, trans, services, {
      command: commandIds.openExecution,
      label: trans.__('Open Execution'),
      caption: trans.__('Show the whole report of an execution'),
      argsSchema: {
        type: 'object',
        properties: { project: string, monitor: string, scheduledTime: string },
        required: ['project', 'monitor', 'scheduledTime'],
        additionalProperties: false,
      },
      title: ({ monitor }) => monitor,
      key: ({ project, monitor }) => [project, monitor].map(encodeURIComponent).join('&'),
      load: async () => {
        const { executionPanel } = await import(
          /* webpackChunkName: "dashboard" */ '../panels/execution/execution-panel.js'
        );
        return executionPanel;
      },
    });
    if (router === null) return;
    commands.addCommand(commandIds.followLink, {
      label: trans.__('Follow a Link to a Dashboard'),
      describedBy: { args: { type: 'object', properties: { request: string } } },
      execute: async ({ request }) => {
        const { args } = linkedArguments(String(request), LINK_PARAMETER);
        await app.restored;
        if (args === undefined) {
          reportError(new Error(trans.__('The link names no dashboard: it was cut off or changed.')));
        } else await commands.execute(commandIds.openDashboard, args);
        // Reloading the page is to bring back what is open then, and not to follow the link again.
        router.navigate(linkedArguments(router.current.request, LINK_PARAMETER).rest, { skipRouting: true });
      },
    });
    router.register({ command: commandIds.followLink, pattern: new RegExp(`[?&]${LINK_PARAMETER}=`) });
  },
};
