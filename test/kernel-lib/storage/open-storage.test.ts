import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { cacheFolder } from '../../../kernel-lib/src/storage/cache-folder.js';
import { fileStorage } from '../../../kernel-lib/src/storage/file.js';
import { joinUri, openStorage, relativeUri } from '../../../kernel-lib/src/storage/open-storage.js';

const sdk = vi.hoisted(() => ({ loads: 0 }));
vi.mock('@aws-sdk/client-s3', async (load) => {
  sdk.loads++;
  return load();
});

describe('openStorage()', () => {
  test('loads the AWS SDK for the first call to S3, and not for local files', async () => {
    const here = fileURLToPath(import.meta.url);
    const s3 = openStorage('s3://bucket/a');
    expect((await openStorage(here).stat(here))?.sizeBytes).toBeGreaterThan(0);
    expect(sdk.loads).toBe(0);

    expect(await s3.stat('s3://bucket/')).toBeUndefined();
    expect(sdk.loads).toBe(1);
  });

  test('takes paths and file:// to the disk, s3:// to one shared S3 storage', () => {
    expect(openStorage('a/b')).toBe(fileStorage);
    expect(openStorage('/a/b')).toBe(fileStorage);
    expect(openStorage('file:///a/b')).toBe(fileStorage);
    expect(openStorage('s3://bucket/a')).not.toBe(fileStorage);
    expect(openStorage('s3://bucket/a')).toBe(openStorage('S3://other'));
  });

  test('refuses other schemes by name', () => {
    expect(() => openStorage('gs://bucket/a')).toThrow('"gs://" is not a storage.');
  });
});

describe('joinUri()', () => {
  test.each([
    ['a/b', ['c', 'd.json'], 'a/b/c/d.json'],
    ['/a/b/', ['c'], '/a/b/c'],
    ['/a/b', ['..'], '/a'],
    ['.', ['a'], 'a'],
    ['s3://bucket', ['a'], 's3://bucket/a'],
    ['s3://bucket/', ['a/b', '/c/'], 's3://bucket/a/b/c'],
    ['s3://bucket/a/b', ['..', 'c'], 's3://bucket/a/c'],
    ['s3://bucket/a', ['..', '..', 'c'], 's3://bucket/c'],
    ['s3://bucket/a//b', ['c'], 's3://bucket/a//b/c'],
    ['file:///a/b', ['c'], 'file:///a/b/c'],
  ])('joins %s and %j to %s', (base, parts, joined) => {
    expect(joinUri(base, ...parts)).toBe(joined);
  });
});

describe('relativeUri()', () => {
  test.each([
    ['s3://bucket/a', 's3://bucket/a/b/c.csv', 'b/c.csv'],
    ['s3://bucket/a/', 's3://bucket/a/b.csv', 'b.csv'],
    ['s3://bucket/a', 's3://bucket/ab.csv', 's3://bucket/ab.csv'],
    ['s3://bucket/a.csv', 's3://bucket/a.csv', ''],
    ['/data', '/data/x/y.csv', 'x/y.csv'],
    ['/data', '/database/y.csv', '/database/y.csv'],
  ])('of %s gives %s as %s', (base, uri, relative) => {
    expect(relativeUri(base, uri)).toBe(relative);
  });

  test('resolves relative paths and file:// on both sides', () => {
    expect(relativeUri('data', path.resolve('data/x.csv'))).toBe('x.csv');
    expect(relativeUri(pathToFileURL('/data').href, '/data/x.csv')).toBe('x.csv');
  });
});

test('cacheFolder() takes its own variable first, then the desktop convention, then the home folder', () => {
  expect(cacheFolder({ DRIFTLINE_CACHE: '/own', XDG_CACHE_HOME: '/xdg' })).toBe('/own');
  expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe(path.join('/xdg', 'driftline'));
  expect(cacheFolder({})).toMatch(/\.cache[\\/]driftline$/);
});
