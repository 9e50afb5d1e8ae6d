import { ReadTally } from '../../capture/read-tally.js';
import { type DatasetFormat, openDataset } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import { runOptions } from '../../progress.js';
import type { RowReader, RowsOptions } from './read-rows.js';

/** The rows of a dataset; all of its columns. */
export async function openDatasetRows(uri: string, format: DatasetFormat, options: RowsOptions): Promise<RowReader> {
  if (options.recordHook !== undefined) {
    throw new MonitorError('USAGE', 'A pre-processing hook takes captured records, and these data are a dataset.', {
      where: uri,
      fix: 'leave the hook out, or say --dataset-format capture if these are captured records',
    });
  }
  const dataset = await openDataset(uri, {
    format,
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { columns: options.headers }),
    ...runOptions(options),
  });
  let rows = 0;
  return {
    format,
    files: dataset.files,
    names: dataset.columns.map(({ name }) => name),
    window: () => undefined,
    engine: format === 'parquet' ? 'DuckDB' : 'dataset reader',
    async *batches() {
      for await (const batch of dataset.batches(runOptions(options))) {
        rows += batch.rowCount;
        yield batch;
      }
    },
    read: () => {
      const tally = new ReadTally();
      tally.files = dataset.files.length;
      tally.bytes = dataset.sizeBytes;
      tally.records = rows;
      tally.rows = rows;
      for (const line of dataset.rejected()) tally.quarantine(line);
      return tally.toSummary();
    },
    hours: () => [],
    close: () => dataset.close(),
  };
}
