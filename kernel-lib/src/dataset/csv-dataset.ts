import { HALF_WRITTEN } from '../capture/line-reason.js';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import type { StoredObject } from '../storage/storage.js';
import { type CellBatch, TextRows } from './cell-batch.js';
import { checkColumnNames, positionNames } from './column-names.js';
import { looksLikeHeader } from './csv-header.js';
import { CsvParser } from './csv-parser.js';
import type { DatasetReader, OpenDatasetOptions } from './dataset.js';
import { type RejectedLine, reject } from './rejected-lines.js';
import { parseTextFiles } from './text-files.js';

const SAMPLE_RECORDS = 200;

/** How the first line of each file is to be taken: as a header, as data, or as a header where it equals the names. */
interface CsvLayout {
  readonly names: readonly string[];
  readonly firstLine: 'header' | 'data' | 'header-if-equal';
  /** The names as the first file's header has them, which the other files must repeat. */
  readonly header: readonly string[] | undefined;
}

/** Opens CSV files; the names of the columns come from the first. */
export async function openCsv(objects: readonly StoredObject[], options: OpenDatasetOptions): Promise<DatasetReader> {
  const sample = await firstRecords(objects[0]!, options);
  const layout = layoutOf(sample, objects[0]!.uri, options);
  let rejected: RejectedLine[] = [];
  return {
    columns: layout.names.map((name) => ({ name, declared: 'text' })),
    rejected: () => rejected,
    async *batches(run) {
      rejected = [];
      yield* csvBatches(objects, layout, rejected, run);
    },
  };
}

async function* csvBatches(
  objects: readonly StoredObject[],
  layout: CsvLayout,
  rejected: RejectedLine[],
  options: RunOptions,
): AsyncGenerator<CellBatch> {
  const { names, firstLine, header } = layout;
  const rows = new TextRows(names.length);
  const parserOf = (uri: string): CsvParser => {
    let atFirst = true;
    const parser = new CsvParser({
      rejected: (line, reason, raw) => reject(rejected, uri, line, reason, raw),
      record(cells, line, raw) {
        if (atFirst) {
          atFirst = false;
          if (firstLine === 'header') return checkHeader(cells, header!, uri);
          if (firstLine === 'header-if-equal' && equal(cells, names)) return;
        }
        if (cells.length === names.length) rows.add(cells);
        else reject(rejected, uri, line, countReason(cells.length, names.length, parser.unended), raw);
      },
    });
    return parser;
  };
  for await (const _ of parseTextFiles(objects, 'reading', parserOf, options)) {
    const batch = rows.take();
    if (batch) yield batch;
  }
}

async function firstRecords(object: StoredObject, { signal }: RunOptions): Promise<string[][]> {
  const records: string[][] = [];
  const parser = (): CsvParser =>
    new CsvParser({ record: (cells) => void records.push(cells), rejected: () => undefined });
  for await (const _ of parseTextFiles([object], 'reading', parser, signal ? { signal } : {})) {
    if (records.length > SAMPLE_RECORDS) break;
  }
  return records.slice(0, SAMPLE_RECORDS);
}

function layoutOf(sample: readonly string[][], file: string, options: OpenDatasetOptions): CsvLayout {
  const [first, ...following] = sample;
  if (first === undefined) {
    throw new MonitorError('NO_DATA', 'The file holds no line that can be read.', {
      where: file,
      fix: 'check what should have written it, and that it is CSV',
    });
  }
  checkSeparators(first, following, file);
  const { columns, header } = options;
  if (columns !== undefined) {
    checkColumnNames(columns, file);
    if (columns.length !== first.length) throw wrongCount(columns.length, first.length, file);
    const firstLine = header === undefined ? 'header-if-equal' : header ? 'header' : 'data';
    return { names: columns, firstLine, header: header ? first : undefined };
  }
  if (header ?? looksLikeHeader(first, following)) {
    checkColumnNames(first, file);
    return { names: first, firstLine: 'header', header: first };
  }
  return { names: positionNames(first.length), firstLine: 'data', header: undefined };
}

/** Files of other dialects read as one column, or with line ends inside cells: better said at once. */
function checkSeparators(first: readonly string[], following: readonly (readonly string[])[], file: string): void {
  if (first.some((cell) => /[^\n]\r[^\n]/.test(cell)) && following.length === 0) {
    throw new MonitorError('FORMAT', 'The lines end with carriage returns alone.', {
      where: file,
      fix: 'write it with line feeds (\\n or \\r\\n)',
    });
  }
  for (const [separator, name] of [
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ] as const) {
    const counts = new Set([first, ...following].map((row) => (row.length > 1 ? -1 : row[0]!.split(separator).length)));
    if (counts.size === 1 && !counts.has(1) && !counts.has(-1)) {
      throw new MonitorError('FORMAT', `The cells seem to be separated by ${name}.`, {
        where: file,
        fix: 'write it with commas, as SageMaker’s own files are',
      });
    }
  }
}

function checkHeader(cells: readonly string[], header: readonly string[], file: string): void {
  if (equal(cells, header)) return;
  const difference =
    cells.length !== header.length
      ? `${cells.length} columns instead of ${header.length}`
      : header.flatMap((name, index) => (name === cells[index] ? [] : [`"${cells[index]}" instead of "${name}"`]))[0];
  throw new MonitorError('FORMAT', `The header differs from that of the first file: ${difference}.`, {
    where: file,
    fix: 'read files with the same columns together only',
  });
}

function wrongCount(names: number, columns: number, file: string): MonitorError {
  return new MonitorError('COLUMN_COUNT', `${names} names are given for ${columns} columns.`, {
    where: file,
    fix: 'give a name for each column',
  });
}

function countReason(found: number, expected: number, unended: boolean): string {
  if (unended && found < expected) return HALF_WRITTEN;
  return `has ${found} ${found === 1 ? 'column' : 'columns'}, expected ${expected}`;
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, index) => cell === b[index]);
}
