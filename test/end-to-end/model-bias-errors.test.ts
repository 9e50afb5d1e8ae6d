import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureForms, writeCapture } from '../support/bias-captures.js';
import { germanCredit } from '../support/bias-forms.js';
import { driftline, temporaryFolder } from '../support/driftline.js';
import { type Refusal, refusalOf } from '../support/refusal.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
const { names, rows } = germanCredit();

/** A table with two columns more: one in which all rows are alike, and one in which none are. */
const table = [[...names, 'same', 'each'], ...rows.map((cells, row) => [...cells, 'z', `k${row}`])];

const configs: Readonly<Record<string, string>> = {
  'broken.json': '{"label": "credit_risk",\n "facet": [',
  'types.json':
    '{"label": {"a": 1}, "headers": "a,b", "methods": "all", "label_values_or_threshold": 1, "facet": [{"name_or_index": "age", "value_or_threshold": 40}]}',
  'metric.json':
    '{"label": "credit_risk", "label_values_or_threshold": [1], "facet": {"name_or_index": "foreign_worker"}, "methods": {"pre_training_bias": {"methods": ["CI", "XYZ"]}}}',
  'headers.json':
    '{"label": "credit_risk", "label_values_or_threshold": [1], "headers": ["a", "b"], "facet": {"name_or_index": "age"}}',
  'jmespath.json':
    '{"label": "labels[*", "label_values_or_threshold": [1], "features": "features", "facet": {"name_or_index": "age"}}',
};

