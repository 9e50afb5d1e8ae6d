import { describe, expect, test } from 'vitest';
import { biasMetrics } from '../../../kernel-lib/src/metrics/bias/registry.js';
import { biasNumberText, biasRangeText, pluralPoints } from '../../../kernel-lib/src/report/bias-number-text.js';
import { allowedOf, biasByState, biasStateWord } from '../../../kernel-lib/src/report/bias-states.js';
import {
  biasExplanation,
  biasHeadline,
  biasMeaning,
  disadvantaged,
  facetSentences,
} from '../../../kernel-lib/src/report/bias-words.js';
import type {
  BiasMetricReport,
  BiasSide,
  BiasValue,
  FacetBiasReport,
  ModelBiasReport,
} from '../../../kernel-lib/src/report/model-bias-report.js';
import {
  labelsOnlyBiasReport,
  quietBiasReport,
  sampleBiasReport,
  serviceBaselineBiasReport,
  weekBiasReport,
} from '../../support/model-bias-report.js';

const side = (rows: number, found: number, missed: number, wrong: number): BiasSide => ({
  rows,
  positiveLabels: found + missed,
  confusion: {
    truePositives: found,
    falseNegatives: missed,
    falsePositives: wrong,
    trueNegatives: rows - found - missed - wrong,
  },
});

/** 100 women: 10 found, 10 missed, 5 wrongly found; 200 men: 60, 20 and 20. */
function example(name: string, value: BiasValue, more: Partial<BiasMetricReport> = {}): string {
  const { title, stage, definition, fair, unit } = biasMetrics.find((metric) => metric.name === name)!;
  const metric: BiasMetricReport = {
    ...{ name, title, stage, definition, fair, unit, current: value, status: 'ok', series: [] },
    ...more,
  };
  return biasExplanation({ ...women, metrics: [metric] }, metric, model);
}

const women: FacetBiasReport = {
  facet: 'sex',
  value: 'Female',
  title: 'sex = Female',
  others: 'sex = Male',
  disadvantaged: { current: side(100, 10, 10, 5) },
  advantaged: { current: side(200, 60, 20, 20) },
  missing: {},
  metrics: [],
  fairness: [],
};
const model: ModelBiasReport = {
  ...sampleBiasReport().modelBias!,
  label: { name: 'income', positive: '>50K' },
  addressing: { label: 'column income', groupVariable: 'occupation' },
};

