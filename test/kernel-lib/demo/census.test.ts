import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { type CensusRow, loadCensus } from '../../../kernel-lib/src/demo/census.js';

const key = (row: CensusRow): string => row.cells.join(',') + row.income;

it('loadCensus() gives the two sides of the UCI split, a fifth of the training side held out', async () => {
  const census = await loadCensus();
  expect(census.training.length + census.validation.length).toBe(32_561);
  expect(census.validation.length).toBe(6_513);
  expect(census.production.length).toBe(16_281);
  expect(census.features).toHaveLength(14);
  // Published in the data set's own description: 24.08 % and 23.62 % (adult.test) earn more than 50,000 dollars.
  const rich = (rows: readonly CensusRow[]): number => rows.filter((row) => row.income === '1').length;
  expect(rich([...census.training, ...census.validation])).toBe(7_841);
  expect(rich(census.production)).toBe(3_846);
  expect(key(census.production[0]!)).toBe(
    '25,Private,226802,11th,7,Never-married,Machine-op-inspct,Own-child,Black,Male,0,0,40,United-States0',
  );
});

it('loadCensus() finds no category in production or validation that training has not', async () => {
  const census = await loadCensus();
  for (const index of census.features.keys()) {
    const known = new Set(census.training.map((row) => row.cells[index]));
    if ([...known].every((cell) => /^\d+$/.test(cell!))) continue;
    const unseen = [...census.production, ...census.validation].filter((row) => !known.has(row.cells[index]));
    expect(unseen).toEqual([]);
  }
});

it('loadCensus() names a file that is not what its checksum says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'driftline-census-'));
  try {
    cpSync(new URL('../../../kernel-lib/demo', import.meta.url), folder, { recursive: true });
    appendFileSync(join(folder, 'census-model.json'), ' ');
    const error: unknown = await loadCensus(pathToFileURL(`${folder}/`)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'FORMAT', where: join(folder, 'census-model.json') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
