import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { analysisDifferences, biasGolden, goldenCsv } from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(biasGolden.cases.map((found) => [found.name, found] as const))(
  'analysis.json equals that of smclarify: %s',
  async (_, { dataset, config, analysis }) => {
    writeFileSync(at('data.csv'), goldenCsv(dataset));
    writeFileSync(at('analysis_config.json'), config);
    await makeBaseline('model-bias', {
      dataset: at('data.csv'),
      config: at('analysis_config.json'),
      output: at('baseline'),
    });
    const written = JSON.parse(readFileSync(at('baseline/analysis.json'), 'utf8'));
    expect(analysisDifferences(written, analysis)).toEqual([]);
  },
);