describe('biasExplanation()', () => {
  test.each([
    [
      'DPL',
      0.2,
      'Rows with sex = Female have the label ">50K" 20.0 points less often than those with sex = Male: 20.0 % of 100 against 40.0 % of 200.',
    ],
    [
      'DPPL',
      0.25,
      'Rows with sex = Female are predicted ">50K" 25.0 points less often than those with sex = Male: 15.0 % of 100 against 40.0 % of 200.',
    ],
    [
      'DI',
      0.375,
      'Rows with sex = Female are predicted ">50K" 0.375 times as often as those with sex = Male: 15.0 % of 100 against 40.0 % of 200.',
    ],
    [
      'RD',
      0.25,
      'Rows with sex = Female and the label ">50K" are predicted so 25.0 points less often than those with sex = Male: 50.0 % of 20 against 75.0 % of 80.',
    ],
    [
      'SD',
      0.1042,
      'Rows with sex = Female and without the label ">50K" are rightly not predicted so 10.4 points more often than those with sex = Male: 93.8 % of 80 against 83.3 % of 120.',
    ],
    [
      'AD',
      -0.05,
      'Predictions for rows with sex = Female are right 5.0 points more often than for those with sex = Male: 85.0 % of 100 against 80.0 % of 200.',
    ],
    [
      'DAR',
      0.0833,
      'Predictions of ">50K" for rows with sex = Female are right 8.3 points less often than for those with sex = Male: 66.7 % of 15 against 75.0 % of 80.',
    ],
    [
      'DRR',
      0.049,
      'Predictions other than ">50K" for rows with sex = Female are right 4.9 points more often than for those with sex = Male: 88.2 % of 85 against 83.3 % of 120.',
    ],
    [
      'DCA',
      -0.333,
      'For each prediction of ">50K", rows with sex = Female have 1.333 labels ">50K", those with sex = Male 1.000.',
    ],
    [
      'DCR',
      -0.059,
      'For each prediction other than ">50K", rows with sex = Female have 0.941 labels other than ">50K", those with sex = Male 1.000.',
    ],
    [
      'TE',
      1,
      'For each row that is wrongly predicted ">50K", rows with sex = Female have 2.000 that wrongly are not, those with sex = Male 1.000.',
    ],
    ['CI', 0.3333, 'Rows with sex = Female are 33.3 % of all, those with sex = Male the rest: 100 against 200.'],
    [
      'TVD',
      0.2,
      'The labels of rows with sex = Female and of those with sex = Male are 0.200 apart, where 0 is equal: 20.0 % of 100 against 40.0 % of 200 have the label ">50K".',
    ],
    [
      'CDDL',
      0.12,
      'Within equal values of occupation, rows with sex = Female are a share of the other labels that is 12.0 points larger than their share of the labels ">50K".',
    ],
    [
      'CDDPL',
      -0.12,
      'Within equal values of occupation, rows with sex = Female are a share of the predictions ">50K" that is 12.0 points larger than their share of the other predictions.',
    ],
    [
      'FT',
      -0.03,
      'Rows with sex = Female are not predicted ">50K" where similar rows among those with sex = Male are: 3.0 % of them more than the other way round.',
    ],
    [
      'GE',
      0.13,
      'The benefit from predictions is spread by 0.130 over all rows, both sides alike, where 0 is equal benefit.',
    ],
  ])('says what %s means, from the counts', (name, value, sentence) => {
    expect(example(name, { value })).toBe(sentence);
  });

  test('has words of its own for each metric of the service', () => {
    for (const { name, title } of biasMetrics) expect(example(name, { value: 0.1 })).not.toContain(`${title} of`);
  });

  test('says how sure it is, what it was, and what that is worth', () => {
    const value = { value: 0.25, lower: 0.15, upper: 0.34, method: 'Newcombe' };
    const baseline = { value: 0.1, lower: 0.09, upper: 0.11, method: 'Newcombe' };
    const say = (adjustedPValue: number, status: BiasMetricReport['status']): string =>
      example('DPPL', value, { baseline, status, change: { value: 0.15, adjustedPValue } });
    expect(say(0.00001, 'violated')).toContain(
      '(95 % interval 15.0 to 34.0 points). In the baseline it was 10.0 points less often; chance does not explain the difference (adjusted p < 0.0001).',
    );
    expect(say(0.3, 'ok')).toContain('chance may explain the difference (adjusted p = 0.3).');
    expect(say(0.01, 'ok')).toContain('moved beyond chance (adjusted p = 0.01), but is not surely further from equal');
    const nearer = example('DPPL', { value: 0.05 }, { baseline, change: { value: -0.05, adjustedPValue: 1 } });
    expect(nearer).toMatch(/In the baseline it was 10\.0 points less often\.$/);
  });

  test('says of an interval over 0 that it goes both ways', () => {
    const text = example('DPPL', { value: 0.01, lower: -0.02, upper: 0.04, method: 'Newcombe' });
    expect(text).toContain('(95 % interval from 4.0 points less to 2.0 more often)');
    const flips = example('FT', { value: -0.01, lower: -0.03, upper: 0.01, method: 'normal' });
    expect(flips).toContain('(95 % interval 3.0 % to 1.0 % the other way round)');
  });

  test('is honest about the smallest numbers, and about none', () => {
    expect(example('DPPL', { value: 0.00002 })).toContain('< 0.01 points less often');
    expect(example('DPPL', { value: 0.0002 })).toContain('0.02 points less often');
    expect(example('DPPL', { value: 0 })).toContain('predicted ">50K" equally often as those');
    expect(example('DPPL', { value: 0.01 })).toContain(' 1.0 point less often');
    expect(example('TVD', { value: 0.00002 })).toContain('are 2e-5 apart');
  });

  test('says why there is no value, and what the service says instead', () => {
    expect(example('CDDL', { error: 'Group variable is empty or not provided' })).toBe(
      'Conditional Demographic Disparity in Labels cannot be told: Group variable is empty or not provided.',
    );
    expect(
      example('KL', {
        infinite: 'positive',
        lower: 0.1,
        method: 'x',
        service: { value: -0.25, reason: 'a class is left out' },
      }),
    ).toBe('Kullback-Liebler Divergence is infinite. The service says -0.250: a class is left out.');
    const reason = 'the group has no positive labels';
    expect(example('RD', { error: reason, service: { value: 0.4, reason } })).toBe(
      'Recall Difference cannot be told: the group has no positive labels. The service says 0.400.',
    );
  });

  test('says configured limits as they are, and the cause', () => {
    const allowed = { lower: 0.8, upper: 1.25, source: 'configured' } as const;
    expect(example('DI', { value: 0.7 }, { allowed })).toMatch(/Configured limits: 0\.8 to 1\.25\.$/);
    expect(biasRangeText({ upper: 0.3, source: 'configured' })).toBe('at most 0.3');
  });

  test('does without counts, and with a positive value that is a range', () => {
    const { disadvantaged: _, advantaged: __, ...rest } = women;
    const bare: FacetBiasReport = { ...rest, disadvantaged: {}, advantaged: {}, others: 'all others' };
    const metric = { ...quietBiasReport().modelBias!.facets[0]!.metrics.find(({ name }) => name === 'DPPL')! };
    const ranged = { ...model, label: { name: 'score', positive: '(0.5, 1.0]' } };
    const text = biasMeaning(bare, { ...metric, current: { value: 0.2 } }, ranged);
    expect(text).toBe('Rows with sex = Female are predicted in (0.5, 1.0] 20.0 points less often than all others.');
  });

  test('names an unknown metric by its title', () => {
    const text = biasExplanation(
      women,
      {
        ...sampleBiasReport().modelBias!.facets[0]!.metrics[1]!,
        name: 'constructor',
        title: 'New',
        current: { value: 2 },
      },
      model,
    );
    expect(text).toContain('New of rows with sex = Female against those with sex = Male is 2.000');
  });
});

