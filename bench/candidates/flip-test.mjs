// The flip test by driftline: flip-test.mjs ROWS FILE mixed|alike
// FILE is made from a fixed seed where it is not there: 14 columns (doubles), side, prediction (bytes).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { flipTest } from '../../kernel-lib/dist/metrics/bias/flip-test.js';
import { Random } from '../../kernel-lib/dist/stats/random.js';

const COLUMNS = 14;
const rows = Number(process.argv[2]);
const file = process.argv[3];
if (!existsSync(file)) writeFileSync(file, generate(rows, process.argv[4] === 'mixed'));

const bytes = readFileSync(file);
const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 8 * COLUMNS * rows));
const columns = Array.from({ length: COLUMNS }, (_, column) => numbers.subarray(column * rows, (column + 1) * rows));
const side = new Uint8Array(bytes.subarray(8 * COLUMNS * rows, (8 * COLUMNS + 1) * rows));
const prediction = new Uint8Array(bytes.subarray((8 * COLUMNS + 1) * rows));

const before = process.cpuUsage();
const flips = await flipTest(columns, side, prediction, { maximumRows: rows });
const { user, system } = process.cpuUsage(before);
const value = (flips.toPositive - flips.toNegative) / flips.rows;
console.log(
  `driftline FT ${value.toFixed(9)}, standard error ${flips.standardError.toFixed(6)}, ${flips.tied} tied CPU ${((user + system) / 1000).toFixed(0)} ms first`,
);

/**
 * Columns of a table as they come (whole numbers, amounts, flags, some that go together), or normal numbers that are
 * independent and alike, with which every index does worst.
 */
function generate(count, mixed) {
  const random = new Random(13);
  const table = new Float64Array(COLUMNS * count);
  const ends = new Uint8Array(2 * count);
  for (let row = 0; row < count; row++) {
    const cells = mixed ? mixedRow(random) : Array.from({ length: COLUMNS }, () => random.normal());
    cells.forEach((value, column) => {
      table[column * count + row] = value;
    });
    ends[row] = random.integer(2);
    const logit = mixed
      ? (cells[0] - 45) / 10 + (cells[6] - 0.5) - 0.4 * ends[row]
      : cells[0] + cells[1] - 0.4 * ends[row];
    ends[count + row] = logit + 0.5 * random.normal() > 0 ? 1 : 0;
  }
  return Buffer.concat([Buffer.from(table.buffer), ends]);
}

function mixedRow(random) {
  const common = random.normal();
  const years = Math.floor(17 + 60 * random.uniform());
  const amounts = [1, 3, 10].map((scale) => Math.round(100 * scale * Math.exp(0.5 * common + 0.5 * random.normal())));
  const scores = Array.from({ length: 4 }, () => common + random.normal());
  const flags = Array.from({ length: 4 }, () => (random.uniform() < 0.3 ? 1 : 0));
  return [years, Math.round(40 + 12 * random.normal()), ...amounts, random.integer(16), ...flags, ...scores];
}
