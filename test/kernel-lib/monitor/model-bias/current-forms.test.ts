import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../../../../kernel-lib/src/monitor/check.js';
import { type CaptureForm, writeBatchMerged, writeCapture, writeMerged } from '../../../support/bias-captures.js';
import { FEATURES, germanCredit, LABEL, PREDICTION, PROBABILITY } from '../../../support/bias-forms.js';
import { analysisDifferences, biasGolden } from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Row = readonly string[];

const german = germanCredit();
const golden = biasGolden.checks.find(({ name }) => name === 'German credit')!;
const current = german.rows.slice(golden.split);
const own = { ...JSON.parse(golden.config), headers: german.names.slice(0, FEATURES), predictor: undefined };
const features = (cells: Row): string => `[${cells.slice(0, FEATURES).join()}]`;
/** As an object, every other row with its keys from the last to the first. */
const shuffled = (cells: Row): string => {
  const entries = cells.slice(0, FEATURES).map((cell, place) => `"${german.names[place]}": ${cell}`);
  return `{${(Number(cells[12]) % 2 === 0 ? entries : entries.reverse()).join()}}`;
};
const named = (cells: Row): string =>
  cells
    .slice(0, FEATURES)
    .map((cell, place) => `"${german.names[place]}": ${cell}`)
    .join();

