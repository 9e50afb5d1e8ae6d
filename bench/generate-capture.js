import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';

/** 16 real numbers, 2 whole numbers, 2 categories; the score comes first in a captured row. */
export const FEATURES = Array.from({ length: 20 }, (_, i) => `f${String(i).padStart(2, '0')}`);
export const NUMERIC_FEATURES = 18;

const COLOURS = [
  ['red', 0.3],
  ['green', 0.2],
  ['blue', 0.15],
  ['black', 0.1],
  ['white', 0.1],
  ['amber', 0.05],
  ['teal', 0.05],
  ['pink', 0.05],
];
const MISSING_SHARE = 0.02;
const FLUSH_CHARACTERS = 1 << 20;

/** Seeded uniform numbers in [0, 1): mulberry32. */
function uniform(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function makeRows(seed) {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const poisson = (mean) => {
    let count = 0;
    for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
    return count;
  };
  const decimal = (value, places) => {
    const rounded = Math.round(value * 10 ** places) / 10 ** places;
    return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded);
  };
  const draws = FEATURES.slice(0, 16).map((_, j) => {
    if (j % 4 === 0) return () => j + (1 + j / 5) * normal();
    if (j % 4 === 1) return () => -2 * Math.log((1 - random()) * (1 - random()));
    if (j % 4 === 2) return () => Math.exp(normal());
    return () => 100 * random();
  });
  const colour = () => {
    let rest = random();
    for (const [name, share] of COLOURS) {
      rest -= share;
      if (rest < 0) return name;
    }
    return COLOURS[0][0];
  };
  /** A row's 20 cells and its score, as texts. */
  return () => {
    const values = draws.map((draw) => draw());
    const cells = values.map((value) => decimal(value, 4));
    cells.push(
      String(Math.floor(200 * random())),
      String(poisson(5)),
      colour(),
      `S${String(Math.floor(51 * random())).padStart(2, '0')}`,
    );
    const score = decimal(1 / (1 + Math.exp(-(values[0] - values[4] / 3 + normal()))), 6);
    return { cells: cells.map((cell) => (random() < MISSING_SHARE ? '' : cell)), score };
  };
}

function uuid(random) {
  let hex = '';
  for (let i = 0; i < 4; i++)
    hex += Math.floor(4294967296 * random())
      .toString(16)
      .padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Writes a day of capture, one file an hour, in the service's layout below `folder`; does nothing when it is there.
 * The same records for the same number on every machine.
 */
export async function generateCapture(folder, records) {
  if (existsSync(folder)) return;
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const nextRow = makeRows(7);
  const random = uniform(11);
  let written = 0;
  for (let hour = 0; hour < 24; hour++) {
    const hh = String(hour).padStart(2, '0');
    const hourFolder = path.join(partial, 'endpoint/AllTraffic/2026/03/05', hh);
    mkdirSync(hourFolder, { recursive: true });
    const file = createWriteStream(path.join(hourFolder, '00-00-000-6f1c0c86-5d0c-4f0b-9d0a-3a0f6a1b2c3d.jsonl'));
    const end = Math.floor((records * (hour + 1)) / 24);
    let text = '';
    for (; written < end; written++) {
      const { cells, score } = nextRow();
      const second = written % 3600;
      const time = `2026-03-05T${hh}:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
      text += `{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"${cells.join(',')}","encoding":"CSV"},"endpointOutput":{"observedContentType":"text/csv; charset=utf-8","mode":"OUTPUT","data":"${score}","encoding":"CSV"}},"eventMetadata":{"eventId":"${uuid(random)}","inferenceId":"inf-${String(written).padStart(8, '0')}","inferenceTime":"${time}"},"eventVersion":"0"}\n`;
      if (text.length > FLUSH_CHARACTERS) {
        if (!file.write(text)) await new Promise((resolve) => file.once('drain', resolve));
        text = '';
      }
    }
    file.end(text);
    await finished(file);
  }
  renameSync(partial, folder);
}

/** Writes `rows` rows like the captured ones as a CSV with a header: what the baseline is made from. */
export function generateTraining(file, rows) {
  if (existsSync(file)) return;
  const nextRow = makeRows(5);
  const lines = [`score,${FEATURES.join(',')}`];
  for (let i = 0; i < rows; i++) {
    const { cells, score } = nextRow();
    lines.push(`${score},${cells.join(',')}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}
