import { describe, expect, it } from 'vitest';
import { analysisText, biasOf, parseAnalysis } from '../../../kernel-lib/src/constraints/analysis.js';
import { biasMetrics } from '../../../kernel-lib/src/metrics/bias/registry.js';
import { biasGolden } from '../../support/bias-golden.js';

const label = { name: 'income', positive: '1' };
const all = biasMetrics.map(({ name }) => name);

/** A file with one group of one facet, its metrics as they stand in JSON. */
const fileOf = (metrics: string): string =>
  `{"version": "1.0", "post_training_bias_metrics": {"label": "y", "facets": {"sex": [{"value_or_threshold": "F", "metrics": [${metrics}]}]}, "label_value_or_threshold": "1"}}`;

describe('analysisText()', () => {
  it.each(biasGolden.cases.map(({ name, analysis }) => [name, analysis] as const))(
    'gives what was read, keys in their order: %s',
    (_, analysis) => {
      const stage = analysis.post_training_bias_metrics ?? analysis.pre_training_bias_metrics!;
      const groups = biasOf(parseAnalysis(JSON.stringify(analysis), 'analysis.json'));
      const names = Object.keys(groups[0]!.numbers);
      const read = { name: stage.label, positive: stage.label_value_or_threshold };
      expect(JSON.stringify(JSON.parse(analysisText(read, groups, names)))).toBe(JSON.stringify(analysis));
    },
  );

  it('has no stage without a metric', () => {
    const groups = [{ facet: 'sex', value: 'F', numbers: { CI: { value: 0.5 } } }];
    expect(Object.keys(JSON.parse(analysisText(label, groups, ['CI'])))).toEqual([
      'version',
      'pre_training_bias_metrics',
    ]);
    expect(JSON.parse(analysisText(label, groups, []))).toEqual({ version: '1.0' });
  });

  it('writes infinite numbers as texts, and what is missing as null with its error', () => {
    const numbers = {
      DI: { value: Number.POSITIVE_INFINITY },
      TE: { value: Number.NEGATIVE_INFINITY },
      DCA: { error: 'No label was "observed"\nfor facet d' },
      AD: { value: -0 },
    };
    const text = analysisText(label, [{ facet: 'sex', value: 'F', numbers }], ['AD', 'DCA', 'DI', 'RD', 'TE']);
    expect(JSON.parse(text).post_training_bias_metrics.facets.sex[0].metrics).toEqual([
      { name: 'AD', description: 'Accuracy Difference (AD)', value: 0 },
      {
        name: 'DCA',
        description: 'Difference in Conditional Acceptance (DCA)',
        value: null,
        error: 'No label was "observed"\nfor facet d',
      },
      { name: 'DI', description: 'Disparate Impact (DI)', value: 'Infinity' },
      {
        name: 'RD',
        description: 'Recall Difference (RD)',
        value: null,
        error: 'The metric was not computed',
      },
      { name: 'TE', description: 'Treatment Equality (TE)', value: '-Infinity' },
    ]);
  });

  it.each(['__proto__', 'constructor', 'a "b"', '</script>', ''])('keeps a facet and a group named %j', (name) => {
    const groups = [{ facet: name, value: name, numbers: { CI: { value: 0.5 } } }];
    const written = analysisText({ name, positive: name }, groups, ['CI']);
    expect(biasOf(parseAnalysis(written, 'analysis.json'))).toEqual(groups);
  });
});

describe('parseAnalysis()', () => {
  it('reads infinite numbers as texts and as bare tokens, and has no number for NaN, null and nothing', () => {
    const metrics = [
      '{"name": "DI", "value": Infinity}',
      '{"name": "TE", "value": "-Infinity"}',
      '{"name": "AD", "value": NaN}',
      '{"name": "GE", "value": "NaN", "error": "why"}',
      '{"name": "RD", "value": null, "error": "no rows"}',
      '{"name": "SD"}',
    ];
    expect(biasOf(parseAnalysis(fileOf(metrics.join()), 'analysis.json'))).toEqual([
      {
        facet: 'sex',
        value: 'F',
        numbers: {
          DI: { value: Number.POSITIVE_INFINITY },
          TE: { value: Number.NEGATIVE_INFINITY },
          AD: { error: 'no value' },
          GE: { error: 'why' },
          RD: { error: 'no rows' },
          SD: { error: 'no value' },
        },
      },
    ]);
  });

  it('puts both stages of a group together, and lets other keys through', () => {
    const group = (metric: string): object => ({
      label: 'y',
      facets: { age: [{ value_or_threshold: 1, metrics: [{ name: metric, value: 0, more: 1 }] }] },
    });
    const file = {
      explanations: { kernel_shap: {} },
      pre_training_bias_metrics: group('CI'),
      post_training_bias_metrics: group('DI'),
      report: 1,
    };
    const read = parseAnalysis(JSON.stringify(file), 'analysis.json');
    expect(read).toEqual(file);
    expect(biasOf(read)).toEqual([{ facet: 'age', value: '1', numbers: { CI: { value: 0 }, DI: { value: 0 } } }]);
  });

  it('has no groups for a file of explanations', () => {
    expect(biasOf(parseAnalysis('{"explanations": {}}', 'analysis.json'))).toEqual([]);
  });

  it('names every place that is wrong', () => {
    const text = fileOf('{"name": "DI", "value": "much"}, {"value": true}');
    expect(() => parseAnalysis(text, 'old/analysis.json')).toThrow(
      /3 problems[\s\S]*facets\.sex\[0\]\.metrics\[0\] "DI"\.value[\s\S]*metrics\[1\]\.name[\s\S]*metrics\[1\]\.value[\s\S]*at: old\/analysis\.json/,
    );
    expect(() => parseAnalysis('{"version": }', 'old/analysis.json')).toThrow(
      /Not JSON[\s\S]*old\/analysis\.json:1:13/,
    );
  });
});

it('all 21 metrics are written, each under the stage it is of', () => {
  const numbers = Object.fromEntries(all.map((name, index) => [name, { value: index }]));
  const { pre_training_bias_metrics: pre, post_training_bias_metrics: post } = JSON.parse(
    analysisText(label, [{ facet: 'sex', value: 'F', numbers }], all),
  );
  const names = (stage: { facets: { sex: { metrics: { name: string }[] }[] } }) =>
    stage.facets.sex[0]!.metrics.map(({ name }) => name);
  expect([names(pre).join(), names(post).join()]).toEqual([
    'CDDL,CI,DPL,JS,KL,KS,LP,TVD',
    'AD,CDDPL,DAR,DCA,DCR,DI,DPPL,DRR,FT,GE,RD,SD,TE',
  ]);
});
