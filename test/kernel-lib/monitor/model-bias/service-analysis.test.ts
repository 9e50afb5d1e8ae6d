import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../../../kernel-lib/src/engine/duckdb.js';
import type { Engine } from '../../../../kernel-lib/src/engine/engine.js';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import {
  ASKED,
  analysisDifferences,
  type BiasGoldenCase,
  biasGolden,
  goldenCsv,
} from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a baseline of a file differs in from smclarify. */
async function differences(dataset: string, { config, analysis }: BiasGoldenCase): Promise<string[]> {
  writeFileSync(at('analysis_config.json'), config);
  await makeBaseline('model-bias', { dataset, config: at('analysis_config.json'), output: at('baseline') });
  return analysisDifferences(JSON.parse(readFileSync(at('baseline/analysis.json'), 'utf8')), analysis);
}

const given = biasGolden.cases.filter(({ dataset }) => !ASKED.includes(dataset));
const named = (cases: readonly BiasGoldenCase[]) => cases.map((found) => [found.name, found] as const);

describe('analysis.json of a CSV dataset equals that of smclarify', () => {
  test.each(named(given))('%s', async (_, found) => {
    writeFileSync(at('data.csv'), goldenCsv(found.dataset));
    expect(await differences(at('data.csv'), found)).toEqual([]);
  });
});

describe('analysis.json of a Parquet dataset, whose columns have types, equals that of smclarify', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(() => engine.close());

  const typed = ['whole-fractions', 'stars', 'booleans', 'boolean-label', 'gaps', 'prices', 'cut', 'levels', 'texts'];
  test.each(named(given.filter(({ dataset }) => typed.includes(dataset))))('%s', async (_, found) => {
    writeFileSync(at('typed.csv'), goldenCsv(found.dataset));
    const read = `read_csv('${at('typed.csv')}', nullstr = '')`;
    await engine.query(`COPY (SELECT * FROM ${read}) TO '${at('data.parquet')}' (FORMAT parquet)`);
    expect(await differences(at('data.parquet'), found)).toEqual([]);
  });
});

test('a column that the model does not see can be the facet', async () => {
  const found = given.find(({ name }) => name === 'German credit, foreign worker')!;
  const config = JSON.stringify({ ...JSON.parse(found.config), excluded_columns: ['foreign_worker'] });
  writeFileSync(at('data.csv'), goldenCsv(found.dataset));
  expect(await differences(at('data.csv'), { ...found, config })).toEqual([]);
});
