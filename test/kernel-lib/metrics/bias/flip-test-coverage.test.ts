import { expect, test } from 'vitest';
import { flipTest } from '../../../../kernel-lib/src/metrics/bias/flip-test.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

/** Where windows come from: rows of a side, cells, and how likely the model answers a row positively. */
interface Kind {
  readonly title: string;
  readonly others: number;
  readonly group: number;
  readonly columns: number;
  cell(random: Random): number;
  positive(row: readonly number[], side: number): number;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const normal = (random: Random): number => random.normal();

/**
 * Of 2,000 windows each (seed 11), as many intervals cover the mean of all: noisy answers 96.0 %, clear ones 96.8 %, few
 * others 95.7 %, a small group 95.5 %, 14 columns 94.8 %, rare positives 95.2 %, ties 96.7 %, four different rows 93.3 %.
 */
const kinds: readonly Kind[] = [
  {
    ...{ title: 'noisy answers', others: 200, group: 200, columns: 3, cell: normal },
    positive: ([x, y]) => logistic(x! + y!),
  },
  {
    ...{ title: 'clear answers', others: 200, group: 200, columns: 3, cell: normal },
    positive: ([x, y]) => (x! + y! > 0.3 ? 1 : 0),
  },
  {
    ...{ title: 'few others', others: 60, group: 500, columns: 3, cell: normal },
    positive: ([x, y], side) => logistic(2 * x! + y! - 0.4 * side),
  },
  {
    ...{ title: 'a small group', others: 500, group: 30, columns: 3, cell: normal },
    positive: ([x, y], side) => logistic(3.5 * (x! + y! - 0.8 * side)),
  },
  {
    ...{ title: 'many columns', others: 300, group: 300, columns: 14, cell: normal },
    positive: ([x, y], side) => logistic(2 * x! + y! - 0.4 * side),
  },
  {
    ...{ title: 'rare positives', others: 500, group: 300, columns: 3, cell: normal },
    positive: ([x, y]) => logistic(x! + y! - 3),
  },
  {
    ...{ title: 'ties', others: 300, group: 200, columns: 3, cell: (random) => random.integer(4) },
    positive: ([x, y], side) => logistic(2 * (x! + y! - 0.5 * side - 3)),
  },
];

function windowOf({ others, group, columns, cell, positive }: Kind, random: Random) {
  const cells = Array.from({ length: columns }, () => new Float64Array(others + group));
  const side = Uint8Array.from({ length: others + group }, (_, row) => (row < others ? 0 : 1));
  const prediction = side.map((ofGroup, row) => {
    for (const column of cells) column[row] = cell(random);
    const features = cells.map((column) => column[row]!);
    return random.uniform() < positive(features, ofGroup) ? 1 : 0;
  });
  return { cells, side, prediction };
}

const WINDOWS = 400;

test.each(kinds)("flipTest()'s error makes intervals of 95 % that hold: $title", async (kind) => {
  const random = new Random(11);
  const found: { value: number; error: number }[] = [];
  for (let seed = 0; seed < WINDOWS; seed++) {
    const { cells, side, prediction } = windowOf(kind, random);
    const flips = await flipTest(cells, side, prediction, { seed });
    found.push({ value: (flips.toPositive - flips.toNegative) / flips.rows, error: flips.standardError! });
  }
  const mean = found.reduce((sum, { value }) => sum + value / WINDOWS, 0);
  const covered = found.filter(({ value, error }) => Math.abs(value - mean) <= 1.959964 * error).length / WINDOWS;
  // The binomial 99 % band of 400 windows.
  expect(Math.abs(covered - 0.95)).toBeLessThan(2.576 * Math.sqrt((0.95 * 0.05) / WINDOWS));
});
