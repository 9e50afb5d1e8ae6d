import { firstLines } from '../capture/lines.js';
import { MonitorError } from '../errors.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import type { DatasetFormatName } from './check.js';

const byExtension: Readonly<Record<string, DatasetFormatName>> = {
  csv: 'csv',
  parquet: 'parquet',
  pq: 'parquet',
};

/**
 * How the data at a location is written: by the first file's extension, and for JSON lines by its first line, which in a
 * capture has `captureData`, and in merged records `groundTruthData` besides. Folders named by year, and the `input` and
 * `output` folders of batch transform, are capture.
 *
 * @throws MonitorError `FILE_NOT_FOUND` when there is nothing at the location.
 */
export async function guessFormat(uri: string, signal?: AbortSignal): Promise<DatasetFormatName> {
  const storage = openStorage(uri);
  const options = signal === undefined ? {} : { signal };
  const folders = await storage.listFolders(uri, options);
  if (folders.includes('input') && folders.includes('output')) return 'capture';

  for await (const object of storage.list(uri, options)) {
    const name = object.uri.slice(object.uri.lastIndexOf('/') + 1);
    if (/^[._]/.test(name)) continue;
    const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
    const known = byExtension[extension];
    if (known !== undefined) return known;
    const [line = ''] = await firstLines(await storage.localCopy(object, options), 1);
    if (line.includes('"groundTruthData"')) return 'merged';
    if (line.includes('"captureData"') || line.includes('"SageMakerInferenceId"')) return 'capture';
    return isHourFolder(object.uri.slice(uri.length)) ? 'capture' : 'jsonl';
  }
  if (await isEmptyFolder(uri, folders)) return 'capture';
  throw new MonitorError('FILE_NOT_FOUND', 'There is no file or folder here.', {
    where: uri,
    fix: 'check the path or the S3 prefix',
  });
}

function isHourFolder(path: string): boolean {
  return /(^|\/)\d{4}\/\d{2}\/\d{2}\/\d{2}\//.test(path);
}

/** A folder that exists but has no files: a capture that has not begun. Prefixes without objects do not exist. */
async function isEmptyFolder(uri: string, folders: readonly string[]): Promise<boolean> {
  if (folders.length > 0) return true;
  const parent = joinUri(uri, '..');
  const name = uri.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return !uri.startsWith('s3://') && (await openStorage(parent).listFolders(parent)).includes(name);
}
