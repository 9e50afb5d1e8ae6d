import type { TranslationBundle } from '@jupyterlab/translation';
import { parseSchedule } from 'driftline/browser';
import type { ProjectStore } from '../../project/project-store.js';
import { commandIds } from '../../tokens.js';
import { chooseMonitor } from './choose-monitor.js';
import type { RunChoice } from './run-choice.js';
import { askRun } from './run-dialog.js';
import type { RunnableMonitor } from './run-form.js';
import { type RunServices, runMonitors } from './run-monitors.js';

/** Of the command `driftline:run-monitor`. Without times the user is asked; `monitor` left out: all of the endpoint. */
export interface RunArgs {
  readonly project?: string;
  readonly endpoint?: string;
  readonly monitor?: string;
  /** ISO: what was scheduled last at this time. */
  readonly at?: string;
  /** ISO: a window to check without writing anything. */
  readonly start?: string;
  readonly end?: string;
  /** ISO: every time scheduled in a span. */
  readonly from?: string;
  readonly to?: string;
}

/** Runs what the arguments say, and asks for what they do not. */
export async function runCommand(args: RunArgs, services: RunServices): Promise<void> {
  const { trans, projects } = services;
  const chosen = args.project === undefined ? await chooseMonitor(projects.projects, trans) : args;
  if (chosen?.project === undefined) return;
  const store = await projects.open(chosen.project);
  const monitors = monitorsOf(store, chosen, trans);
  const choice = choiceOf(args) ?? (await askRun(monitors, { trans, now: new Date() }));
  if (choice === undefined) return;
  const names = monitors.map(({ name }) => name);
  const { path: project } = store;
  if (choice.kind === 'window') {
    const { start, end } = choice;
    await services.commands.execute(commandIds.checkWindow, { project, monitor: names[0] ?? '', start, end });
  } else if (choice.kind === 'fill') {
    await runMonitors({ project, monitors: names, from: choice.from, to: choice.to }, services);
  } else await runMonitors({ project, monitors: names, ...(args.at !== undefined && { at: args.at }) }, services);
}

function choiceOf({ at, start, end, from, to }: RunArgs): RunChoice | undefined {
  if (start !== undefined && end !== undefined) return { kind: 'window', start, end };
  if (from !== undefined && to !== undefined) return { kind: 'fill', from, to };
  return at === undefined ? undefined : { kind: 'latest' };
}

function monitorsOf(store: ProjectStore, { endpoint, monitor }: RunArgs, trans: TranslationBundle): RunnableMonitor[] {
  const all = Object.entries(store.config?.monitors ?? {});
  const wanted = all.filter(([name, config]) =>
    monitor === undefined ? endpoint === undefined || config.endpoint === endpoint : name === monitor,
  );
  if (wanted.length === 0) {
    const name = monitor ?? endpoint ?? store.path;
    throw new Error(store.problem ?? trans.__('The project has no monitor "%1".', name));
  }
  return wanted.map(([name, { schedule }]): RunnableMonitor => {
    const last = store.status?.monitors[name]?.last;
    return {
      name,
      schedule: parseSchedule(schedule, name),
      ...(last && { last: last.scheduledTime, lastWindow: last.window }),
    };
  });
}
