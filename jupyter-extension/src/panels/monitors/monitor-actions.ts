import type { CommandRegistry } from '@lumino/commands';
import type { MonitorType } from 'driftline';
import { reportError } from '../../plugins/report-error.js';
import { commandIds } from '../../tokens.js';

/** What a row of the list stands for. */
export interface MonitorTarget {
  /** The project's path. */
  readonly project: string;
  /** Left out: the project as a whole. */
  readonly endpoint?: string;
  /** Left out: the endpoint, or a monitor that it lacks. */
  readonly monitor?: string;
  readonly type?: MonitorType;
}

export type MonitorAction = 'open' | 'run' | 'pause' | 'edit' | 'set-up' | 'open-file' | 'close';

const commandOf: Readonly<Record<MonitorAction, string>> = {
  open: commandIds.openDashboard,
  run: commandIds.runMonitor,
  pause: commandIds.pauseMonitor,
  edit: commandIds.editConstraints,
  'set-up': commandIds.setUp,
  'open-file': commandIds.openProjectFile,
  close: commandIds.closeProject,
};

export const allActions: readonly MonitorAction[] = Object.keys(commandOf) as MonitorAction[];

/** Whether the part of the extension that does it is there. */
export function canDo(commands: CommandRegistry, action: MonitorAction): boolean {
  return commands.hasCommand(commandOf[action]);
}

/** Does something with what a row stands for. */
export function doAction(commands: CommandRegistry, action: MonitorAction, target: MonitorTarget): void {
  const { type, ...rest } = target;
  const wanted = action === 'set-up' && type !== undefined ? { type } : {};
  commands.execute(commandOf[action], { ...rest, ...wanted }).catch((error: unknown) => reportError(error));
}
