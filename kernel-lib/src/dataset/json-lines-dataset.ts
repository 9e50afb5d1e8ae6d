import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import type { StoredObject } from '../storage/storage.js';
import { type CellBatch, TextRows } from './cell-batch.js';
import { checkColumnNames } from './column-names.js';
import type { DatasetReader } from './dataset.js';
import { JsonLinesParser } from './json-lines-parser.js';
import { type RejectedLine, reject } from './rejected-lines.js';
import { parseTextFiles } from './text-files.js';

/** Opens JSON Lines; all lines are read once for the names of the columns, in the order they are first met. */
export async function openJsonLines(objects: readonly StoredObject[], options: RunOptions): Promise<DatasetReader> {
  const columns = await columnsOf(objects, options);
  if (columns.size === 0) {
    throw new MonitorError('FORMAT', 'There is no line that holds a JSON object.', {
      where: objects[0]!.uri,
      fix: 'write one object for each line (a JSON document over several lines is no JSON Lines)',
    });
  }
  checkColumnNames([...columns.keys()], objects[0]!.uri);
  let rejected: RejectedLine[] = [];
  return {
    columns: [...columns.keys()].map((name) => ({ name, declared: 'text' })),
    rejected: () => rejected,
    async *batches(run) {
      rejected = [];
      yield* jsonBatches(objects, columns, rejected, run);
    },
  };
}

async function columnsOf(objects: readonly StoredObject[], options: RunOptions): Promise<Map<string, number>> {
  const columns = new Map<string, number>();
  const parser = (): JsonLinesParser =>
    new JsonLinesParser({
      rejected: () => undefined,
      row(cells) {
        for (let i = 0; i < cells.length; i += 2) {
          const name = cells[i]!;
          if (!columns.has(name)) columns.set(` ${name}`.slice(1), columns.size);
        }
      },
    });
  for await (const _ of parseTextFiles(objects, 'finding columns', parser, options));
  return columns;
}

async function* jsonBatches(
  objects: readonly StoredObject[],
  columns: ReadonlyMap<string, number>,
  rejected: RejectedLine[],
  options: RunOptions,
): AsyncGenerator<CellBatch> {
  const rows = new TextRows(columns.size);
  const row = new Array<string | null>(columns.size);
  const parser = (uri: string): JsonLinesParser =>
    new JsonLinesParser({
      rejected: (line, reason, raw) => reject(rejected, uri, line, reason, raw),
      row(cells) {
        row.fill(null);
        for (let i = 0; i < cells.length; i += 2) {
          const index = columns.get(cells[i]!);
          if (index !== undefined) row[index] = cells[i + 1]!;
        }
        rows.add(row);
      },
    });
  for await (const _ of parseTextFiles(objects, 'reading', parser, options)) {
    const batch = rows.take();
    if (batch) yield batch;
  }
}
