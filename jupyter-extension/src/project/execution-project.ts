import type { CommandRegistry } from '@lumino/commands';
import type { ExecutionRecord, Report } from 'driftline';
import { violationState } from 'driftline/browser';
import { reportLate } from '../main-area/report-late.js';
import type { ReportProject } from '../panels/report-project.js';
import { commandIds } from '../tokens.js';
import type { ProjectRegistry } from './project-registry.js';
import type { ProjectStore } from './project-store.js';
import { projectsAbove } from './projects-above.js';
import type { ServerFiles } from './server-files.js';

export interface ExecutionProjectOptions {
  readonly commands: CommandRegistry;
  /** Ends when the report is no longer shown. */
  readonly closed: AbortSignal;
}

/** What a report shows of the project that the execution belongs to. */
export function executionProject(
  store: ProjectStore,
  monitor: string,
  { scheduledTime }: Pick<ExecutionRecord, 'scheduledTime'>,
  { commands, closed }: ExecutionProjectOptions,
): ReportProject {
  return {
    path: store.path,
    stateOf: (violation) => violationState(store.annotations.decisions, monitor, violation, new Date()),
    open: ({ id }) => {
      const args = { project: store.path, monitor, scheduledTime, violation: id };
      commands.execute(commandIds.openViolation, args).catch(reportLate);
    },
    watch: (changed) => {
      if (closed.aborted) return;
      store.changed.connect(changed);
      closed.addEventListener('abort', () => store.changed.disconnect(changed));
    },
  };
}

/**
 * The project in whose results a `report.json` lies, where it is the report of one of its executions; undefined for any other
 * file. Never throws.
 */
export async function projectOfReport(
  path: string,
  { monitor }: Pick<Report, 'monitor'>,
  files: ServerFiles,
  projects: ProjectRegistry,
  options: ExecutionProjectOptions,
): Promise<ReportProject | undefined> {
  if (monitor === undefined) return undefined;
  try {
    for await (const folder of projectsAbove(path, files)) {
      const store = await projects.open(folder);
      if (store.config?.monitors[monitor] === undefined) continue;
      const execution = await executionAt(store, monitor, path);
      if (execution !== undefined) return executionProject(store, monitor, execution, options);
    }
  } catch {
    // A report is shown without its project, too.
  }
  return undefined;
}

/** The execution whose folder holds the file: `{monitor's folder}/yyyy/mm/dd/hh/report.json`. */
async function executionAt(store: ProjectStore, monitor: string, path: string): Promise<ExecutionRecord | undefined> {
  const results = store.serverPath(store.folderOf(monitor));
  if (results === undefined || !path.startsWith(`${results}/`)) return undefined;
  const within = /^(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})\/report\.json$/.exec(path.slice(results.length + 1));
  if (within === null) return undefined;
  const [, year, month, day, hour] = within;
  const from = new Date(`${year}-${month}-${day}T${hour}:00:00Z`);
  const executions = await store.executions(monitor, { from, to: new Date(from.getTime() + 3_599_000) });
  return executions.find(({ folder }) => folder === `${year}/${month}/${day}/${hour}`);
}
