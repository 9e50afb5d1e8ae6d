import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { datasetForms, germanCredit } from '../support/bias-forms.js';
import { analysisDifferences, biasGolden } from '../support/bias-golden.js';
import { driftline, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(at(...parts), 'utf8')) as T;
}

/** Writes a configuration and makes a baseline of a dataset with it. */
function baseline(dataset: string, config: object | string, ...args: string[]) {
  writeFileSync(at('analysis_config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return driftline([
    ...['baseline', 'model-bias', '--dataset', dataset, '--output', at('baseline')],
    ...['--config', at('analysis_config.json'), ...args],
  ]);
}

describe('baseline model-bias on German credit', () => {
  const german = germanCredit();
  const expected = biasGolden.cases.find(({ name }) => name.includes('by index'))!;

  it.each(datasetForms.map((form) => [form.name, form] as const))('measures the same in %s', async (_, form) => {
    const dataset = await form.write(folder, german);
    const config = { ...JSON.parse(expected.config), ...form.config };
    const made = await baseline(dataset, config, ...(form.args ?? []), '--quiet');
    expect([made.code, made.error]).toEqual([0, '']);
    expect(analysisDifferences(file('baseline', 'analysis.json'), expected.analysis)).toEqual([]);
  });
});
