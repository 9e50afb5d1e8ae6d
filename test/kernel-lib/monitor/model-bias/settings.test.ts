import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../../kernel-lib/src/errors.js';
import { biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import type { BiasOptions } from '../../../../kernel-lib/src/monitor/model-bias/bias-options.js';
import type { BiasBaseline } from '../../../../kernel-lib/src/monitor/model-bias/load-bias-baseline.js';
import { resolveNames } from '../../../../kernel-lib/src/monitor/model-bias/resolve-names.js';
import {
  type BiasSettings,
  biasSettings,
  checkSettings,
  settingsOf,
} from '../../../../kernel-lib/src/monitor/model-bias/settings.js';
import type { QualityAttributes } from '../../../../kernel-lib/src/monitor/model-quality/problem.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = biasMetrics.map(({ name }) => name);
const config = path.join(folder, 'analysis_config.json');

function write(text: string): string {
  writeFileSync(config, text);
  return config;
}

/** Settings out of the text of a configuration. */
const read = (text: string, options: BiasOptions & QualityAttributes = {}): Promise<BiasSettings> =>
  biasSettings({ config: write(text), ...options });

/** What a configuration is refused with. */
async function refused(text: string): Promise<MonitorError> {
  return read(text).then(
    () => expect.unreachable(text),
    (error: MonitorError) => error,
  );
}

describe('settingsOf()', () => {
  it('wants all metrics, and no more, where nothing is said', () => {
    expect(settingsOf({}, {})).toEqual({ attributes: {}, facets: [], excluded: [], metrics: all, limits: [] });
  });

  it("takes everything from Clarify's configuration", () => {
    const asked = settingsOf(
      {},
      {
        headers: ['age', 'sex', 'y'],
        features: 'features',
        label: 'y',
        label_values_or_threshold: [1, true, 0.5],
        facet: [{ name_or_index: 1, value_or_threshold: ['F', 2] }, { name_or_index: 'age' }],
        group_variable: 0,
        excluded_columns: ['id', 3],
        probability_threshold: 0.7,
        predictor: { label: 'predicted', probability: 2, label_headers: [0, 1] },
      },
    );
    expect(asked).toEqual({
      attributes: {
        inferenceAttribute: 'predicted',
        probabilityAttribute: '2',
        probabilityThreshold: 0.7,
        groundTruthAttribute: 'y',
      },
      features: 'features',
      headers: ['age', 'sex', 'y'],
      labelHeaders: ['0', '1'],
      labelValues: ['1', 'True', '0.5'],
      facets: [{ name: '1', values: ['F', '2'], fraction: true }, { name: 'age' }],
      groupVariable: '0',
      excluded: ['id', '3'],
      metrics: all,
      limits: [],
    });
  });

  it("lays the caller's options over it, but for the predictor, which addresses the model's answer", () => {
    const asked = settingsOf(
      {
        facets: [
          { name: 'age', above: 25, upTo: 40 },
          { name: 'sex', values: ['F', 1] },
        ],
        labelValues: [2, 'x'],
        groupVariable: 'job',
        groundTruthAttribute: 'truth',
        inferenceAttribute: 'answer',
        probabilityAttribute: 'score',
        probabilityThreshold: 0.2,
        excluded: ['more'],
        limits: [{ metric: 'DI', facet: 'sex', lower: 0.8 }],
      },
      {
        label: 'y',
        label_values_or_threshold: ['1'],
        facet: { name_or_index: 'race' },
        group_variable: 'zip',
        excluded_columns: ['id'],
        probability_threshold: 0.7,
        predictor: { label: 'predicted' },
      },
    );
    expect(asked).toEqual({
      attributes: {
        inferenceAttribute: 'predicted',
        probabilityAttribute: 'score',
        probabilityThreshold: 0.2,
        groundTruthAttribute: 'truth',
      },
      labelValues: ['2', 'x'],
      facets: [
        { name: 'age', above: 25, upTo: 40 },
        { name: 'sex', values: ['F', '1'] },
      ],
      groupVariable: 'job',
      excluded: ['id', 'more'],
      metrics: all,
      limits: [{ metric: 'DI', facet: 'sex', lower: 0.8 }],
    });
  });

  it('takes empty lists and texts for nothing', () => {
    const asked = settingsOf(
      {},
      {
        label_values_or_threshold: [],
        facet: { name_or_index: 'age', value_or_threshold: [] },
        group_variable: '',
        predictor: { label_headers: [] },
      },
    );
    expect(asked).toEqual({ attributes: {}, facets: [{ name: 'age' }], excluded: [], metrics: all, limits: [] });
  });

  it.each([
    [{ pre_training_bias: { methods: 'all' } }, 'CDDL,CI,DPL,JS,KL,KS,LP,TVD'],
    [{ pre_training_bias: {} }, 'CDDL,CI,DPL,JS,KL,KS,LP,TVD'],
    [{ post_training_bias: { methods: ['FT', 'AD'] } }, 'AD,FT'],
    [{ pre_training_bias: { methods: ['CI'] }, post_training_bias: { methods: ['DI'] } }, 'CI,DI'],
    [{}, all.join()],
  ] as const)('wants the metrics of %j', (methods, expected) => {
    const { metrics } = settingsOf({}, { methods });
    expect([...metrics].sort().join()).toBe(expected.split(',').sort().join());
  });

  it('says which metric is unknown, and which there are', () => {
    const methods = { pre_training_bias: { methods: ['CI', 'XX'] }, post_training_bias: { methods: ['di'] } };
    expect(() => settingsOf({}, { methods })).toThrow(
      `There is no bias metric XX, di.\n  fix: use "all", or some of: ${all.join(', ')}`,
    );
    expect(() => settingsOf({ limits: [{ metric: 'XX', lower: 0 }] }, {})).toThrow(
      `There is no bias metric "XX" to set a limit for.\n  at: limits\n  fix: use one of: ${all.join(', ')}`,
    );
  });

  it.each([{}, { lower: 1, upper: 0 }])('refuses the limit %j, which is no range', (bounds) => {
    expect(() => settingsOf({ limits: [{ metric: 'DI', ...bounds }] }, {})).toThrow('The limit of DI is no range.');
  });
});

describe('biasSettings()', () => {
  it('tells 40.0 from 40, as the service does', async () => {
    const text = (value: string): string =>
      `{"label_values_or_threshold": [${value}], "facet": {"name_or_index": "age", "value_or_threshold": [${value}]}}`;
    const whole = await read(text('40'));
    expect(whole).toMatchObject({ labelValues: ['40'], facets: [{ name: 'age', values: ['40'] }] });
    expect(whole.labelFraction).toBeUndefined();
    for (const value of ['40.0', '4e1', '"40.0"']) {
      expect(await read(text(value))).toMatchObject({
        labelValues: ['40.0'],
        labelFraction: true,
        facets: [{ name: 'age', values: ['40.0'], fraction: true }],
      });
    }
    expect(await read(text('40'), { labelValues: ['40.0'] })).not.toHaveProperty('labelFraction');
  });

  it('names every place of the configuration that is wrong, and what was expected there', async () => {
    const { code, message } = await refused(
      `{
        "label": [],
        "facet": [{"name_or_index": "age"}, {"name_or_index": "sex", "value_or_threshold": "F"}],
        "methods": {"pre_training_bias": {"methods": "some"}},
        "probability_threshold": 2
      }`,
    );
    expect(code).toBe('CONFIGURATION');
    expect(message).toBe(
      [
        'The analysis configuration has 4 problems.',
        '  label: expected a column: its name, its index, or JMESPath',
        '  facet[1].value_or_threshold: expected a list of values, or of one threshold',
        '  probability_threshold: Too big: expected number to be <=1',
        '  methods.pre_training_bias.methods: expected "all", or a list of metrics',
        `  at: ${config}`,
        '  fix: correct the places named, or make the file again',
      ].join('\n'),
    );
    expect((await refused('{"facet": "sex"}')).message).toContain(
      '\n  facet: Invalid input: expected object, received string\n',
    );
  });

  it('names line and column where the configuration is no JSON', async () => {
    const { code, message } = await refused('{\n  "label": "y",\n  facet\n}');
    expect(code).toBe('CONFIGURATION');
    expect(message).toMatch(/^Not JSON: .*\n {2}at: .*analysis_config\.json:\d+:\d+\n {2}fix: /);
  });

  it('says that the configuration is not there', async () => {
    await expect(biasSettings({ config: path.join(folder, 'absent.json') })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it.each([
    ['label', '{"label": "a[*"}'],
    ['predictor.label', '{"predictor": {"label": "a[*"}}'],
    ['predictor.probability', '{"predictor": {"probability": "a[*"}}'],
    ['features', '{"features": "a[*"}'],
  ])('refuses %s that is no expression', async (place, text) => {
    const { message } = await refused(text);
    expect(message).toMatch(new RegExp(`^${place} "a\\[\\*" cannot be read: `));
  });
});

describe('checkSettings()', () => {
  const made: BiasSettings = {
    ...settingsOf(
      { limits: [{ metric: 'DI', lower: 0.8 }] },
      {
        label: 'y',
        facet: { name_or_index: 'sex' },
        group_variable: 'job',
        excluded_columns: ['id'],
        probability_threshold: 0.7,
        label_values_or_threshold: [1],
        methods: { pre_training_bias: {} },
        predictor: { label: 'predicted', probability: 'answers[*].score' },
      },
    ),
  };
  const baseline = (settings: BiasSettings | undefined, more: Partial<BiasBaseline> = {}): BiasBaseline => ({
    source: 'baseline',
    groups: [],
    label: { name: 'y', positive: '1' },
    bias: settings && ({ settings } as BiasBaseline['bias']),
    config: undefined,
    file: undefined,
    ...more,
  });

  it('takes what the baseline was made with, but not where its prediction stood, unless it is an expression', async () => {
    expect(await checkSettings({}, baseline(made))).toEqual({
      ...made,
      attributes: { probabilityAttribute: 'answers[*].score', probabilityThreshold: 0.7, groundTruthAttribute: 'y' },
    });
  });

  it('asks nothing of the baseline where the caller says it', async () => {
    const said = {
      inferenceAttribute: '0',
      probabilityThreshold: 0.4,
      groundTruthAttribute: 'truth',
      facets: [{ name: 'age', above: 40 }],
      limits: [],
    };
    const { attributes, facets, limits, metrics } = await checkSettings(said, baseline(made));
    expect(attributes).toEqual({ inferenceAttribute: '0', probabilityThreshold: 0.4, groundTruthAttribute: 'truth' });
    expect([facets, limits, metrics]).toEqual([[{ name: 'age', above: 40 }], [], made.metrics]);
  });

  it("takes metrics and excluded columns of the caller's configuration, not of the baseline's", async () => {
    const asked = await checkSettings({ config: write('{"excluded_columns": ["zip"]}') }, baseline(made));
    expect([asked.excluded, asked.metrics, asked.facets]).toEqual([['zip'], all, made.facets]);
  });

  it("takes Clarify's configuration beside a baseline of the service, and the label's name of its file", async () => {
    const beside = baseline(undefined, { config: write('{"facet": {"name_or_index": "sex"}}') });
    expect(await checkSettings({}, beside)).toMatchObject({
      facets: [{ name: 'sex' }],
      attributes: { groundTruthAttribute: 'y' },
    });
    expect(await checkSettings({}, baseline(undefined))).toMatchObject({
      facets: [],
      attributes: { groundTruthAttribute: 'y' },
    });
  });
});

describe('resolveNames()', () => {
  it('takes an index for the name of the column there, but a name that is a number for that column', () => {
    const asked = settingsOf(
      {
        facets: [{ name: '1', above: 2 }, { name: '2020' }, { name: '9' }],
        groupVariable: '0',
        limits: [{ metric: 'DI', facet: '1', lower: 0 }],
      },
      { excluded_columns: [2, 'id'] },
    );
    const { facets, groupVariable, limits, excluded } = resolveNames(asked, ['job', 'age', '2020']);
    expect(facets).toEqual([{ name: 'age', above: 2 }, { name: '2020' }, { name: '9' }]);
    expect([groupVariable, limits, excluded]).toEqual([
      'job',
      [{ metric: 'DI', facet: 'age', lower: 0 }],
      ['2020', 'id'],
    ]);
  });
});
