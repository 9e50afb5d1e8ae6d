import type { StoredObject } from '../storage/storage.js';

/** One captured hour and its files, as located for a window. */
export interface CaptureHour {
  /** ISO start of the hour; undefined for files outside the service's hour folders. */
  readonly hour: string | undefined;
  readonly objects: readonly StoredObject[];
}
