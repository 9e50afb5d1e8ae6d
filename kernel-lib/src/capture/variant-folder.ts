import { MonitorError } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';
import { findLayout } from './layout.js';

/**
 * The folder of one variant of a capture, which may be named at any level of the service's layout.
 *
 * @throws MonitorError `USAGE` where the capture has no such variant, with those that it has.
 */
export async function variantFolder(
  uri: string,
  variant: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const place = uri.replace(/(?<=[^/])\/+$/, '');
  const { roots, variants } = await findLayout(openStorage(place), place, options);
  const folder = roots[variants.indexOf(variant)];
  if (folder !== undefined) return folder;
  throw new MonitorError('USAGE', `The capture has no variant "${variant}".`, {
    where: uri,
    fix:
      variants.length > 0
        ? `use one of: ${variants.join(', ')}; or name none, to take all`
        : 'name none: the capture does not have folders of variants',
  });
}