describe('biasHeadline()', () => {
  test('counts violations and tells the plainest of them', () => {
    const { modelBias, violations, headline } = sampleBiasReport();
    expect(headline).toBe(biasHeadline(modelBias!, violations, 'significant'));
    expect(headline).toMatch(
      /^\d violations in 4,900 labelled rows, about sex = Female and age > 40\. Rows with sex = Female and the label ">50K" are predicted so 49\.1 points less often than those with sex = Male: 11\.7 % of 511 against 60\.8 % of 1,001\. In the baseline it was 30\.3 points less often\.$/,
    );
  });

  test('counts under the rule that decides', () => {
    const { modelBias, violations } = sampleBiasReport();
    const count = violations.filter(({ rules }) => rules.includes('threshold')).length;
    expect(biasHeadline(modelBias!, violations, 'threshold')).toContain(`${count} violations in`);
    const [first] = violations;
    expect(biasHeadline(modelBias!, [first!], 'significant')).toContain('1 violation in 4,900 labelled rows, about ');
  });

  test('says of whom nothing was found, and of whom nothing could be told', () => {
    const { modelBias } = quietBiasReport();
    expect(biasHeadline(modelBias!, [], 'significant')).toBe(
      'No violations in 4,900 labelled rows: the model treats sex = Female and age > 40 as in the baseline, as far as can be told. Nothing could be judged of native-country = Holand-Netherlands.',
    );
  });

  test('does not say that the model treats groups as before where only their labels could be judged', () => {
    const { modelBias } = quietBiasReport();
    const facets = modelBias!.facets.slice(0, 1).map((facet) => ({
      ...facet,
      metrics: facet.metrics.map(
        (metric): BiasMetricReport => (metric.stage === 'post-training' ? { ...metric, status: 'not-judged' } : metric),
      ),
    }));
    const kept =
      'No violations in 4,900 labelled rows: the labels of sex = Female are as in the baseline, as far as can be told';
    expect(biasHeadline({ ...modelBias!, facets }, [], 'significant')).toBe(
      `${kept}; nothing of the predictions could be judged.`,
    );
    const alone = facets.map((facet) => ({
      ...facet,
      metrics: facet.metrics.filter(({ stage }) => stage === 'pre-training'),
    }));
    expect(biasHeadline({ ...modelBias!, facets: alone }, [], 'significant')).toBe(`${kept}.`);
  });
});

describe('words of a group', () => {
  test('say predictions first, then labels; labels alone where there are no predictions', () => {
    const [facet] = sampleBiasReport().modelBias!.facets;
    const sentences = facetSentences(facet!, model);
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toContain('are predicted ">50K"');
    expect(sentences[1]).toContain('have the label ">50K"');
    const labels = labelsOnlyBiasReport().modelBias!;
    expect(facetSentences(labels.facets[0]!, labels)).toHaveLength(1);
  });

  test('say whom a value disadvantages only where the interval is on one side', () => {
    const [facet] = sampleBiasReport().modelBias!.facets;
    const who = (name: string): unknown => disadvantaged(facet!.metrics.find((metric) => metric.name === name)!);
    expect(['DPPL', 'DI', 'RD', 'TE', 'FT', 'DCA', 'DRR'].map(who)).toEqual(Array(7).fill('group'));
    expect(['DPL', 'DAR', 'KL', 'GE', 'CI', 'CDDL'].map(who)).toEqual(Array(6).fill(undefined));
    const other = sampleBiasReport().modelBias!.facets[1]!.metrics.find(({ name }) => name === 'DPPL')!;
    expect(disadvantaged(other)).toBe('others');
  });
});

describe('states and numbers', () => {
  test('order metrics by their state, violated ones first', () => {
    const [facet] = weekBiasReport().modelBias!.facets;
    const words = biasByState(facet!.metrics).map(biasStateWord);
    expect(words.lastIndexOf('violated')).toBeLessThan(words.indexOf('ok'));
    expect(new Set(words).size).toBeGreaterThanOrEqual(3);
  });

  test('cut the allowed range of distances and ratios at 0', () => {
    const allowed = { lower: -0.2, upper: 0.2, source: 'baseline' } as const;
    expect(allowedOf({ name: 'TVD', allowed })).toEqual({ ...allowed, lower: 0 });
    expect(allowedOf({ name: 'DPL', allowed })).toBe(allowed);
  });

  test('never round to 0', () => {
    expect([0, 0.0004, -0.0004, 0.0005, 9.9994, 12.345, 1e-9].map(biasNumberText)).toEqual([
      ...['0', '0.0004', '-0.0004', '0.001', '9.999', '12.35', '1e-9'],
    ]);
    expect(pluralPoints(-0.196)).toBe('19.6 points');
  });

  test('take a baseline of the service as it is', () => {
    const bias = serviceBaselineBiasReport().modelBias!;
    const [facet] = bias.facets;
    expect(facetSentences(facet!, bias)[0]).toContain('In the baseline it was 20.1 points less often');
  });
});
