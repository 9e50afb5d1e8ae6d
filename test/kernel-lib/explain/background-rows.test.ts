import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../kernel-lib/src/dataset/cell-batch.js';
import type { Background } from '../../../kernel-lib/src/explain/background.js';
import { backgroundOf } from '../../../kernel-lib/src/explain/background-rows.js';

const folder = mkdtempSync(path.join(tmpdir(), 'driftline-background-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, lines: readonly string[]): string => {
  const uri = path.join(folder, name);
  writeFileSync(uri, `${lines.join('\n')}\n`);
  return uri;
};
const texts = ({ batch }: Background): (string | null)[][] =>
  Array.from({ length: batch.rowCount }, (_, row) => batch.columns.map((column) => textOf(column, row)));
const people = file('people.csv', [
  'label,job,age',
  ...Array.from({ length: 90 }, (_, row) => `1,clerk,${20 + (row % 3)}`),
  ...Array.from({ length: 210 }, (_, row) => `0,judge,${60 + (row % 3)}`),
]);

describe('backgroundOf()', () => {
  it('takes inline rows as they are', async () => {
    const shap = {
      baseline: [
        [30, 'clerk'],
        [null, 'judge'],
      ],
    };
    const background = await backgroundOf(['age', 'job'], { shap, dataset: people });
    expect(texts(background)).toEqual([
      ['30', 'clerk'],
      [null, 'judge'],
    ]);
    expect([...background.weights]).toEqual([0.5, 0.5]);
  });

  it('reads a baseline without a header by position and one of JSON Lines by name', async () => {
    const csv = file('plain.csv', ['30,1.5', '40,']);
    expect(texts(await backgroundOf(['age', 'rate'], { shap: { baseline: csv } }))).toEqual([
      ['30', '1.5'],
      ['40', null],
    ]);
    const lines = file('rows.jsonl', ['{"job":"clerk","age":30}']);
    expect(texts(await backgroundOf(['age', 'job'], { shap: { baseline: lines } }))).toEqual([['30', 'clerk']]);
  });

  it('finds the centres of clusters, weighed by their rows', async () => {
    const background = await backgroundOf(['age', 'job'], { shap: { num_clusters: 2 }, dataset: people, seed: 3 });
    const centres = texts(background).map(([age, job], row) => [Number(age), job, background.weights[row]]);
    centres.sort((a, b) => Number(a[0]) - Number(b[0]));
    expect(centres).toEqual([
      [expect.closeTo(21, 9), 'clerk', 0.3],
      [expect.closeTo(61, 9), 'judge', 0.7],
    ]);
    expect(background).toMatchObject({ source: 'clusters', seed: 3 });
  });

  it('draws a hundred rows with the seed, and takes all where there are fewer', async () => {
    const draw = async (seed: number): Promise<(string | null)[][]> =>
      texts(await backgroundOf(['age', 'job'], { dataset: people, seed }));
    const rows = await draw(1);
    expect(rows).toHaveLength(100);
    expect(await draw(1)).toEqual(rows);
    expect(await draw(2)).not.toEqual(rows);
    const few = file('few.csv', ['age,job', '1,a', '2,b']);
    expect(texts(await backgroundOf(['age', 'job'], { dataset: few }))).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]);
  });

  it.each([
    ['nothing to take', {}, 'CONFIGURATION', /No rows stand for absent features/],
    ['no rows', { shap: { baseline: [] } }, 'NO_DATA', /no rows/],
    [
      'a row with the label',
      {
        shap: {
          baseline: [
            [1, 2],
            [1, 2, 3],
          ],
        },
      },
      'COLUMN_COUNT',
      /has 3[\s\S]*row 2/,
    ],
    ['13 clusters', { shap: { num_clusters: 13 }, dataset: people }, 'CONFIGURATION', /1 to 12, not 13/],
  ])('refuses %s', async (_, options, code, message) => {
    const refused = backgroundOf(['age', 'job'], options);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.toThrow(message);
  });
});
