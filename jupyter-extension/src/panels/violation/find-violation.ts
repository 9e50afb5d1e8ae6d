import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExecutionRecord, MonitorConfig, Report, Violation } from 'driftline';
import type { ProjectRegistry } from '../../project/project-registry.js';
import type { ProjectStore } from '../../project/project-store.js';
import type { ViolationArgs } from './violation-args.js';

/** A violation of an execution of a project, with all that its view is made of. */
export interface FoundViolation {
  readonly store: ProjectStore;
  readonly monitor: string;
  readonly config: MonitorConfig;
  readonly execution: ExecutionRecord;
  readonly report: Report;
  readonly violation: Violation;
}

/** Reads the execution's report. @throws Error that says what is missing. */
export async function findViolation(
  { project, monitor, scheduledTime, violation: id }: ViolationArgs,
  projects: ProjectRegistry,
  trans: TranslationBundle,
): Promise<FoundViolation> {
  const store = await projects.open(project);
  if (store.config === undefined) {
    throw new Error(store.problem ?? trans.__('The project in "%1" cannot be read.', project));
  }
  const config = store.config.monitors[monitor];
  if (config === undefined) throw new Error(trans.__('The project has no monitor "%1".', monitor));
  const time = new Date(scheduledTime);
  if (Number.isNaN(time.getTime())) throw new Error(trans.__('"%1" is no time.', scheduledTime));
  const look = async (): Promise<ExecutionRecord | undefined> =>
    (await store.executions(monitor, { from: time, to: time }))[0];
  let execution = await look();
  if (execution === undefined) {
    // It may have run since the project was read.
    await store.refresh();
    execution = await look();
  }
  if (execution === undefined) {
    throw new Error(trans.__('The history of "%1" has no execution for %2.', monitor, scheduledTime));
  }
  const read = await store.report(monitor, execution);
  if ('problem' in read) throw new Error(`${read.problem.what} ${read.problem.fix}`);
  const { report } = read;
  const violation = report.violations.find((known) => known.id === id);
  if (violation === undefined) {
    throw new Error(
      trans.__('The report of this execution has no violation "%1": it may have been run again since.', id),
    );
  }
  return { store, monitor, config, execution, report, violation };
}
