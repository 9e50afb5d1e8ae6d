import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { driftIcon } from '../icon.js';
import { addMainPanel } from '../main-area/add-main-panel.js';
import { addMonitorCommands } from '../panels/monitors/monitor-commands.js';
import { loadMemory, saveMemory } from '../panels/monitors/monitors-memory.js';
import { RunTracker } from '../panels/monitors/run-tracker.js';
import type { CheckedWindowArgs } from '../panels/run/checked-window.js';
import { MonitorsSidePanel } from '../side-area/monitors-side-panel.js';
import { commandIds, IDriftlineKernel, IProjectRegistry, pluginIds, translationDomain } from '../tokens.js';

/** The Monitors panel in the left side bar, and the commands that act on monitors. */
export const monitorsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.monitors,
  description: 'Lists every endpoint with the state of its monitors in the side bar; runs and pauses monitors.',
  autoStart: true,
  requires: [IProjectRegistry, IDriftlineKernel],
  optional: [ILayoutRestorer, ICommandPalette, ILauncher, IStateDB, ISettingRegistry, IDefaultFileBrowser, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    projects: IProjectRegistry,
    kernel: IDriftlineKernel,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    database: IStateDB | null,
    settings: ISettingRegistry | null,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null,
  ) => {
    const translate = translator ?? nullTranslator;
    const trans = translate.load(translationDomain);
    const { commands, shell } = app;
    const runs = new RunTracker();
    const loaded = settings?.load(pluginIds.commands);
    const openProject =
      loaded && browser
        ? async (): Promise<void> => {
            const { pickProject } = await import(
              /* webpackChunkName: "monitors" */ '../panels/monitors/pick-project.js'
            );
            await pickProject({ browser, settings: await loaded, projects, translator: translate, trans });
          }
        : undefined;
    // With what is open now the settings say all of it: nothing is searched for any more.
    const closeProject =
      loaded &&
      (async (path: string): Promise<void> => {
        const open = projects.projects.map((store) => store.path);
        await (await loaded).set(
          'projects',
          open.filter((each) => each !== path),
        );
        projects.close(path);
      });
    const panel = new MonitorsSidePanel(trans, {
      ...{ projects, kernel, commands, runs, openProject },
      load: () => loadMemory(database),
      save: (memory) => saveMemory(database, memory),
      settled: Promise.resolve(loaded).catch(() => undefined),
      now: () => new Date(),
    });
    shell.add(panel, 'left', { rank: 700, type: 'Driftline' });
    restorer?.add(panel, panel.id);

    addMonitorCommands(app, {
      trans,
      projects,
      kernel,
      commands,
      runs,
      openProject,
      closeProject,
      isWatched: () => panel.isVisible,
    });
    commands.addCommand(commandIds.openMonitors, {
      label: ({ only }) => (only === true ? trans.__('Monitors') : trans.__('Show Monitors')),
      caption: trans.__('Every endpoint with the state of its monitors, in the side bar'),
      icon: driftIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            only: {
              type: 'boolean',
              description: 'Whether the dashboard opens, too, where there is one endpoint only.',
            },
          },
          additionalProperties: false,
        },
      },
      execute: async ({ only }) => {
        panel.markOpened();
        shell.activateById(panel.id);
        return only === true ? panel.openOnlyEndpoint() : undefined;
      },
    });
    addMainPanel<CheckedWindowArgs>(
      app,
      null,
      trans,
      { projects, kernel, commands },
      {
        command: commandIds.checkWindow,
        label: trans.__('Check a Window'),
        caption: trans.__('The report of any window of a monitor; nothing is written'),
        argsSchema: {
          type: 'object',
          properties: {
            project: { type: 'string' },
            monitor: { type: 'string' },
            start: { type: 'string', description: 'ISO time.' },
            end: { type: 'string', description: 'ISO time, not included.' },
          },
          required: ['project', 'monitor', 'start', 'end'],
        },
        title: ({ monitor }) => trans.__('Check of %1', monitor),
        key: ({ project, monitor }) => `${project}/${monitor}`,
        load: async () => (await import(/* webpackChunkName: "run" */ '../panels/run/checked-window.js')).checkedWindow,
      },
    );
    const category = trans.__('Driftline');
    for (const command of [
      commandIds.openMonitors,
      commandIds.runMonitor,
      ...(openProject ? [commandIds.openProject] : []),
    ]) {
      palette?.addItem({ command, category });
    }
    launcher?.add({ command: commandIds.openMonitors, args: { only: true }, category: trans.__('Other'), rank: 10 });
  },
};
