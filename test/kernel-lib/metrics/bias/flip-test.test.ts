import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FlipCounts } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import { type FlipColumn, flipTest } from '../../../../kernel-lib/src/metrics/bias/flip-test.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { readGolden } from '../../stats/golden.js';

interface GoldenFlips {
  readonly value: number;
  readonly toPositive: number;
  readonly toNegative: number;
  readonly rows: number;
  readonly tied: number;
  /** Whether scikit-learn looks in a tree, and so chooses among equally near rows as driftline does. */
  readonly inTree: boolean;
  readonly error?: string;
}

type GoldenCell = number | string | null;

interface GoldenCase extends GoldenFlips {
  readonly name: string;
  readonly columns: GoldenCell[][];
  readonly side: number[];
  readonly prediction: number[];
}

const golden: {
  readonly cases: GoldenCase[];
  readonly german: {
    readonly names: string[];
    readonly columns: number[][];
    readonly prediction: number[];
    readonly facets: (GoldenFlips & { readonly facet: string; readonly side: number[] })[];
  };
  readonly adult: (GoldenFlips & {
    readonly names: string[];
    readonly facet: string;
    readonly group: string | number;
  })[];
} = readGolden('bias/flip-test.json');

const answered = golden.cases.filter(({ error }) => error === undefined);

function columnOf(cells: readonly GoldenCell[]): FlipColumn {
  if (cells.includes('x')) return undefined;
  return Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
}

function run({ columns, side, prediction }: GoldenCase): Promise<FlipCounts> {
  return flipTest(columns.map(columnOf), Uint8Array.from(side), Uint8Array.from(prediction));
}

function expectFlips(found: FlipCounts, { toPositive, toNegative, rows, tied, value }: GoldenFlips): void {
  expect({ ...found, standardError: 0 }).toEqual({ toPositive, toNegative, rows, tied, standardError: 0 });
  expect((found.toPositive - found.toNegative) / found.rows).toBe(value);
}

function caseOf(name: string): GoldenCase {
  return golden.cases.find((candidate) => candidate.name === name)!;
}

describe('flipTest() against smclarify', () => {
  it.each(answered.filter(({ tied }) => tied === 0))('$name: is exactly its answer', async (known) => {
    expect(await run(known)).toMatchObject({ tied: 0, toPositive: known.toPositive, toNegative: known.toNegative });
  });

  it.each(answered.filter(({ tied, inTree }) => tied > 0 && inTree))(
    '$name: takes the same among equally near rows',
    async (known) => expectFlips({ standardError: 0, ...(await run(known)) }, known),
  );

  it.each(answered.filter(({ inTree }) => !inTree))(
    '$name: differs in no more rows than are tied where scikit-learn uses no tree',
    async (known) => {
      const { toPositive, toNegative, tied } = await run(known);
      expect(tied).toBe(known.tied);
      const moved = Math.abs(toPositive - known.toPositive) + Math.abs(toNegative - known.toNegative);
      expect(moved).toBeLessThanOrEqual(known.tied);
    },
  );

  it.each(golden.cases.filter(({ error }) => error !== undefined))('$name: refuses in its words', async (known) => {
    const found = await run(known);
    expect(known.error!.split('\n')[0]).toBe(found.error);
  });

  it.each(golden.german.facets)('German credit, facet $facet: is exactly its answer', async (known) => {
    const columns = golden.german.columns.filter((_, index) => golden.german.names[index] !== known.facet);
    const found = await flipTest(
      columns.map((column) => Float64Array.from(column)),
      Uint8Array.from(known.side),
      Uint8Array.from(golden.german.prediction),
    );
    expectFlips(found, known);
  });

  describe('Adult', () => {
    const file = new URL('../../../../kernel-lib/demo/adult-train.csv.gz', import.meta.url);
    const [header, ...rows] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
    const cells = rows.map((row) => row.split(','));
    const at = (name: string): number => header!.split(',').indexOf(name);
    const numbers = (name: string): Float64Array => Float64Array.from(cells, (row) => Number(row[at(name)]));
    const prediction = Uint8Array.from(cells, (row) => {
      const years = Number(row[at('education-num')]);
      return years >= 13 || (years >= 10 && row[at('sex')] === 'Male' && Number(row[at('age')]) > 40) ? 1 : 0;
    });

    it.each(golden.adult)('$facet = $group by $names: is exactly its answer, $tied rows tied', async (known) => {
      const side = Uint8Array.from(cells, (row) => (row[at(known.facet)] === String(known.group) ? 1 : 0));
      expectFlips(await flipTest(known.names.map(numbers), side, prediction, { subsamples: 2 }), known);
    });
  });
});

