import type { CaptureHour } from '../capture/capture-hour.js';
import type { ReadPlan } from '../capture/read-plan.js';
import type { ReadSummary } from '../capture/summary.js';
import type { RunOptions } from '../progress.js';
import type { Profile } from './profile.js';

/** The profile of one captured hour. */
export interface HourProfile {
  readonly hour: string | undefined;
  readonly profile: Profile;
  readonly read: ReadSummary;
  /** True when it came from the profile cache, unread. */
  readonly reused: boolean;
}

/** The profile of a window: its hours', merged. */
export interface CaptureProfile {
  readonly profile: Profile;
  readonly hours: readonly HourProfile[];
  readonly read: ReadSummary;
  /** Why hourly profiles could not be kept for later windows, where that failed. */
  readonly notKept?: string;
}

export interface ProfileCaptureOptions extends RunOptions {
  /** Folder (local or S3) in which hourly profiles are kept and looked up; none are kept when left out. */
  readonly profileCache?: string;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
}

export type ProfileCapture = (
  hours: readonly CaptureHour[],
  plan: ReadPlan,
  options?: ProfileCaptureOptions,
) => Promise<CaptureProfile>;
