import type { JupyterFrontEnd } from '@jupyterlab/application';
import { driftIcon } from '../../icon.js';
import { reportError } from '../../plugins/report-error.js';
import { commandIds } from '../../tokens.js';
import type { RunArgs } from '../run/run-command.js';
import type { RunServices } from '../run/run-monitors.js';
import { canDo, doAction, type MonitorAction, type MonitorTarget } from './monitor-actions.js';

/** Commands of the context menu: they act on the row under the pointer, and take no arguments. */
const selectedCommands: readonly (readonly [id: string, action: MonitorAction])[] = [
  [commandIds.openSelected, 'open'],
  [commandIds.runSelected, 'run'],
  [commandIds.pauseSelected, 'pause'],
  [commandIds.editSelected, 'edit'],
  [commandIds.setUpSelected, 'set-up'],
  [commandIds.openSelectedFile, 'open-file'],
  [commandIds.closeSelected, 'close'],
];

/** What opens and closes projects; undefined where there are no settings to remember it in. */
export interface ProjectCommands {
  readonly openProject?: (() => Promise<void>) | undefined;
  readonly closeProject?: ((path: string) => Promise<void>) | undefined;
}

/** Adds the commands that act on monitors. The code behind them is fetched when it is needed. */
export function addMonitorCommands(
  app: Pick<JupyterFrontEnd, 'commands' | 'contextMenuHitTest'>,
  services: RunServices & ProjectCommands,
): void {
  const { commands } = app;
  const { trans, projects, openProject, closeProject } = services;
  const time = { type: 'string', description: 'ISO time.' } as const;
  const project = {
    type: 'string',
    description: 'The folder of driftline.yaml, from the root of the server.',
  } as const;
  const name = { type: 'string' } as const;
  commands.addCommand(commandIds.runMonitor, {
    label: trans.__('Run Monitor …'),
    caption: trans.__('Run the latest execution of a monitor, a window of your choice, or a back-fill'),
    icon: driftIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          project,
          monitor: name,
          endpoint: { ...name, description: 'Without a monitor: all of this endpoint.' },
          at: time,
          start: time,
          end: time,
          from: time,
          to: time,
        },
        additionalProperties: false,
      },
    },
    execute: async (args) => {
      try {
        const { runCommand } = await import(/* webpackChunkName: "run" */ '../run/run-command.js');
        await runCommand(args as RunArgs, services);
      } catch (error) {
        reportError(error);
      }
    },
  });
  commands.addCommand(commandIds.pauseMonitor, {
    label: trans.__('Pause or Resume Monitor'),
    caption: trans.__('Change in driftline.yaml whether a monitor runs by its schedule; comments stay'),
    describedBy: {
      args: { type: 'object', properties: { project, monitor: name }, required: ['project', 'monitor'] },
    },
    execute: async (args) => {
      try {
        const { togglePause } = await import(/* webpackChunkName: "monitors" */ './toggle-pause.js');
        await togglePause(projects, String(args['project']), String(args['monitor']));
      } catch (error) {
        reportError(error);
      }
    },
  });
  commands.addCommand(commandIds.openProjectFile, {
    label: trans.__('Open driftline.yaml'),
    caption: trans.__('Open the project file in an editor'),
    describedBy: { args: { type: 'object', properties: { project }, required: ['project'] } },
    execute: ({ project: path }) =>
      commands.execute('docmanager:open', {
        path: [String(path), 'driftline.yaml'].filter(Boolean).join('/'),
        factory: 'Editor',
      }),
  });
  if (openProject !== undefined) {
    commands.addCommand(commandIds.openProject, {
      label: trans.__('Open Project …'),
      caption: trans.__('Show the monitors of another folder with a driftline.yaml'),
      icon: driftIcon,
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      execute: openProject,
    });
  }
  if (closeProject !== undefined) {
    commands.addCommand(commandIds.closeProject, {
      label: trans.__('Close Project'),
      caption: trans.__('Take a project out of the Monitors panel; its files stay'),
      describedBy: { args: { type: 'object', properties: { project }, required: ['project'] } },
      execute: ({ project: path }) => closeProject(String(path)),
    });
  }
  const row = (): HTMLElement | undefined =>
    app.contextMenuHitTest(({ dataset }) => dataset['target'] !== undefined && dataset['kind'] !== undefined);
  const labels: Readonly<Record<MonitorAction, () => string>> = {
    open: () => trans.__('Open Dashboard'),
    run: () => trans.__('Run Now …'),
    pause: () => (row()?.dataset['paused'] === 'true' ? trans.__('Resume') : trans.__('Pause')),
    edit: () => trans.__('Edit Constraints'),
    'set-up': () => trans.__('Set Up Monitors …'),
    'open-file': () => trans.__('Open driftline.yaml'),
    close: () => trans.__('Close Project'),
  };
  for (const [id, action] of selectedCommands) {
    commands.addCommand(id, {
      label: labels[action],
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      isEnabled: () => row() !== undefined && canDo(commands, action),
      execute: () => {
        const target = row()?.dataset['target'];
        if (target !== undefined) doAction(commands, action, JSON.parse(target) as MonitorTarget);
      },
    });
  }
}
