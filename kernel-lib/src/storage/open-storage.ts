import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';
import { fileStorage } from './file.js';
import { LazyS3Storage } from './lazy-s3.js';
import type { Storage } from './storage.js';

let s3: { readonly environment: string; readonly storage: Storage } | undefined;

/**
 * The storage a URI lies in: a local path or `file://` is the local disk, `s3://` is S3. The answer is shared by all
 * callers until a variable of the environment that begins with AWS_ or DRIFTLINE_ changes. The AWS SDK is loaded at its
 * first use, never for local files.
 *
 * @throws MonitorError `USAGE` for any other scheme.
 */
export function openStorage(uri: string): Storage {
  const scheme = schemeOf(uri);
  if (scheme === undefined || scheme === 'file') return fileStorage;
  if (scheme === 's3') {
    const environment = JSON.stringify(Object.entries(process.env).filter(([name]) => /^(AWS|DRIFTLINE)_/.test(name)));
    if (s3?.environment !== environment) s3 = { environment, storage: new LazyS3Storage() };
    return s3.storage;
  }
  throw new MonitorError('USAGE', `"${scheme}://" is not a storage.`, {
    where: uri,
    fix: 'use a local path, file:// or s3://',
  });
}

/**
 * Adds parts to a location. `..` and `.` are resolved, doubled slashes between parts are not written; the result has no
 * slash at its end. On S3 `..` stops at the bucket.
 */
export function joinUri(base: string, ...parts: readonly string[]): string {
  if (schemeOf(base) === undefined) return path.join(base, ...parts);
  const [, root = '', rest = ''] = /^([a-z0-9]+:\/\/[^/]*)\/?(.*)$/is.exec(base) ?? [];
  const names = rest.replace(/\/+$/, '').split('/');
  if (names.length === 1 && names[0] === '') names.pop();
  for (const name of parts.flatMap((part) => part.split('/'))) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return [root, ...names].join('/');
}

/** What follows `base` in `uri`, without a slash at its beginning: '' for the base itself, `uri` when it is not below. */
export function relativeUri(base: string, uri: string): string {
  const [from, to] = [base, uri].map((place) => (schemeOf(place) === 's3' ? place : localPath(place))) as [
    string,
    string,
  ];
  const folder = from.replace(/\/+$/, '');
  if (to.replace(/\/+$/, '') === folder) return '';
  const [start, below] = path.sep === '\\' && schemeOf(to) === undefined ? [`${folder}\\`, to] : [`${folder}/`, to];
  return below.startsWith(start) ? below.slice(start.length).replaceAll('\\', '/') : uri;
}

function localPath(uri: string): string {
  return path.resolve(schemeOf(uri) === 'file' ? fileURLToPath(uri) : uri);
}

function schemeOf(uri: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(uri)?.[1]?.toLowerCase();
}
