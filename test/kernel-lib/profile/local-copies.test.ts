import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LocalCopies } from '../../../kernel-lib/src/profile/local-copies.js';
import type { StoredObject } from '../../../kernel-lib/src/storage/storage.js';

const objects: StoredObject[] = Array.from({ length: 200 }, (_, i) => ({
  uri: `s3://bucket/${i}`,
  sizeBytes: 1,
  version: '1',
}));

async function settled(): Promise<void> {
  for (let i = 0; i < 300; i++) await setImmediate();
}

describe('LocalCopies', () => {
  it('stays a bounded number of copies ahead of its reader, and gives each in the end', async () => {
    const begun: string[] = [];
    const copies = new LocalCopies(objects, async ({ uri }) => {
      begun.push(uri);
      await setImmediate();
      return `/cache/${uri}`;
    });
    await settled();
    expect(begun).toEqual(objects.slice(0, 64).map(({ uri }) => uri));
    for (const object of objects) expect(await copies.path(object)).toBe(`/cache/${object.uri}`);
    expect(begun).toHaveLength(200);
  });

  it('runs at most sixteen copies at a time', async () => {
    let running = 0;
    let most = 0;
    const copies = new LocalCopies(objects, async ({ uri }) => {
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
      return uri;
    });
    await Promise.all(objects.map((object) => copies.path(object)));
    expect(most).toBe(16);
  });

  it('begins no more after a failure, which the reader of that object gets', async () => {
    let begun = 0;
    const copies = new LocalCopies(objects, async ({ uri }) => {
      begun++;
      await setImmediate();
      if (uri.endsWith('/3')) throw new Error('gone');
      return uri;
    });
    await expect(copies.path(objects[3]!)).rejects.toThrow('gone');
    await settled();
    expect(begun).toBeLessThan(40);
  });
});
