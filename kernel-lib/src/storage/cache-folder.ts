import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder that holds what can be made or fetched again: `DRIFTLINE_CACHE`, else `driftline` in `XDG_CACHE_HOME`, else
 * `~/.cache/driftline`. An absolute path; the folder need not exist yet, and may be deleted at any time.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const own = env['DRIFTLINE_CACHE'];
  if (own) return path.resolve(own);
  const shared = env['XDG_CACHE_HOME'];
  return path.join(shared ? path.resolve(shared) : path.join(homedir(), '.cache'), 'driftline');
}
