import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../../../../kernel-lib/src/cli/exit-codes.js';
import type { MonitorError } from '../../../../kernel-lib/src/errors.js';
import { biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { type BaselineFile, makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../../../../kernel-lib/src/monitor/check.js';
import { captureForms, writeCapture } from '../../../support/bias-captures.js';
import { FEATURES, germanCredit, LABEL, PREDICTION } from '../../../support/bias-forms.js';
import { germanCsv } from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { names, rows } = germanCredit();
const FEATURE_NAMES = names.slice(0, FEATURES).join(', ');
const METRICS = biasMetrics.map(({ name }) => name).join(', ');
const config = at('analysis_config.json');
const german = {
  label: 'credit_risk',
  label_values_or_threshold: [1],
  predictor: { label: 'predicted_risk', probability: 'probability' },
  facet: { name_or_index: 'foreign_worker', value_or_threshold: [1] },
};

function write(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

function baseline(more: object, dataset: string = germanCsv, output: string = 'baseline'): Promise<BaselineFile> {
  write('analysis_config.json', JSON.stringify({ ...german, ...more }));
  return makeBaseline('model-bias', { dataset, config, output: at(output) });
}

/** A table of sex, y and p as a dataset; undefined keys of the configuration are left out. */
function small(csv: string, more: object = {}): Promise<BaselineFile> {
  const facet = { name_or_index: 'sex' };
  return baseline({ label: 'y', predictor: { label: 'p' }, facet, ...more }, write('small.csv', csv));
}

async function errorOf(promise: Promise<unknown>): Promise<MonitorError> {
  return promise.then(
    () => expect.unreachable('nothing was refused'),
    (error: MonitorError) => error,
  );
}

/** What, where and how to fix, and the exit code of wrong usage. */
async function expectRefused(promise: Promise<unknown>, what: string, where: string, fix: string): Promise<void> {
  const error = await errorOf(promise);
  expect(error.message).toBe(`${what}\n  at: ${where}\n  fix: ${fix}`);
  expect(exitCodeOf(error)).toBe(EXIT.usage);
}

const facet = (name: string | number, ...values: (string | number)[]) => ({
  facet: { name_or_index: name, ...(values.length > 0 && { value_or_threshold: values }) },
});

describe('a baseline is refused, with what, where and how to fix', () => {
  it.each([
    ['a facet that is no column', facet('sex', 'F'), 'There is no column "sex" for the facet.', FEATURE_NAMES],
    ['an index beyond the columns', facet(99, 1), 'There is no column "99" for the facet.', FEATURE_NAMES],
    [
      'a group variable that is no column',
      { group_variable: 'zip' },
      'There is no column "zip" for the group variable.',
      FEATURE_NAMES,
    ],
    ['a label that is no column', { label: 'y' }, 'There is no column "y" for the label.', names.join(', ')],
    [
      'a prediction that is no column',
      { predictor: { label: 'p' } },
      'There is no column "p" for the prediction.',
      names.join(', '),
    ],
    [
      'a probability that is no column',
      { predictor: { probability: 'p' } },
      'There is no column "p" for the probability.',
      names.join(', '),
    ],
  ])('%s', (_, more, what, columns) => expectRefused(baseline(more), what, germanCsv, `use one of: ${columns}`));

  it.each([
    [
      'a threshold above the data',
      facet('age', 99),
      'No row has age > 99.',
      'choose a threshold that the data have; "age" goes from 19 to 75',
    ],
    [
      'a threshold below the data',
      facet('age', 5),
      'All 1000 rows have age > 5: there is nobody to compare them with.',
      'choose another group or facet; "age" goes from 19 to 75',
    ],
    [
      'a value that is never met',
      facet('personal_status_sex', 77),
      'No row has personal_status_sex = 77.',
      'choose a value that the data have; the values of "personal_status_sex" are: 3, 1, 2, 4',
    ],
    [
      'a continuous facet without a threshold',
      facet('age'),
      'The facet "age" is continuous, and no threshold is given for it.',
      'give a number as its value_or_threshold (the data go from 19 to 75)',
    ],
    [
      'no facet',
      { facet: undefined },
      'Whom to compare is not said.',
      'give --facet "sex=Female", or facet in --config',
    ],
    [
      'no label',
      { label: undefined },
      'Which column holds the label is not said.',
      'give --ground-truth-attribute, or label in --config',
    ],
    [
      'no label values',
      { label_values_or_threshold: undefined },
      'Which label is the positive one is not said.',
      'give --label-values, or label_values_or_threshold in --config; the values of "label" are: 1, 0',
    ],
    [
      'a label value that is never met',
      { label_values_or_threshold: [7] },
      'None of the 1000 labels is positive: 7 is never met.',
      'choose label values or a threshold that the data have; the values of "label" are: 1, 0',
    ],
    [
      'a label value of another kind',
      { label_values_or_threshold: ['good', 'bad'] },
      'None of the 1000 labels is positive: good, bad are never met.',
      'choose label values or a threshold that the data have; the values of "label" are: 1, 0',
    ],
    [
      'the label for a prediction',
      { predictor: { label: 'credit_risk' } },
      'Label and prediction must be different columns.',
      'check label and predictor.label in --config, or --ground-truth-attribute and --inference-attribute',
    ],
  ])('%s', (_, more, what, fix) => expectRefused(baseline(more), what, germanCsv, fix));

  it.each([
    ['every value', facet('sex')],
    ['that value', facet('sex', 'F')],
  ])('a facet with one value, of which %s is asked for', (_, more) =>
    expectRefused(
      small(`sex,y,p\n${'F,1,1\nF,0,1\n'.repeat(20)}`, more),
      'All 40 rows have sex = F: there is nobody to compare them with.',
      at('small.csv'),
      'choose another group or facet; the values of "sex" are: F',
    ),
  );

  it('a facet, a group variable or a label that tells rows apart', async () => {
    const lines = Array.from({ length: 10_100 }, (_, row) => `id${row},${row % 2 ? 'F' : 'M'},${row % 3 ? 1 : 0},1`);
    const csv = `id,sex,y,p\n${lines.join('\n')}\n`;
    const fix = 'name a column with fewer values, or one that puts them into groups';
    const many = 'has more than 10,000 different values.';
    await expectRefused(small(csv, facet('id')), `The facet "id" ${many}`, at('small.csv'), fix);
    await expectRefused(small(csv, { group_variable: 'id' }), `The group variable "id" ${many}`, at('small.csv'), fix);
    await expectRefused(
      small(csv, { label: 'id' }),
      'The label has more than 10,000 different texts: it tells no classes.',
      at('small.csv'),
      'name the column of classes, or of numbers only, as the label',
    );
  });

  it('a metric that there is not, in methods or in a limit', async () => {
    await expectRefused(
      baseline({ methods: { pre_training_bias: { methods: ['CI', 'XX'] } } }),
      'There is no bias metric XX.',
      `${config}, methods`,
      `use "all", or some of: ${METRICS}`,
    );
    const limits = [{ metric: 'XX', lower: 0 }];
    await expectRefused(
      makeBaseline('model-bias', { dataset: germanCsv, output: at('b'), limits }),
      'There is no bias metric "XX" to set a limit for.',
      'limits',
      `use one of: ${METRICS}`,
    );
  });

  it('predictions that are none of the labels', () =>
    expectRefused(
      small(`sex,y,p\n${'F,1,good\nM,0,bad\n'.repeat(20)}`, facet('sex', 'F')),
      'None of the 40 predictions is one of the known classes: good, bad.',
      at('small.csv'),
      "use the names of the baseline's labels: 1, 0",
    ));

  it('a dataset that cannot be found, or is a capture', async () => {
    await expectRefused(
      baseline({}, at('absent.csv')),
      'There is no file or folder here.',
      at('absent.csv'),
      'check the path or the S3 prefix',
    );
    writeCapture(captureForms[0]!, rows.slice(0, 5), at('capture'), at('ground-truth'));
    await expectRefused(
      baseline({}, at('capture')),
      'A bias baseline is made from a dataset with labels.',
      at('capture'),
      'name a CSV, JSON Lines or Parquet dataset, such as the training data with predictions',
    );
  });

  it.each([
    ['no rows', 'sex,y,p\n', 'The dataset has no rows.', 'name a dataset with rows'],
    ['no label in any row', 'sex,y,p\nF,,1\nM,,0\n', 'None of the rows has a label.', 'check label, predictor'],
    [
      'no prediction in any row',
      'sex,y,p\nF,1,\nM,0,\n',
      'None of the 2 rows can be used: the prediction is missing.',
      'check label, predictor',
    ],
  ])('%s: that could not be run', async (_, csv, what, fix) => {
    const error = await errorOf(small(csv));
    expect([error.what, error.where]).toEqual([what, at('small.csv')]);
    expect(error.fix).toContain(fix);
    expect(exitCodeOf(error)).toBe(EXIT.couldNotRun);
  });
});

describe('a baseline notes', () => {
  it('a group variable with one row a group', async () => {
    const { notes } = await baseline({ group_variable: 'amount' });
    expect(notes).toEqual([
      'The group variable "amount" has 923 values in 1000 rows: groups of one row or two tell nothing, and CDDL and CDDPL with them.',
    ]);
  });

  it('rows without label, rows without the facet, and that nothing was predicted', async () => {
    const csv = `sex,y\n${'F,1\nM,0\nF,0\nM,1\n'.repeat(10)}M,\nF,\n,1\n`;
    const { notes, rows: count } = await small(csv, { ...facet('sex', 'F'), predictor: undefined });
    expect(count).toBe(41);
    expect(notes).toEqual([
      '2 rows have no label and were left out.',
      'There are no predictions, so only the metrics of the labels were computed.',
      '1 row has no sex; beside sex = F it counts among the others, as in the service.',
    ]);
  });
});

describe('a check is refused, with what, where and how to fix', () => {
  const form = captureForms.find(({ name }) => name === 'CSV of many rows, label and probability out')!;
  const captured = { current: at('captured'), groundTruth: at('labels') };

  beforeAll(async () => {
    await baseline({}, germanCsv, 'made');
    writeCapture(form, rows, at('captured'), at('labels'));
    mkdirSync(at('service'));
    write('service/analysis.json', readFileSync(at('made/analysis.json'), 'utf8'));
  });

  function run(more: object, options: Partial<CheckOptions> = {}): Promise<CheckedReport> {
    write('analysis_config.json', JSON.stringify(more));
    return check('model-bias', { ...captured, baseline: at('made'), config, ...options });
  }

  it('unnamed outputs', () =>
    expectRefused(
      run({}),
      "The model's output has 2 values, and which is the prediction is not said.",
      `${at('captured/2026/03/05/07/part.jsonl')}:1`,
      'give --inference-attribute or --probability-attribute: an index, a name or a JMESPath expression',
    ));

  it('captured cells without names', async () => {
    const predictor = { label: 0 };
    const what = 'There is no column "foreign_worker" for the facet.';
    const fix =
      'none of the 20 columns has a name, and so many features are not in the baseline: give headers in --config, or columns in driftline.yaml';
    await expectRefused(run({ predictor }, { baseline: at('service') }), what, at('captured'), fix);
    const headers = names.slice(0, FEATURES);
    expect((await run({ predictor, headers }, { baseline: at('service') })).status).toBe('ok');
  });

  it('captured predictions without labels', () =>
    expectRefused(
      check('model-bias', { current: at('captured'), baseline: at('made') }),
      'Captured predictions have no labels, and where the ground truth lies is not said.',
      at('captured'),
      'give --ground-truth URI, or merged records',
    ));

  it('current data without the facet, or without predictions', async () => {
    const other = write('other.csv', readFileSync(germanCsv, 'utf8').replace('foreign_worker', 'foreign'));
    await expectRefused(
      run({}, { current: other }),
      'There is no column "foreign_worker" for the facet.',
      other,
      `use one of: ${FEATURE_NAMES.replace('foreign_worker', 'foreign')}`,
    );
    const lines = [names, ...rows].map((cells) => cells.slice(0, FEATURES + 1).join());
    const unanswered = write('unanswered.csv', `${lines.join('\n')}\n`);
    await expectRefused(
      run({}, { current: unanswered }),
      `There are no predictions to compare with those of the baseline ${at('made')}.`,
      unanswered,
      'give predictor.label in --config, --inference-attribute, --probability-attribute or --model; for the labels alone, methods in --config with pre_training_bias only',
    );
    const methods = { pre_training_bias: { methods: 'all' } };
    expect((await run({ methods }, { current: unanswered })).status).toBe('ok');
  });

  describe('where labels and predictions have other names', () => {
    const named = (part: typeof rows, ...places: number[]): string => {
      const lines = part.map((cells) =>
        cells.map((cell, place) => (places.includes(place) ? (cell === '1' ? 'good' : 'bad') : cell)),
      );
      return write('named.csv', `${[names, ...lines].map((cells) => cells.join()).join('\n')}\n`);
    };
    const fix = "use the names of the baseline's labels: 1, 0";

    it('than the baseline', () =>
      expectRefused(
        run({}, { current: named(rows, LABEL, PREDICTION) }),
        'None of the 1000 labels is one of the known classes: good, bad.',
        at('named.csv'),
        fix,
      ));

    it('than the labels', () =>
      expectRefused(
        run({}, { current: named(rows, PREDICTION) }),
        'None of the 1000 predictions is one of the known classes: good, bad.',
        at('named.csv'),
        fix,
      ));

    it('than the positive class of a baseline that the service made', async () => {
      const analysis = write('service-analysis.json', readFileSync(at('made/analysis.json'), 'utf8'));
      await expectRefused(
        run(
          { predictor: { label: names[PREDICTION] } },
          { current: named(rows, LABEL, PREDICTION), constraints: analysis },
        ),
        'None of the 1000 labels is one of the known classes: good, bad.',
        at('named.csv'),
        "use the names of the baseline's labels: 1",
      );
    });

    it('but not where the rows are too few to be judged', async () => {
      const { status, modelBias } = await run({}, { current: named(rows.slice(0, 29), LABEL, PREDICTION) });
      expect(status).toBe('ok');
      const found = modelBias!.facets.flatMap(({ metrics }) => metrics.map((metric) => metric.status));
      expect([...new Set(found)].sort()).toEqual(['not-judged']);
    });
  });

  it('a limit that is about nobody', () =>
    expectRefused(
      run({}, { current: germanCsv, limits: [{ metric: 'DI', facet: 'sex', lower: 0.8 }] }),
      'A limit of DI is for "sex", which is compared with nobody.',
      germanCsv,
      'use one of: foreign_worker',
    ));

  it('a baseline that is absent, damaged, or of other metrics', async () => {
    await expectRefused(
      run({}, { baseline: at('absent') }),
      'There is no such file.',
      at('absent/analysis.json'),
      'check the path',
    );
    const explanations = write('explanations.json', '{"version": "1.0", "explanations": {}}');
    await expectRefused(
      check('model-bias', { current: germanCsv, constraints: explanations }),
      'The analysis file holds no bias metrics.',
      explanations,
      'name the analysis.json of a bias baseline',
    );
    const damaged = at('damaged');
    mkdirSync(damaged);
    write('damaged/analysis.json', readFileSync(at('made/analysis.json'), 'utf8'));
    write('damaged/bias.json', '{"schema": "driftline.bias", "version": 2}');
    const error = await errorOf(run({}, { current: germanCsv, baseline: damaged }));
    expect(error.message).toBe(
      [
        'Not a bias.json that this version of driftline can read.',
        `  at: ${at('damaged/bias.json')}`,
        '  fix: make the baseline again with "driftline baseline model-bias"',
      ].join('\n'),
    );
  });
});
