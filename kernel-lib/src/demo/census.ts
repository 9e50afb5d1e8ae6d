import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { MonitorError } from '../errors.js';

/** One person: the features as they are written in a CSV cell, and whether the income is above 50,000 dollars. */
export interface CensusRow {
  readonly cells: readonly string[];
  readonly income: '0' | '1';
}

/** The UCI Adult data in the parts the example project uses, and its model. */
export interface Census {
  /** Names of the features, in the order of `cells`; `income` is not among them. */
  readonly features: readonly string[];
  /** What the model was trained on. */
  readonly training: readonly CensusRow[];
  /** Rows of the training side that the model has not seen. */
  readonly validation: readonly CensusRow[];
  /** What production is made of. */
  readonly production: readonly CensusRow[];
  /** The XGBoost JSON file, as text. */
  readonly model: string;
}

// dist/demo/census.js and src/demo/census.ts lie equally deep.
const shipped = new URL('../../demo/', import.meta.url);

/**
 * Loads the files of kernel-lib/demo.
 *
 * @param folder - Where they lie, ending in a slash. Default: in the package.
 * @throws MonitorError `FORMAT` where a file is not what `SHA256SUMS` says.
 */
export async function loadCensus(folder: URL = shipped): Promise<Census> {
  const sums = parseSums(await readFile(new URL('SHA256SUMS', folder), 'utf8'));
  const load = (name: string): Promise<Buffer> => readVerified(new URL(name, folder), sums.get(name));
  const [train, test, model] = await Promise.all([
    load('adult-train.csv.gz'),
    load('adult-test.csv.gz'),
    load('census-model.json'),
  ]);
  const side = parseRows(gunzipSync(train).toString('utf8'));
  return {
    features: side.features,
    // Every fifth row is held out: scripts/train-census-model.py does the same.
    training: side.rows.filter((_, index) => index % 5 !== 0),
    validation: side.rows.filter((_, index) => index % 5 === 0),
    production: parseRows(gunzipSync(test).toString('utf8')).rows,
    model: model.toString('utf8'),
  };
}

function parseSums(text: string): Map<string, string> {
  const lines = text.trimEnd().split('\n');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function readVerified(file: URL, expected: string | undefined): Promise<Buffer> {
  const content = await readFile(file);
  const found = createHash('sha256').update(content).digest('hex');
  if (found === expected) return content;
  throw new MonitorError('FORMAT', `The example data are damaged: SHA-256 ${found}, expected ${expected}.`, {
    where: fileURLToPath(file),
    fix: 'install the package again',
  });
}

/** The files have no quotes and no commas inside values. The label is the last column. */
function parseRows(csv: string): { features: string[]; rows: CensusRow[] } {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const rows = lines.map((line): CensusRow => {
    const cells = line.split(',');
    return { income: cells.pop() === '1' ? '1' : '0', cells };
  });
  return { features: header.split(',').slice(0, -1), rows };
}
