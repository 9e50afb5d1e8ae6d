import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { check } from '../../../../kernel-lib/src/monitor/check.js';
import { writeCapture } from '../../../support/bias-captures.js';
import { FEATURES, germanCredit, LABEL } from '../../../support/bias-forms.js';
import { ASKED, analysisDifferences, biasGolden, censusCsv, sortedGroups } from '../../../support/bias-golden.js';
import { root, temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const german = germanCredit();
const FEATURE_NAMES = german.names.slice(0, FEATURES);

/** German credit without predictions, its labels made by `label` of the features and the label there is. */
function unanswered(label: (row: Readonly<Record<string, number>>, known: string) => number | string): string {
  const lines = german.rows.map((cells) => {
    const row = Object.fromEntries(FEATURE_NAMES.map((name, place) => [name, Number(cells[place])]));
    return [...cells.slice(0, FEATURES), label(row, cells[LABEL]!)].join();
  });
  return `${[[...FEATURE_NAMES, 'credit_risk'].join(), ...lines].join('\n')}\n`;
}

/** A dataset without predictions, and the model that makes those of the golden file. */
const asked: Readonly<Record<string, { readonly csv: () => string; readonly model: string }>> = {
  census: { csv: censusCsv, model: path.join(root, 'kernel-lib/demo/census-model.json') },
  'german-rule': { csv: () => unanswered((_, known) => known), model: at('rule.mjs') },
  'german-amount': { csv: () => unanswered(({ duration, housing }) => duration! + housing!), model: at('amount.mjs') },
};

beforeAll(() => {
  writeFileSync(at('rule.mjs'), 'export default (rows) => rows.map(({ amount }) => (amount <= 4000 ? 0.8 : 0.2));');
  writeFileSync(at('amount.mjs'), 'export default (rows) => rows.map(({ duration, age }) => duration + age / 4);');
  writeFileSync(
    at('classes.mjs'),
    'export default (rows) => rows.map(({ amount }) => (amount <= 4000 ? [0.3, 0.7] : [0.6, 0.4]));',
  );
});

/** A configuration that addresses no prediction. */
function withoutPredictor(text: string, more: object = {}): object {
  const { predictor: _, ...config } = JSON.parse(text);
  return { ...config, ...more };
}

function baselineOf(csv: string, config: object, model: string) {
  writeFileSync(at('data.csv'), csv);
  writeFileSync(at('analysis_config.json'), JSON.stringify(config));
  return makeBaseline('model-bias', {
    ...{ dataset: at('data.csv'), config: at('analysis_config.json'), model, output: at('baseline') },
  });
}

const analysisIn = (name: string) => JSON.parse(readFileSync(at(name, 'analysis.json'), 'utf8'));
const rule = biasGolden.cases.find(({ dataset }) => dataset === 'german-rule')!;

describe('with --model, analysis.json equals that of smclarify for the predictions that the model makes', () => {
  it.each(ASKED.map((dataset) => [biasGolden.cases.find((found) => found.dataset === dataset)!.name, dataset]))(
    '%s',
    async (name, dataset) => {
      const { config, analysis } = biasGolden.cases.find((found) => found.name === name)!;
      const { csv, model } = asked[dataset]!;
      await baselineOf(csv(), withoutPredictor(config), model);
      expect(analysisDifferences(analysisIn('baseline'), analysis)).toEqual([]);
      const report = await check('model-bias', {
        ...{ current: at('data.csv'), baseline: at('baseline'), model, output: at('report'), rule: 'threshold' },
      });
      expect([report.status, report.violations]).toEqual(['ok', []]);
      expect(analysisDifferences(sortedGroups(analysisIn('report')), sortedGroups(analysis))).toEqual([]);
    },
  );

  it('lists of probabilities stand for the likeliest class', async () => {
    const config = withoutPredictor(rule.config, { predictor: { label_headers: [0, 1] } });
    await baselineOf(asked['german-rule']!.csv(), config, at('classes.mjs'));
    expect(analysisDifferences(analysisIn('baseline'), rule.analysis)).toEqual([]);
  });

  it('probabilities are compared with the threshold, which itself is not above it', async () => {
    writeFileSync(at('low.mjs'), 'export default (rows) => rows.map(({ amount }) => (amount <= 4000 ? 0.35 : 0.3));');
    await baselineOf(
      asked['german-rule']!.csv(),
      withoutPredictor(rule.config, { probability_threshold: 0.3 }),
      at('low.mjs'),
    );
    expect(analysisDifferences(analysisIn('baseline'), rule.analysis)).toEqual([]);
  });

  it('what captured answers say does not count', async () => {
    await baselineOf(asked['german-rule']!.csv(), withoutPredictor(rule.config), at('rule.mjs'));
    const form = {
      name: '',
      rowsEach: 20,
      config: {},
      request: (rows: readonly (readonly string[])[]) => ({
        input: { data: rows.map((cells) => cells.slice(0, FEATURES).join()).join('\n'), encoding: 'CSV' as const },
        output: { data: rows.map(() => 'refused,7').join('\n'), encoding: 'CSV' as const },
        truth: { data: rows.map((cells) => cells[LABEL]).join('\n'), encoding: 'CSV' as const },
      }),
    };
    writeCapture(form, german.rows, at('capture'), at('ground-truth'));
    const report = await check('model-bias', {
      ...{ current: at('capture'), groundTruth: at('ground-truth'), baseline: at('baseline'), model: at('rule.mjs') },
      output: at('report'),
    });
    expect([report.status, report.violations]).toEqual(['ok', []]);
    expect(analysisDifferences(sortedGroups(analysisIn('report')), sortedGroups(rule.analysis))).toEqual([]);
  });
});

describe('a model whose answers do not fit', () => {
  it.each([
    ['rows.map(() => 3)', {}, 'The model answers 3, which is no probability of the positive class.'],
    ['rows.map(() => -0.1)', {}, 'The model answers -0.1, which is no probability of the positive class.'],
    [
      'rows.map((_, row) => (row % 2 ? 0.5 : [0.5, 0.5]))',
      { predictor: { label_headers: [0, 1] } },
      'The model answers numbers for some rows and lists for others.',
    ],
    ['rows.map(() => [0.5, 0.5])', {}, 'The model answers 2 numbers a row, and their classes are not said.'],
    [
      'rows.map(() => [0.2, 0.3, 0.5])',
      { predictor: { label_headers: [0, 1] } },
      'The model answers 3 numbers a row, and their classes are not said.',
    ],
  ])('is refused: %s', async (answers, more, what) => {
    const name = at(`wrong-${Buffer.from(answers).toString('hex')}.mjs`);
    writeFileSync(name, `export default (rows) => ${answers};`);
    await expect(
      baselineOf(asked['german-rule']!.csv(), withoutPredictor(rule.config, more), name),
    ).rejects.toMatchObject({ code: 'MODEL', what, where: name });
  });
});
