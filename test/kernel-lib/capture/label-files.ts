import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A ground-truth line; keys in the service's order. */
export function labelLine(eventId: string, data: string, encoding: 'CSV' | 'JSON' = 'CSV'): string {
  return JSON.stringify({ groundTruthData: { data, encoding }, eventMetadata: { eventId }, eventVersion: '0' });
}

/** Writes lines below a root, the last one ended unless it is said to be cut; makes the folders. */
export function writeLines(root: string, file: string, lines: readonly string[], end = '\n'): string {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, lines.join('\n') + end);
  return target;
}