beforeAll(() => {
  writeFileSync(at('data.csv'), `${table.map((cells) => cells.join()).join('\n')}\n`);
  for (const [name, text] of Object.entries(configs)) writeFileSync(at(name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const label = ['--ground-truth-attribute', 'credit_risk', '--label-values', '1'];
const said = [...label, '--inference-attribute', 'predicted_risk'];

describe('baseline model-bias refuses', () => {
  it.each<[string, readonly string[], Refusal]>([
    [
      'a facet that is no column',
      [...said, '--facet', 'Age>40'],
      { what: 'There is no column "Age" for the facet.', where: 'data.csv', fix: 'use one of: status, duration, ' },
    ],
    [
      'a label that is no column',
      ['--ground-truth-attribute', 'risk', '--label-values', '1', '--facet', 'age>40'],
      { what: 'There is no column "risk" for the label.', where: 'data.csv', fix: 'use one of: status, duration, ' },
    ],
    [
      'a facet with one value',
      [...said, '--facet', 'same'],
      {
        what: 'All 1000 rows have same = z: there is nobody to compare them with.',
        where: 'data.csv',
        fix: 'choose another group or facet; the values of "same" are: z',
      },
    ],
    [
      'a threshold above the data',
      [...said, '--facet', 'age>200'],
      {
        what: 'No row has age > 200.',
        where: 'data.csv',
        fix: 'choose a threshold that the data have; "age" goes from 19 to 75',
      },
    ],
    [
      'a label value that is never met',
      ['--ground-truth-attribute', 'credit_risk', '--label-values', 'good', '--facet', 'age>40'],
      {
        what: 'None of the 1000 labels is positive: good is never met.',
        where: 'data.csv',
        fix: 'choose label values or a threshold that the data have; the values of "label" are: 1, 0',
      },
    ],
    [
      'probabilities as predicted labels',
      [...label, '--inference-attribute', 'probability', '--facet', 'age>40'],
      {
        what: 'The predictions are no labels: none is positive, and one is 0.8416.',
        where: 'data.csv',
        fix: 'give them as predictor.probability in --config, or --probability-attribute',
      },
    ],
    [
      'a configuration that is no JSON',
      ['--config', at('broken.json')],
      { what: 'Not JSON: invalid end of input.', where: 'broken.json:2:12', fix: 'correct the file there' },
    ],
    [
      'a configuration of wrong types, all of them at once',
      ['--config', at('types.json')],
      {
        what: [
          'The analysis configuration has 5 problems.',
          'headers: Invalid input: expected array, received string',
          'label: expected a column: its name, its index, or JMESPath',
          'label_values_or_threshold: expected a list of values, or of one threshold',
          'facet[0].value_or_threshold: expected a list of values, or of one threshold',
          'methods: Invalid input: expected object, received string',
        ].join('\n  '),
        where: 'types.json',
        fix: 'correct the places named, or make the file again',
      },
    ],
    [
      'a metric that is none',
      ['--config', at('metric.json')],
      {
        what: 'There is no bias metric XYZ.',
        where: 'metric.json, methods',
        fix: 'use "all", or some of: CDDL, CI, DPL, JS, KL, KS, LP, TVD, AD, ',
      },
    ],
    [
      'headers that do not fit the columns',
      ['--config', at('headers.json')],
      {
        what: '2 names are given for 25 columns.',
        where: 'data.csv',
        fix: 'let headers in --config name each column of the dataset, in order',
      },
    ],
    [
      'an expression that is none',
      ['--config', at('jmespath.json')],
      {
        what: 'label "labels[*" cannot be read: Expected Rbracket, got: EOF',
        where: '',
        fix: 'give a column name, a zero-based index, or a JMESPath expression such as predictions[*].score',
      },
    ],
    [
      'a limit of a metric that is none',
      [...said, '--facet', 'age>40', '--limit', 'ABC=0..1'],
      {
        what: 'There is no bias metric "ABC" to set a limit for.',
        where: 'limits',
        fix: 'use one of: CDDL, CI, DPL, ',
      },
    ],
    [
      'a limit of a facet that is none',
      [...said, '--facet', 'age>40', '--facet', 'housing', '--limit', 'agee:DI=0.8..'],
      {
        what: 'A limit of DI is for "agee", which is compared with nobody.',
        where: 'data.csv',
        fix: 'use one of: age; housing',
      },
    ],
  ])('%s', async (_, args, expected) => {
    const { code, error, out } = await driftline([
      ...['baseline', 'model-bias', '--dataset', at('data.csv'), '--output', at('refused'), ...args],
    ]);
    const found = refusalOf(error, folder);
    expect([code, out]).toEqual([2, '']);
    expect({ ...found, fix: found.fix.slice(0, expected.fix.length) }).toEqual(expected);
  });

  it('facets and limits that cannot be read, saying how they are written', async () => {
    for (const [option, text, fix] of [
      ['--facet', '=1', 'Write it as sex=Female, age>40 or race.'],
      ['--facet', 'age>old', '"old" is no number; write it as age>40.'],
      ['--facet', 'age=40..25', '"40..25" is no interval; write it as age=25..40.'],
      ['--limit', 'di=1..2', 'Write it as DI=0.8..1.25, sex:DI=0.8.. or sex=Female:DPPL=..0.1.'],
    ] as const) {
      const { code, error } = await driftline([
        ...['baseline', 'model-bias', '--dataset', at('data.csv'), '--output', at('refused'), option, text],
      ]);
      expect([code, error]).toEqual([
        2,
        `error: option '${option} <${option.slice(2).replace('limit', 'range')}>' argument '${text}' is invalid. ${fix}\n`,
      ]);
    }
  });
});

describe('baseline model-bias goes on, and says so', () => {
  it('with a group variable that has one row a group', async () => {
    const { code, error } = await driftline([
      ...['baseline', 'model-bias', '--dataset', at('data.csv'), '--output', at('each'), ...said],
      ...['--facet', 'age>40', '--group-variable', 'each'],
    ]);
    expect(code).toBe(0);
    expect(error).toContain(
      'The group variable "each" has 1000 values in 1000 rows: groups of one row or two tell nothing',
    );
  });
});

describe('check model-bias refuses', () => {
  beforeAll(async () => {
    const made = await driftline([
      ...['baseline', 'model-bias', '--dataset', at('data.csv'), '--output', at('baseline')],
      ...said,
      ...['--facet', 'age>40', '--facet', 'personal_status_sex=2', '--group-variable', 'housing', '--quiet'],
    ]);
    expect([made.code, made.error]).toEqual([0, '']);
    const [form] = captureForms;
    writeCapture(form!, rows.slice(0, 50), at('capture'), at('ground-truth'));
    const part = (places: readonly number[]): string =>
      `${[names, ...rows.slice(0, 50)].map((cells) => places.map((place) => cells[place]).join()).join('\n')}\n`;
    const all = [...names.keys()];
    writeFileSync(at('no-age.csv'), part(all.filter((place) => names[place] !== 'age')));
    writeFileSync(at('no-label.csv'), part(all.filter((place) => names[place] !== 'credit_risk')));
    writeFileSync(
      at('no-predictions.csv'),
      part(all.filter((place) => !['predicted_risk', 'probability'].includes(names[place]!))),
    );
    mkdirSync(at('empty'));
    writeFileSync(at('empty', 'analysis.json'), '{"version": "1.0"}');
  });

  it.each<[string, readonly string[], Refusal]>([
    [
      'data without the facet',
      ['--current', at('no-age.csv')],
      { what: 'There is no column "age" for the facet.', where: 'no-age.csv', fix: 'use one of: status, duration, ' },
    ],
    [
      'data without the label',
      ['--current', at('no-label.csv')],
      {
        what: 'There is no column "credit_risk" for the label.',
        where: 'no-label.csv',
        fix: 'use one of: status, duration, ',
      },
    ],
    [
      'data without the predictions that the baseline has',
      ['--current', at('no-predictions.csv')],
      {
        what: 'There are no predictions to compare with those of the baseline baseline.',
        where: 'no-predictions.csv',
        fix: 'give predictor.label in --config, --inference-attribute, --probability-attribute or --model; for the labels alone, methods in --config with pre_training_bias only',
      },
    ],
    [
      'captured cells whose names nobody tells',
      ['--current', at('capture'), '--ground-truth', at('ground-truth')],
      {
        what: 'There is no column "age" for the facet.',
        where: 'capture',
        fix: 'none of the 20 columns has a name, ',
      },
    ],
    [
      'a capture without ground truth',
      ['--current', at('capture')],
      {
        what: 'Captured predictions have no labels, and where the ground truth lies is not said.',
        where: 'capture',
        fix: 'give --ground-truth URI, or merged records',
      },
    ],
    [
      'a facet that the baseline lacks',
      ['--current', at('data.csv'), '--facet', 'housing=2'],
      {
        what: 'The baseline lacks the facet "housing".',
        where: 'data.csv',
        fix: 'make the baseline again with it, or use one of: age; personal_status_sex',
      },
    ],
    [
      'a group that the baseline lacks',
      ['--current', at('data.csv'), '--facet', 'age>30'],
      {
        what: 'The baseline lacks that group of the facet "age".',
        where: 'data.csv',
        fix: 'make the baseline again with it, or use one of: age > 40',
      },
    ],
    [
      'a baseline that is not there',
      ['--current', at('data.csv'), '--baseline', at('nowhere')],
      { what: 'There is no such file.', where: 'nowhere/analysis.json', fix: 'check the path' },
    ],
    [
      'an analysis without bias metrics',
      ['--current', at('data.csv'), '--baseline', at('empty')],
      {
        what: 'The analysis file holds no bias metrics.',
        where: 'empty/analysis.json',
        fix: 'name the analysis.json of a bias baseline',
      },
    ],
  ])('%s', async (_, args, expected) => {
    const { code, error } = await driftline([
      ...['check', 'model-bias', '--baseline', at('baseline'), '--output', at('refused'), ...args],
    ]);
    const found = refusalOf(error, folder);
    expect(code).toBe(2);
    expect({ ...found, fix: found.fix.slice(0, expected.fix.length) }).toEqual(expected);
  });
});
