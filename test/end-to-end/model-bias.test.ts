import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../kernel-lib/src/constraints/analysis.schema.js';
import { captureForms, writeBatchMerged, writeCapture, writeMerged } from '../support/bias-captures.js';
import { datasetForms, FEATURES, germanCredit, PREDICTION } from '../support/bias-forms.js';
import { analysisDifferences, biasGolden } from '../support/bias-golden.js';
import { driftline, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const german = germanCredit();
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

/** Checks against the baseline made last. */
function check(...args: string[]) {
  return driftline([
    ...['check', 'model-bias', '--baseline', at('baseline'), '--output', at('report'), '--quiet', ...args],
  ]);
}

const csvOf = (rows: readonly (readonly string[])[]): string =>
  `${[german.names, ...rows].map((cells) => cells.join()).join('\n')}\n`;

describe('baseline model-bias on German credit', () => {
  const expected = biasGolden.cases.find(({ name }) => name.includes('by index'))!;

  it.each(datasetForms.map((form) => [form.name, form] as const))('measures the same in %s', async (_, form) => {
    const dataset = await form.write(folder, german);
    const config = { ...JSON.parse(expected.config), ...form.config };
    const made = await baseline(dataset, config, '--quiet');
    expect([made.code, made.error]).toEqual([0, '']);
    expect(analysisDifferences(file('baseline', 'analysis.json'), expected.analysis)).toEqual([]);
  });

  it('takes columns of CSV without names by index', async () => {
    writeFileSync(at('data.csv'), csvOf(german.rows).replace(/^.*\n/, ''));
    const config = {
      ...{ label: 20, predictor: { label: 21, probability: 22 }, label_values_or_threshold: [1], group_variable: 14 },
      facet: { name_or_index: 12, value_or_threshold: [40] },
    };
    const made = await baseline(at('data.csv'), config, '--no-header', '--quiet');
    expect([made.code, made.error]).toEqual([0, '']);
    const named = biasGolden.cases.find(({ name }) => name.includes('a continuous column'))!.analysis;
    const renamed = JSON.stringify(named).replaceAll('"age"', '"_c12"').replaceAll('"credit_risk"', '"_c20"');
    expect(analysisDifferences(file('baseline', 'analysis.json'), JSON.parse(renamed))).toEqual([]);
  });
});

describe('check model-bias on German credit', () => {
  const golden = biasGolden.checks.find(({ name }) => name === 'German credit')!;
  const current = german.rows.slice(golden.split);
  const own = { ...JSON.parse(golden.config), headers: german.names.slice(0, FEATURES), label: 'credit_risk' };

  beforeAll(async () => {
    writeFileSync(at('before.csv'), csvOf(german.rows.slice(0, golden.split)));
    writeFileSync(at('now.csv'), csvOf(current));
    const made = await baseline(at('before.csv'), golden.config, '--quiet');
    expect([made.code, made.error]).toEqual([0, '']);
  });

  /** Checks by the service's rule with a configuration of its own. */
  async function expectGolden(config: object, ...args: string[]): Promise<void> {
    writeFileSync(at('current_config.json'), JSON.stringify({ ...own, ...config }));
    const run = await check('--config', at('current_config.json'), '--rule', 'threshold', ...args);
    expect([run.code, run.error]).toEqual([1, '']);
    const analysis = file<Analysis>('report', 'analysis.json');
    expect(analysisDifferences(analysis, golden.current)).toEqual([]);
    const { violations } = file<{ violations: { metric_name: string }[] }>('report', 'constraint_violations.json');
    const names = (found: readonly { metric_name: string }[]) => found.map(({ metric_name }) => metric_name).sort();
    expect(names(violations)).toEqual(names(golden.violations));
  }

  it.each(captureForms.map((form) => [form.name, form] as const))(
    'measures what smclarify measures of the joined rows: capture, %s',
    async (_, form) => {
      const [capture, truth] = [at('capture'), at('ground-truth')];
      for (const folderName of [capture, truth]) rmSync(folderName, { recursive: true, force: true });
      writeCapture(form, current, capture, truth);
      await expectGolden(form.config, '--current', capture, '--ground-truth', truth);
    },
  );

  it.each(captureForms.map((form) => [form.name, form] as const))(
    'measures what smclarify measures of merged records: %s',
    async (_, form) => {
      rmSync(at('merged'), { recursive: true, force: true });
      writeMerged(form, current, at('merged'));
      await expectGolden(form.config, '--current', at('merged'));
    },
  );

  it('measures what smclarify measures of merged records of a batch job', async () => {
    writeBatchMerged(current, at('batch'), (cells) => {
      const input = cells.slice(0, FEATURES).join();
      return `{"features": [${input}], "SageMakerOutput": {"predicted_label": ${cells[PREDICTION]}, "score": 0.4}}`;
    });
    const config = { features: 'features', predictor: { label: 'predicted_label' } };
    await expectGolden(config, '--current', at('batch'));
  });
});