function write(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

/** Checks with a configuration of its own, by the service's rule. */
function run(config: object, options: Partial<CheckOptions> & { current: string }): Promise<CheckedReport> {
  return check('model-bias', {
    ...{ baseline: at('baseline'), config: write('current.json', JSON.stringify(config)), output: at('report') },
    ...{ rule: 'threshold', ...options },
  });
}

function differences(expected: object): string[] {
  return analysisDifferences(JSON.parse(readFileSync(at('report', 'analysis.json'), 'utf8')), expected);
}

async function baselineOf(names: Row, rows: readonly Row[], config: string): Promise<void> {
  const dataset = write('baseline.csv', `${[names, ...rows].map((cells) => cells.join()).join('\n')}\n`);
  await makeBaseline('model-bias', { dataset, config: write('baseline.json', config), output: at('baseline') });
}

describe('German credit, the second half against the first', () => {
  beforeAll(() => baselineOf(german.names, german.rows.slice(0, golden.split), golden.config));

  const written = (cells: Row): string => `{"predicted_label": ${cells[PREDICTION]}, "score": ${cells[PROBABILITY]}}`;
  const other = (cells: Row): string => `${1 - Number(cells[PROBABILITY])}`;

  it.each<[string, object, (cells: Row) => string]>([
    [
      'a list of features, the label by its name in the answer',
      { features: 'features', predictor: { label: 'predicted_label' } },
      (cells) => `{"features": ${features(cells)}, "SageMakerOutput": ${written(cells)}}`,
    ],
    [
      'a list of features, the score by its whole path',
      { features: 'features', predictor: { probability: 'SageMakerOutput.score' } },
      (cells) => `{"features": ${features(cells)}, "SageMakerOutput": ${written(cells)}}`,
    ],
    [
      'lists in lists',
      { features: 'instances[*].features', predictor: { label: 'predictions[*].predicted_label' } },
      (cells) =>
        `{"instances": [{"features": ${features(cells)}}], "SageMakerOutput": {"predictions": [${written(cells)}]}}`,
    ],
    [
      'features by their names, the answer a number',
      { predictor: { probability: 0 } },
      (cells) => `{${named(cells)}, "SageMakerOutput": ${cells[PROBABILITY]}}`,
    ],
    [
      'features by their names, the answer an object',
      { predictor: { label: 'predictions[0].predicted_label' } },
      (cells) => `{${named(cells)}, "SageMakerOutput": {"predictions": [${written(cells)}]}}`,
    ],
    [
      'a list of probabilities',
      { features: 'features', predictor: { probability: 'scores', label_headers: [0, 1] } },
      (cells) =>
        `{"features": ${features(cells)}, "SageMakerOutput": {"scores": [${other(cells)}, ${cells[PROBABILITY]}]}}`,
    ],
  ])('has the numbers of smclarify from merged records of a batch job: %s', async (_, config, line) => {
    writeBatchMerged(current, at('batch'), line);
    const report = await run({ ...own, ...config }, { current: at('batch') });
    expect(report.current.read).toMatchObject({ rows: current.length, quarantined: 0 });
    expect(differences(golden.current)).toEqual([]);
  });

  it('has the numbers of smclarify where features are objects with their keys in any order', async () => {
    const config = {
      features: 'instances[*].of',
      label: 'instances[*].label',
      predictor: { label: 'predictions[*].label' },
    };
    const part = (rows: readonly Row[], one: (cells: Row) => string): string => rows.map(one).join();
    const form: CaptureForm = {
      ...{ name: '', rowsEach: 5, config: {} },
      request: (rows) => ({
        input: { data: `{"instances": [${part(rows, (cells) => `{"of": ${shuffled(cells)}}`)}]}`, encoding: 'JSON' },
        output: {
          data: `{"predictions": [${part(rows, (cells) => `{"label": ${cells[PREDICTION]}}`)}]}`,
          encoding: 'JSON',
        },
        truth: {
          data: `{"instances": [${part(rows, (cells) => `{"label": ${cells[LABEL]}}`)}]}`,
          encoding: 'JSON',
        },
      }),
    };
    writeMerged(form, current, at('shuffled'));
    await run({ ...own, ...config, headers: undefined }, { current: at('shuffled') });
    expect(differences(golden.current)).toEqual([]);
    const lines = current.map(
      (cells) =>
        `{"instances": [{"of": ${shuffled(cells)}, "label": ${cells[LABEL]}}], "predictions": [{"label": ${cells[PREDICTION]}}]}`,
    );
    await run({ ...own, ...config, headers: undefined }, { current: write('shuffled.jsonl', lines.join('\n')) });
    expect(differences(golden.current)).toEqual([]);
  });

  it.each([
    ['1.0 and 0.0', (cell: string) => `${cell}.0`],
    ['true and false', (cell: string) => (cell === '1' ? 'true' : 'false')],
    ['"True" and "False"', (cell: string) => (cell === '1' ? '"True"' : '"False"')],
    ['"1" and "0", with spaces', (cell: string) => `" ${cell} "`],
  ])('has the numbers of smclarify where labels and predictions are written %s', async (_, spelled) => {
    const form: CaptureForm = {
      ...{ name: '', rowsEach: 1, config: {} },
      request: ([cells]) => ({
        input: { data: `{"features": ${features(cells!)}}`, encoding: 'JSON' },
        output: { data: `{"predicted_label": ${spelled(cells![PREDICTION]!)}}`, encoding: 'JSON' },
        truth: { data: `{"instances": [{"label": ${spelled(cells![LABEL]!)}}]}`, encoding: 'JSON' },
      }),
    };
    writeMerged(form, current, at('merged'));
    const config = { features: 'features', label: 'instances[0].label', predictor: { label: 'predicted_label' } };
    await run({ ...own, ...config }, { current: at('merged') });
    const spelling = JSON.parse(readFileSync(at('report', 'analysis.json'), 'utf8'));
    // The label's name is the baseline's: an expression is none.
    expect(spelling.post_training_bias_metrics.label).toBe('credit_risk');
    expect(differences(golden.current)).toEqual([]);
  });
});

describe('a window in which nobody, or everybody, is in a group', () => {
  const AGE = german.names.indexOf('age');
  beforeAll(() => baselineOf(german.names, german.rows, golden.config));

  it.each([
    ['nobody is above 40', (age: number) => age <= 40, [728, 0]],
    ['everybody is above 40', (age: number) => age > 40, [0, 272]],
  ] as const)('is measured, and nothing is judged of it: %s', async (_, wanted, sides) => {
    const part = german.rows.filter((cells) => wanted(Number(cells[AGE])));
    const csv = write('part.csv', `${[german.names, ...part].map((cells) => cells.join()).join('\n')}\n`);
    const { status, modelBias } = await run(JSON.parse(golden.config), { current: csv, rule: 'significant' });
    expect(status).toBe('ok');
    const age = modelBias!.facets.find(({ facet }) => facet === 'age')!;
    const counts = [age.advantaged, age.disadvantaged].map(({ current: side }) => side?.rows);
    expect([age.value, counts]).toEqual(['(40, 75]', sides]);
    expect(age.metrics.filter(({ status: found }) => found === 'ok' || found === 'violated')).toEqual([]);
    const text = readFileSync(at('report', 'analysis.json'), 'utf8');
    expect(JSON.parse(text).pre_training_bias_metrics.facets.age[0].value_or_threshold).toBe('(40, 75]');
  });
});

describe('other labels, a capture of the rows that made the baseline', () => {
  /** Rows of a table drawn for the golden file: x, z, label y, prediction p, facet s. */
  const tableOf = (name: string): readonly [Row, readonly Row[]] => {
    const [names, ...rows] = biasGolden.tables[name]!.trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    return [names!, rows];
  };
  const CLASSES = ['a', 'b', 'c', 'd'];

  /** Of the four classes that of the prediction the likeliest, by a little. */
  const listOf = (prediction: string): number[] => CLASSES.map((name) => (name === prediction ? 0.28 : 0.24));

  it.each([
    [
      'several classes',
      { predictor: { probability: 'scores', label_headers: CLASSES } },
      (prediction: string) => JSON.stringify({ scores: listOf(prediction) }),
    ],
    [
      'one class of four, which is never predicted, beside one that is',
      { predictor: { probability: 'scores', label_headers: CLASSES } },
      (prediction: string) => JSON.stringify({ scores: listOf(prediction) }),
    ],
    [
      'several numbers as classes',
      { predictor: { label: 'level' } },
      (prediction: string) => `{"level": ${prediction}}`,
    ],
    ['one number of four', { predictor: { label: 'level' } }, (prediction: string) => `{"level": ${prediction}.0}`],
    ['a continuous label', { predictor: { label: 'value' } }, (prediction: string) => `{"value": ${prediction}}`],
    ['a label of fractions', { predictor: { label: 'value' } }, (prediction: string) => `{"value": ${prediction}}`],
  ])('has the numbers of smclarify, and no violation: %s', async (name, config, answer) => {
    const { dataset, config: text, analysis } = biasGolden.cases.find((found) => found.name === name)!;
    const [names, rows] = tableOf(dataset);
    await baselineOf(names, rows, text);
    const [y, p] = [names.indexOf('y'), names.indexOf('p')];
    const input = [...names.keys()].filter((place) => place !== y && place !== p);
    const form: CaptureForm = {
      ...{ name: '', rowsEach: 1, config: {} },
      request: ([cells]) => ({
        input: { data: input.map((place) => cells![place]).join(), encoding: 'CSV' },
        output: { data: answer(cells![p]!), encoding: 'JSON' },
        truth: { data: cells![y]!, encoding: 'CSV' },
      }),
    };
    for (const old of ['capture', 'truth']) rmSync(at(old), { recursive: true, force: true });
    writeCapture(form, rows, at('capture'), at('truth'));
    const headers = input.map((place) => names[place]);
    const report = await run(
      { ...JSON.parse(text), headers, ...config },
      { current: at('capture'), groundTruth: at('truth'), rule: 'significant' },
    );
    expect(differences(analysis)).toEqual([]);
    expect([report.status, report.violations]).toEqual(['ok', []]);
  });
});
