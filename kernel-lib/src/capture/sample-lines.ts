import { openStorage } from '../storage/open-storage.js';
import type { CaptureHour } from './capture-hour.js';
import { firstLines } from './lines.js';

const SAMPLE_LINES = 20;

/** The first lines of captured hours, twenty at most: what decides how all of them are read. */
export async function sampleLines(hours: readonly CaptureHour[], signal: AbortSignal | undefined): Promise<string[]> {
  const lines: string[] = [];
  for (const { objects } of hours) {
    for (const object of objects) {
      const copy = await openStorage(object.uri).localCopy(object, signal === undefined ? {} : { signal });
      lines.push(...(await firstLines(copy, SAMPLE_LINES - lines.length)));
      if (lines.length >= SAMPLE_LINES) return lines;
    }
  }
  return lines;
}
