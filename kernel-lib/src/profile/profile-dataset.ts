import { ReadTally } from '../capture/read-tally.js';
import type { ReadSummary } from '../capture/summary.js';
import type { Dataset } from '../dataset/dataset.js';
import type { RunOptions } from '../progress.js';
import type { Profile } from './profile.js';
import { ProfileBuilder } from './profile-builder.js';

export interface ProfileDatasetOptions extends RunOptions {
  /** Names of columns to leave out: identifiers, times. */
  readonly exclude?: readonly string[];
}

/**
 * Profiles all rows of a dataset in one pass, in bounded memory. Lines that could not be used are counted in `read`, the
 * first ones kept as examples. Throws what `Dataset.batches` throws.
 */
export async function profileDataset(
  dataset: Dataset,
  options: ProfileDatasetOptions = {},
): Promise<{ profile: Profile; read: ReadSummary }> {
  const { exclude = [], ...run } = options;
  const builder = new ProfileBuilder();
  const indexes = [...dataset.columns.keys()].filter((index) => !exclude.includes(dataset.columns[index]!.name));
  const columns = builder.columnsFor(indexes.map((index) => dataset.columns[index]!.name));
  let rows = 0;
  for await (const batch of dataset.batches(run)) {
    rows += batch.rowCount;
    columns.forEach((column, at) => {
      const cells = batch.columns[indexes[at]!]!;
      if (cells.kind === 'number') column.addNumbers(cells.values, cells.valid, batch.rowCount, cells.integral);
      else for (const cell of cells.values) column.addText(cell);
    });
  }
  builder.countRows(rows);

  const tally = new ReadTally();
  tally.files = dataset.files.length;
  tally.bytes = dataset.sizeBytes;
  tally.records = rows;
  tally.rows = rows;
  for (const line of dataset.rejected()) tally.quarantine(line);
  return { profile: builder.finish(), read: tally.toSummary() };
}
