import type { ReadPlan } from '../capture/read-plan.js';
import { createLineReader } from '../capture/record-rows.js';
import type { RecordHook } from '../hooks/record-hook.js';
import { TaskProfiler } from './profile-task.js';

/** A profiler for a plan, with the plan's hook loaded. Throws `HOOK` when that cannot be. */
export async function openTaskProfiler(plan: ReadPlan): Promise<TaskProfiler> {
  return new TaskProfiler(plan, createLineReader(plan, await loadRecordHook(plan.recordHook)));
}

/** The hook at a location. The module loader behind hooks is large: who has no hook does without it. */
export async function loadRecordHook(location: string | undefined): Promise<RecordHook | undefined> {
  if (location === undefined) return undefined;
  const { loadHook } = await import('../hooks/load-hook.js');
  return loadHook<RecordHook>(location);
}
