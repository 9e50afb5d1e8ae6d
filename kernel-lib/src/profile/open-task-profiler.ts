import type { ReadPlan } from '../capture/read-plan.js';
import { createLineReader } from '../capture/record-rows.js';
import { loadHook } from '../hooks/load-hook.js';
import type { RecordHook } from '../hooks/record-hook.js';
import { TaskProfiler } from './profile-task.js';

/** A profiler for a plan, with the plan's hook loaded. Throws `HOOK` when that cannot be. */
export async function openTaskProfiler(plan: ReadPlan): Promise<TaskProfiler> {
  const hook = plan.recordHook === undefined ? undefined : await loadHook<RecordHook>(plan.recordHook);
  return new TaskProfiler(plan, createLineReader(plan, hook));
}
