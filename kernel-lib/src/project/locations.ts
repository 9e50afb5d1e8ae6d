import path from 'node:path';
import { joinUri } from '../storage/open-storage.js';

/** A location of the project file: absolute as it is, relative to the project otherwise. */
export function resolveLocation(project: string, location: string): string {
  return location.includes('://') || path.isAbsolute(location) ? location : joinUri(project, location);
}