describe('flipTest()', () => {
  it('takes numbers of single precision', async () => {
    const { columns, side, prediction } = caseOf('ties, columns: 3, values: 4');
    const wide = await flipTest(columns.map(columnOf), Uint8Array.from(side), Uint8Array.from(prediction));
    const narrow = await flipTest(
      columns.map((column) => Float32Array.from(column as number[])),
      Uint8Array.from(side),
      Uint8Array.from(prediction),
    );
    expect(narrow).toEqual(wide);
  });

  it('does not depend on the order of rows where no row is tied', async () => {
    const { columns, side, prediction } = caseOf('no ties, columns: 4');
    const order = new Random(3).shuffle([...side.keys()]);
    const reordered = await flipTest(
      columns.map((column) => Float64Array.from(order, (row) => column[row] as number)),
      Uint8Array.from(order, (row) => side[row]!),
      Uint8Array.from(order, (row) => prediction[row]!),
    );
    const { toPositive, toNegative } = caseOf('no ties, columns: 4');
    expect(reordered).toMatchObject({ toPositive, toNegative, tied: 0 });
  });

  it('reorders tied rows by no more than it says', async () => {
    const { columns, side, prediction, tied } = caseOf('ties, columns: 5, values: 3');
    const values = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const order = new Random(seed).shuffle([...side.keys()]);
      const found = await flipTest(
        columns.map((column) => Float64Array.from(order, (row) => column[row] as number)),
        Uint8Array.from(order, (row) => side[row]!),
        Uint8Array.from(order, (row) => prediction[row]!),
      );
      expect(found.tied).toBe(tied);
      values.add(found.toPositive - found.toNegative);
    }
    expect(values.size).toBeGreaterThan(1);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(tied);
  });

  it('leaves out rows that lack a feature, says so, and tests the others', async () => {
    const known = caseOf('missing in the group');
    const whole = known.columns[1]!.map((cell) => cell !== null);
    const kept = <Cell>(cells: readonly Cell[]): Cell[] => cells.filter((_, row) => whole[row]);
    const { columns, side, prediction } = known;
    const others = await run({
      ...known,
      ...{ columns: columns.map(kept), side: kept(side), prediction: kept(prediction) },
    });
    expect(others).toMatchObject({ rows: 9, tied: 0 });
    expect(others.error).toBeUndefined();
    expect(await run(known)).toEqual({ ...others, incomplete: 1, error: 'Input X contains NaN.' });
  });

  it('tests none where one side lacks a feature in every row', async () => {
    const column = Float64Array.of(Number.NaN, Number.NaN, 1, 2);
    const found = await flipTest([column], Uint8Array.of(1, 1, 0, 0), Uint8Array.of(0, 1, 0, 1));
    const none = { toPositive: 0, toNegative: 0, rows: 0 };
    expect(found).toEqual({ ...none, incomplete: 2, error: 'Input X contains NaN.' });
  });

  it('is undecided about no standard error of few rows', async () => {
    expect((await run(caseOf('no ties, others: 12'))).standardError).toBeUndefined();
    expect((await run(caseOf('one row in the group'))).standardError).toBeUndefined();
    expect((await run(caseOf('all positive'))).standardError).toBeGreaterThan(0);
  });

  it('stops when the signal says so', async () => {
    const columns = [Float64Array.from({ length: 4000 }, (_, row) => row)];
    const side = Uint8Array.from({ length: 4000 }, (_, row) => row % 2);
    const controller = new AbortController();
    const running = flipTest(columns, side, side, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(flipTest(columns, side, side, { signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('flipTest() of more rows than it takes', () => {
  const rows = 3000;
  const random = new Random(8);
  const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const prediction = Uint8Array.from(columns[0]!, (value) => (value + random.normal() > 0 ? 1 : 0));
  const sideOf = (group: number): Uint8Array => Uint8Array.from({ length: rows }, (_, row) => (row < group ? 1 : 0));

  it('tests half of each side, drawn with the seed', async () => {
    const found = await flipTest(columns, sideOf(1500), prediction, { maximumRows: 800, seed: 1 });
    expect(found).toMatchObject({ sampled: 800, rows: 400 });
    expect(await flipTest(columns, sideOf(1500), prediction, { maximumRows: 800, seed: 1 })).toEqual(found);
    expect(await flipTest(columns, sideOf(1500), prediction, { maximumRows: 800, seed: 2 })).not.toEqual(found);
  });

  it('tests all rows of a side that has few', async () => {
    expect(await flipTest(columns, sideOf(100), prediction, { maximumRows: 800 })).toMatchObject({ rows: 100 });
    expect(await flipTest(columns, sideOf(2950), prediction, { maximumRows: 800 })).toMatchObject({ rows: 750 });
  });

  it('finds about what all rows do, within what chance allows', async () => {
    const side = sideOf(1500);
    const all = await flipTest(columns, side, prediction);
    expect(all.sampled).toBeUndefined();
    const part = await flipTest(columns, side, prediction, { maximumRows: 1000 });
    const difference = (part.toPositive - part.toNegative) / part.rows - (all.toPositive - all.toNegative) / all.rows;
    expect(Math.abs(difference)).toBeLessThan(2.6 * part.standardError!);
  });
});
