import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDataset } from '../../../kernel-lib/src/dataset/dataset.js';
import { openDuckDb } from '../../../kernel-lib/src/engine/duckdb.js';
import type { ColumnProfile } from '../../../kernel-lib/src/profile/profile.js';
import { type ProfileDatasetOptions, profileDataset } from '../../../kernel-lib/src/profile/profile-dataset.js';

const folder = mkdtempSync(path.join(tmpdir(), 'dataset-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function profileFile(file: string, options?: ProfileDatasetOptions): ReturnType<typeof profileDataset> {
  const dataset = await openDataset(file);
  try {
    return await profileDataset(dataset, options);
  } finally {
    await dataset.close();
  }
}

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const brief = ({ name, inferredType, present, missing, nonFinite, distinctEstimate }: ColumnProfile): unknown[] => [
  name,
  inferredType,
  present,
  missing,
  nonFinite,
  distinctEstimate,
];

describe('profileDataset()', () => {
  test('profiles CSV by its cells as written, and says which lines it could not use', async () => {
    const file = write('rows.csv', 'age,price,city,empty\n31,1.50,"Bonn, West",\n-4,2,Köln,\n,1e3,Köln,\n5,6\n');
    const { profile, read } = await profileFile(file);
    expect(profile.rowCount).toBe(3);
    expect(profile.columns.map(brief)).toEqual([
      ['age', 'Integral', 2, 1, 0, 2],
      ['price', 'Fractional', 3, 0, 0, 3],
      ['city', 'String', 3, 0, 0, 2],
      ['empty', 'Unknown', 0, 3, 0, 0],
    ]);
    expect(profile.columns[1]!.numeric!.moments.sum).toBe(1003.5);
    expect([...profile.columns[2]!.values!]).toEqual([
      ['Bonn, West', 1],
      ['Köln', 2],
    ]);
    expect(read).toMatchObject({ files: 1, rows: 3, records: 3, quarantined: 1 });
    expect(read.examples[0]).toMatchObject({ file, line: 5 });
  });

  test('leaves columns out that it is told to', async () => {
    const file = write('excluded.csv', 'id,x,y\n1,2,3\n');
    const { profile } = await profileFile(file, { exclude: ['id', 'y'] });
    expect(profile.columns.map(({ name }) => name)).toEqual(['x']);
  });

  test('profiles Parquet by its types: NaN and infinities are missing, and counted', async () => {
    const file = path.join(folder, 'rows.parquet');
    const engine = await openDuckDb();
    await engine.query(`copy (select * from (values (1, 1.0::double, 'a'), (2, 'nan'::double, null), (null, 'inf'::double, 'true'))
      as rows(whole, real, text)) to '${file}' (format parquet)`);
    await engine.close();
    const { profile } = await profileFile(file);
    expect(profile.columns.map(brief)).toEqual([
      ['whole', 'Integral', 2, 1, 0, 2],
      ['real', 'Fractional', 1, 2, 2, 1],
      ['text', 'String', 2, 1, 0, 2],
    ]);
  });

  test('profiles a header without rows', async () => {
    const { profile } = await profileFile(write('none.csv', 'a,b\n'));
    expect(profile).toMatchObject({ rowCount: 0, columns: [{ inferredType: 'Unknown' }, { inferredType: 'Unknown' }] });
  });
});
