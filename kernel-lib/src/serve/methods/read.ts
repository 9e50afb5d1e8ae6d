import { z } from 'zod';
import { MonitorError } from '../../errors.js';
import { resolveLocation } from '../../project/locations.js';
import { openProject, type Project } from '../../project/project.js';
import { openStorage, relativeUri } from '../../storage/open-storage.js';
import type { Method } from '../method.js';
import { location } from './parameters.js';

export const read: Method<'read'> = {
  params: z.strictObject({
    project: location,
    uri: location,
    maxBytes: z.int().min(1).max(4_000_000).optional(),
  }),
  async handle({ project: place, uri, maxBytes = 1_000_000 }, { signal }) {
    const project = await openProject(place);
    const file = resolveLocation(project.location, uri);
    checkPlace(project, file);
    const storage = openStorage(file);
    const options = signal === undefined ? {} : { signal };
    const found = await storage.stat(file, options);
    if (found === undefined) {
      throw new MonitorError('FILE_NOT_FOUND', 'There is no such file.', { where: file, fix: 'check the path' });
    }
    const { sizeBytes } = found;
    if (sizeBytes > maxBytes) {
      throw new MonitorError('LIMIT', `The file is too large to show: ${sizeBytes} bytes, the limit is ${maxBytes}.`, {
        where: file,
        fix: 'open it with another program',
      });
    }
    return { text: decode(await storage.read(file, options), file), sizeBytes };
  },
};

/** The kernel may read more than a panel should: only what belongs to the project goes out. */
function checkPlace({ location: folder, config }: Project, file: string): void {
  const named = Object.values(config.monitors).flatMap(({ output, baseline }) =>
    typeof baseline === 'string' ? [output, baseline] : [output],
  );
  const roots = [folder, ...named.map((root) => resolveLocation(folder, root))];
  const plain = !file.startsWith('s3://') || !file.split('/').includes('..');
  if (plain && roots.some((root) => relativeUri(root, file) !== file)) return;
  throw new MonitorError('USAGE', 'This file is not of the project.', {
    where: file,
    fix: `name a file below ${roots.join(' or ')}`,
  });
}

function decode(content: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw new MonitorError('FORMAT', 'This is no text in UTF-8.', {
      where,
      fix: 'open it with another program',
      cause,
    });
  }
}
