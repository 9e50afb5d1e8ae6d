import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheFolder } from '../storage/cache-folder.js';

/**
 * Where hourly profiles of a capture are kept: the folder given, none for `--no-profile-cache`, else one in the user's
 * cache that is the capture location's own. (Commander gives `true` when the option is absent.)
 */
export function profileCacheOf(option: string | boolean, current: string): string | undefined {
  if (option === false) return undefined;
  if (typeof option === 'string') return option;
  const location = current.includes('://') ? current : path.resolve(current);
  return path.join(cacheFolder(), 'profiles', createHash('sha256').update(location).digest('hex').slice(0, 32));
}
