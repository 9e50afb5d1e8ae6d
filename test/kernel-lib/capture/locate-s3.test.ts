import { describe, expect, test, vi } from 'vitest';
import { locateCapture } from '../../../kernel-lib/src/capture/locate.js';
import type { Storage, StoredObject } from '../../../kernel-lib/src/storage/storage.js';

const bucket = vi.hoisted(() => ({ keys: [] as string[], calls: [] as string[] }));

/** Lists keys as S3 does: by prefix, with common prefixes for folders. */
const storage: Pick<Storage, 'list' | 'listFolders' | 'stat'> = {
  async *list(uri) {
    bucket.calls.push(uri);
    for (const key of bucket.keys) if (key.startsWith(`${uri}/`)) yield object(key);
  },
  async listFolders(uri) {
    const below = bucket.keys.filter((key) => key.startsWith(`${uri}/`)).map((key) => key.slice(uri.length + 1));
    return [...new Set(below.filter((key) => key.includes('/')).map((key) => key.split('/')[0]!))].sort();
  },
  async stat(uri) {
    return bucket.keys.includes(uri) ? object(uri) : undefined;
  },
};

function object(uri: string): StoredObject {
  return { uri, sizeBytes: 1, version: '1' };
}

vi.mock(import('../../../kernel-lib/src/storage/open-storage.js'), async (original) => ({
  ...(await original()),
  openStorage: () => storage as Storage,
}));

describe('locateCapture() on S3', () => {
  const root = 's3://bucket/model-monitor/data-capture';
  const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-07T02:00:00Z' };

  test.each(['', '/', '/census', '/census/AllTraffic', '/census/AllTraffic/'])(
    'lists two days and two hours by four prefixes from the destination%s',
    async (at) => {
      const hour = (path: string) => `${root}/census/AllTraffic/2026/03/${path}/00-00-000-a.jsonl`;
      bucket.keys = [hour('04/23'), hour('05/00'), hour('06/23'), hour('07/01'), hour('07/02')];
      bucket.calls = [];
      const { hours, newestHour, endpoint } = await locateCapture(root + at, window);
      expect(hours.map(({ objects }) => objects.map(({ uri }) => uri))).toEqual(
        bucket.keys.slice(1, 4).map((key) => [key]),
      );
      expect([newestHour, endpoint]).toEqual(['2026-03-07T02:00:00Z', 'census']);
      expect(bucket.calls).toEqual(
        ['05', '06', '07/00', '07/01'].map((path) => `${root}/census/AllTraffic/2026/03/${path}`),
      );
    },
  );

  test('takes a bucket as the destination', async () => {
    bucket.keys = ['s3://bucket/census/AllTraffic/2026/03/05/00/a.jsonl'];
    expect((await locateCapture('s3://bucket', window)).hours).toHaveLength(1);
    expect((await locateCapture('s3://bucket/', window)).endpoint).toBe('census');
  });

  test('takes an object', async () => {
    expect((await locateCapture(bucket.keys[0]!, window)).layout).toBe('files');
  });
});
