import { type ResolvedColumns, resolveColumns } from '../capture/columns.js';
import { type CaptureFiles, locateCapture } from '../capture/locate.js';
import { sampleLines } from '../capture/sample-lines.js';
import { onTheHour, windowOf } from '../capture/window.js';
import { loadRecordHook } from '../profile/open-task-profiler.js';
import type { InferredType } from '../profile/profile.js';
import { type RunOptions, runOptions } from '../progress.js';

/** What decides how captured lines become rows; see `ProfileLocationOptions`. */
export interface PlanCaptureOptions extends RunOptions {
  readonly start?: string;
  readonly end?: string;
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  readonly baselineColumns?: ReadonlyMap<string, InferredType>;
  readonly recordHook?: string;
}

/** The captured files of a window, and how their lines become rows; undefined where there are no lines. */
export interface CapturePlan {
  readonly files: CaptureFiles;
  readonly resolved: ResolvedColumns | undefined;
}

/** Finds the captured files of a window, and decides from their first lines how all are read. */
export async function planCapture(uri: string, options: PlanCaptureOptions): Promise<CapturePlan> {
  const window = windowOf(options);
  const files = await locateCapture(uri, window, runOptions(options));
  const sample = await sampleLines(files.hours, options.signal);
  if (sample.length === 0) return { files, resolved: undefined };
  const { recordHook, baselineColumns, columns } = options;
  const hook = await loadRecordHook(recordHook);
  const { plan, mapping } = resolveColumns(sample, {
    ...(hook && { hook }),
    ...(baselineColumns && { baseline: baselineColumns }),
    ...(columns && { configured: columns }),
  });
  const outsideHours = files.hours.some(({ hour }) => hour === undefined);
  const cut = window !== undefined && (!onTheHour(window) || outsideHours);
  return { files, resolved: { plan: { ...plan, ...(cut && { window }), ...(recordHook && { recordHook }) }, mapping } };
}
