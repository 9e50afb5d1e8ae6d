import { MonitorError } from '../errors.js';
import { joinUri } from '../storage/open-storage.js';
import type { Storage } from '../storage/storage.js';
import { type CaptureWindow, isDateFolder, spanOfFolders, splitDateFolders } from './hour-path.js';

/** Where the hour folders of a capture begin. */
export interface CaptureLayout {
  /** `files`: no hour folders. */
  readonly kind: 'endpoint' | 'batch' | 'merged' | 'files';
  /** Folders that hold years: one for each variant; for batch capture the destination, which has `input` and `output`. */
  readonly roots: readonly string[];
  readonly endpoint: string | undefined;
  readonly variants: readonly string[];
  /** Set where the location is itself a date folder. */
  readonly window: CaptureWindow | undefined;
}

/**
 * Finds out at which level of the service's layout a location stands: the destination, `{endpoint}`,
 * `{endpoint}/{variant}`, a date folder of these, a `merge` folder, a batch destination, or a plain folder.
 *
 * @throws MonitorError `USAGE` where several endpoints lie below.
 */
export async function findLayout(
  storage: Storage,
  uri: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<CaptureLayout> {
  const folders = async (at: string): Promise<string[]> =>
    (await storage.listFolders(at, options)).filter((name) => !/^[._]/.test(name));
  const holdsYears = async (at: string): Promise<boolean> => (await folders(at)).some((name) => isDateFolder(name, 0));

  const [base, date] = splitDateFolders(uri);
  const window = date.length === 0 ? undefined : isoSpan(date);
  const parent = base.slice(0, Math.max(base.lastIndexOf('/'), 0));
  const name = base.slice(base.lastIndexOf('/') + 1);
  if (date.length > 0 || (await holdsYears(base))) {
    if ((name === 'output' || name === 'input') && (await holdsYears(joinUri(parent, 'output')))) {
      return { kind: 'batch', roots: [parent], endpoint: undefined, variants: [], window };
    }
    if (parent.endsWith('/merge')) return { kind: 'merged', roots: [base], endpoint: name, variants: [], window };
    const endpoint = parent.slice(parent.lastIndexOf('/') + 1);
    return { kind: kindOf(base), roots: [base], endpoint, variants: [name], window };
  }

  const names = await folders(base);
  if (names.includes('output') && (await holdsYears(joinUri(base, 'output')))) {
    return { kind: 'batch', roots: [base], endpoint: undefined, variants: [], window };
  }
  if (names.includes('merge') && name !== 'merge') {
    const merged = await findLayout(storage, joinUri(base, 'merge'), options);
    if (merged.kind !== 'files') return merged;
  }
  const variants = await filterAsync(names, (variant) => holdsYears(joinUri(base, variant)));
  if (variants.length > 0 && name !== 'merge') {
    const roots = variants.map((variant) => joinUri(base, variant));
    return { kind: kindOf(base), roots, endpoint: name, variants, window };
  }
  const found: { endpoint: string; variants: string[] }[] = variants.map((endpoint) => ({ endpoint, variants: [] }));
  for (const endpoint of names.filter((each) => !variants.includes(each))) {
    const below = await filterAsync(await folders(joinUri(base, endpoint)), (variant) =>
      holdsYears(joinUri(base, endpoint, variant)),
    );
    if (below.length > 0) found.push({ endpoint, variants: below });
  }
  const [only, ...others] = found;
  if (only === undefined) return { kind: 'files', roots: [base], endpoint: undefined, variants: [], window };
  if (others.length > 0) {
    throw new MonitorError('USAGE', 'The capture of several endpoints lies here.', {
      where: uri,
      fix: `name the folder of one of: ${found.map(({ endpoint }) => endpoint).join(', ')}`,
    });
  }
  const at = joinUri(base, only.endpoint);
  const roots = only.variants.length === 0 ? [at] : only.variants.map((variant) => joinUri(at, variant));
  return { kind: kindOf(joinUri(base, only.endpoint)), roots, ...only, window };
}

function kindOf(base: string): 'endpoint' | 'merged' {
  return base.includes('/merge/') || base.endsWith('/merge') ? 'merged' : 'endpoint';
}

function isoSpan(date: readonly string[]): CaptureWindow {
  const { startMs, endMs } = spanOfFolders(date);
  return { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() };
}

async function filterAsync(names: readonly string[], test: (name: string) => Promise<boolean>): Promise<string[]> {
  const kept = await Promise.all(names.map(test));
  return names.filter((_, index) => kept[index]);
}
