import { createHash } from 'node:crypto';
import type { RunOptions } from '../progress.js';
import { openStorage } from '../storage/open-storage.js';
import { HOUR_MS, hourOfFile } from './hour-path.js';

/**
 * Which labels there are for predictions from a time on: a digest of the ground-truth files that lie in that hour or a
 * later one. It changes when labels arrive.
 *
 * @param since - ISO; undefined for all of them.
 */
export async function labelsVersion(
  groundTruth: string,
  since: string | undefined,
  { signal }: RunOptions = {},
): Promise<string> {
  const sinceMs = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const files: string[] = [];
  for await (const { uri, version } of openStorage(groundTruth).list(groundTruth, signal ? { signal } : {})) {
    const hour = hourOfFile(uri);
    if (hour === undefined || Date.parse(hour) + HOUR_MS > sinceMs) files.push(`${uri}\t${version}`);
  }
  return createHash('sha256').update(files.sort().join('\n')).digest('hex');
}
