import { textOf } from '../../dataset/cell-batch.js';
import { openDataset } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import { guessFormat } from '../../monitor/dataset-format.js';
import type { RunOptions } from '../../progress.js';
import { throwIfAborted } from '../../storage/abort.js';
import { ColumnSample } from './column-sample.js';

/** Rows that are read of a training file. */
const SAMPLE_ROWS = 10_000;

/** The first rows of a dataset, by column. */
export interface DatasetSample {
  readonly format: string;
  readonly rows: number;
  readonly more: boolean;
  /** By name, in file order. */
  readonly columns: ReadonlyMap<string, ColumnSample>;
}

/**
 * Reads the first 10,000 rows of a dataset.
 *
 * @throws MonitorError `USAGE` for a capture, `NO_DATA` for a file without rows, and what `openDataset` throws.
 */
export async function sampleDataset(uri: string, { signal }: RunOptions): Promise<DatasetSample> {
  const guessed = await guessFormat(uri, signal);
  if (guessed === 'capture' || guessed === 'merged') {
    throw new MonitorError('USAGE', 'This is a capture, not a training file.', {
      where: uri,
      fix: 'name the CSV, JSON Lines or Parquet file that the model was trained on, or scored validation data',
    });
  }
  const dataset = await openDataset(uri, signal ? { signal } : {});
  try {
    const columns = dataset.columns.map(({ name }) => [name, new ColumnSample()] as const);
    let rows = 0;
    let more = false;
    for await (const batch of dataset.batches(signal ? { signal } : {})) {
      throwIfAborted(signal);
      const taken = Math.min(batch.rowCount, SAMPLE_ROWS - rows);
      columns.forEach(([, sample], at) => {
        for (let row = 0; row < taken; row++) sample.add(textOf(batch.columns[at]!, row));
      });
      rows += taken;
      more = taken < batch.rowCount;
      if (more) break;
    }
    if (rows === 0) {
      throw new MonitorError('NO_DATA', 'The training file has no rows.', { where: uri, fix: 'name a file with rows' });
    }
    return { format: dataset.format, rows, more, columns: new Map(columns) };
  } finally {
    await dataset.close();
  }
}
