import { MonitorError } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';
import type { StorageOptions, StoredObject } from '../storage/storage.js';
import type { DatasetFormat } from './dataset.js';

const extensions: Readonly<Record<DatasetFormat, readonly string[]>> = {
  csv: ['csv'],
  jsonl: ['jsonl', 'ndjson'],
  parquet: ['parquet', 'pq'],
};

/** The files of a dataset. */
export interface DatasetFiles {
  readonly format: DatasetFormat;
  /** Ascending; empty files are left out unless all are empty. */
  readonly objects: readonly StoredObject[];
}

/**
 * Finds the files of a dataset: the file itself, or those in a folder or prefix and below. Names that begin with `.` or
 * `_` (`_SUCCESS`) are no data. In a folder, files with an extension of the format count (`.gz` may follow it); where
 * there are none, JSON Lines may be named `.json`, and after that files with an extension of no format count.
 *
 * @param format - told by the extensions when left out.
 * @throws MonitorError `FILE_NOT_FOUND`, `NO_DATA` when all files are empty, `FORMAT` when the kind cannot be told or
 * kinds are mixed.
 */
export async function datasetFiles(
  uri: string,
  format: DatasetFormat | undefined,
  options: StorageOptions = {},
): Promise<DatasetFiles> {
  const all: StoredObject[] = [];
  for await (const object of openStorage(uri).list(uri, options)) all.push(object);
  const visible = all.length === 1 ? all : all.filter(({ uri: file }) => !/^[._]/.test(nameOf(file)));
  if (visible.length === 0) {
    throw new MonitorError('FILE_NOT_FOUND', 'There is no file or folder with data here.', {
      where: uri,
      fix: 'check the path or the S3 prefix',
    });
  }
  const found = format ?? guessFormat(visible, uri);
  const objects = visible.length === 1 ? visible : ofFormat(visible, found, uri);
  const filled = objects.filter(({ sizeBytes }) => sizeBytes > 0);
  if (filled.length > 0) return { format: found, objects: filled };
  throw new MonitorError('NO_DATA', objects.length === 1 ? 'The file is empty.' : 'All files here are empty.', {
    where: objects.length === 1 ? objects[0]!.uri : uri,
    fix: 'check what should have written it',
  });
}

function guessFormat(objects: readonly StoredObject[], uri: string): DatasetFormat {
  const found = objects.map((object) => formatOf(object.uri)).find((format) => format !== undefined);
  if (found !== undefined) return found;
  if (objects.some((object) => extensionOf(object.uri) === 'json')) return 'jsonl';
  throw new MonitorError('FORMAT', 'The kind of data cannot be told from the name.', {
    where: uri,
    fix: `say it with --dataset-format ${Object.keys(extensions).join('|')}`,
  });
}

function ofFormat(objects: readonly StoredObject[], format: DatasetFormat, uri: string): readonly StoredObject[] {
  const matching = objects.filter((object) => formatOf(object.uri) === format);
  const other = objects.find((object) => ![format, undefined].includes(formatOf(object.uri)));
  if (other !== undefined) {
    const one = matching[0] ? `${nameOf(matching[0].uri)} and ` : '';
    throw new MonitorError('FORMAT', `There is data of another kind than ${format}: ${one}${nameOf(other.uri)}.`, {
      where: uri,
      fix: 'name one file, or keep one kind of data in a folder',
    });
  }
  if (matching.length > 0) return matching;
  const json = format === 'jsonl' ? objects.filter((object) => extensionOf(object.uri) === 'json') : [];
  return json.length > 0 ? json : objects;
}

function formatOf(file: string): DatasetFormat | undefined {
  const formats = Object.keys(extensions) as DatasetFormat[];
  return formats.find((format) => extensions[format].includes(extensionOf(file)));
}

function extensionOf(file: string): string {
  return /\.([a-z]+)(?:\.gz)?$/i.exec(nameOf(file))?.[1]?.toLowerCase() ?? '';
}

function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
