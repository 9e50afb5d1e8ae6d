import type { BiasRow } from '../../../jupyter-extension/src/charts/model-bias/fair-scale.js';
import type { BiasMetricReport } from '../../../kernel-lib/src/report/model-bias-report.js';

/** A difference of shares, 0.1 to 0.2 now and 0.1 in the baseline. */
export const differenceRow: BiasRow = {
  name: 'DPPL',
  title: 'Difference in Positive Proportions in Predicted Labels',
  words: 'positive predictions',
  fair: 0,
  unit: 'fraction',
  tone: 'violated',
  baseline: { value: 0.1, lower: 0.08, upper: 0.12, method: 'Newcombe' },
  current: { value: 0.15, lower: 0.1, upper: 0.2, method: 'Newcombe' },
  allowed: { lower: -0.1, upper: 0.1, source: 'baseline' },
};

/** A ratio of 0.5, which was 0.8. */
export const ratioRow: BiasRow = {
  name: 'DI',
  title: 'Disparate Impact',
  words: 'positive predictions, ratio',
  fair: 1,
  unit: 'ratio',
  tone: 'drifting',
  baseline: { value: 0.8 },
  current: { value: 0.5, lower: 0.4, upper: 0.65, method: 'log' },
  allowed: { lower: 0.8, upper: 1.25, source: 'configured' },
};

/** An infinite value, which was −2. */
export const infiniteRow: BiasRow = {
  name: 'TE',
  title: 'Treatment Equality',
  words: '',
  fair: 0,
  unit: 'value',
  tone: 'quiet',
  baseline: { value: -2 },
  current: { infinite: 'positive' },
};

export const differenceMetric: BiasMetricReport = {
  name: 'DPPL',
  title: 'Difference in Positive Proportions in Predicted Labels',
  stage: 'post-training',
  definition: 'Share of positive predictions among the others less that in the group.',
  fair: 0,
  unit: 'fraction',
  baseline: { value: 0.1 },
  current: { value: 0.15, lower: 0.1, upper: 0.2, method: 'Newcombe' },
  allowed: { lower: -0.1, upper: 0.1, source: 'baseline' },
  status: 'violated',
  series: [
    { start: '2026-03-05T00:00:00Z', value: 0.09, lower: 0.02, upper: 0.16, rows: 90 },
    { start: '2026-03-05T01:00:00Z', value: 0, rows: 0 },
    { start: '2026-03-05T02:00:00Z', value: 0.15, lower: 0.08, upper: 0.22, rows: 90 },
    { start: '2026-03-05T03:00:00Z', value: 0.16, rows: 5 },
  ],
};
