import type {
  AttributionPoint,
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from '../../kernel-lib/src/report/model-explainability-report.js';
import type { Report, Violation } from '../../kernel-lib/src/report/report.js';
import { sampleReport } from './sample-report.js';

/** Hours that went from the third place to the first. */
export const hours: FeatureAttributionReport = {
  feature: 'hours',
  rank: { baseline: 3, current: 1 },
  attribution: { baseline: { value: 0.2, lower: 0.18, upper: 0.22 }, current: { value: 0.8, lower: 0.7, upper: 0.9 } },
  share: { baseline: { value: 0.2 }, current: { value: 0.5, lower: 0.46, upper: 0.54 } },
  shareChange: { value: 0.3, lower: 0.25, upper: 0.35, pValue: 0.0001, adjustedPValue: 0.0003 },
  direction: 'rose',
  mean: { baseline: { value: 0.01 }, current: { value: 0.21 } },
  meanChange: { value: 0.2, lower: 0.15, upper: 0.25, adjustedPValue: 0.001 },
  distribution: {
    edges: [-1, -0.5, 0, 0.5, 1],
    baseline: [0, 90, 180, 20],
    current: [10, 10, 30, 9],
    baselineLevel: [null, 0.2, 0.6, 0.9],
    currentLevel: [0.1, 0.4, 0.5, 0.95],
  },
  dependence: [
    {
      title: '10 to 35',
      lower: 10,
      upper: 35,
      rows: { baseline: 100, current: 20 },
      mean: {
        baseline: { value: -0.2, lower: -0.22, upper: -0.18 },
        current: { value: -0.6, lower: -0.7, upper: -0.5 },
      },
    },
    {
      title: '35 to 60',
      lower: 35,
      upper: 60,
      rows: { baseline: 300, current: 60 },
      mean: { baseline: { value: 0.2 }, current: { value: 0.7 } },
    },
    { title: 'missing', rows: { baseline: 0, current: 20 }, mean: { current: { value: 0.1 } } },
  ],
};

/** Marriage: the first in the baseline. */
export const marital: FeatureAttributionReport = {
  feature: 'marital',
  rank: { baseline: 1, current: 2 },
  attribution: { baseline: { value: 0.5 }, current: { value: 0.48 } },
  share: { baseline: { value: 0.5 }, current: { value: 0.3 } },
  shareChange: { value: -0.2, adjustedPValue: 0.02 },
  direction: 'fell',
  mean: { baseline: { value: 0.1 }, current: { value: 0.1 } },
  meanChange: { value: -0.05 },
  distribution: { edges: [-1, 0, 1], baseline: [100, 100], current: [40, 60] },
  dependence: [
    {
      title: 'Married',
      rows: { baseline: 200, current: 60 },
      mean: { baseline: { value: 0.5 }, current: { value: 0.5, lower: 0.4, upper: 0.6 } },
    },
    { title: 'Single', rows: { baseline: 200, current: 40 }, mean: { baseline: { value: -0.5 } } },
  ],
};

/** Age: within chance. */
export const age: FeatureAttributionReport = {
  feature: 'age',
  rank: { baseline: 2, current: 3 },
  attribution: { baseline: { value: 0.3 }, current: { value: 0.32 } },
  share: { baseline: { value: 0.3 }, current: { value: 0.2 } },
  direction: 'unchanged',
  mean: { baseline: { value: 0 }, current: { value: 0 } },
};

const point = (hour: number, shares: readonly number[], ndcg?: number, ndcgError?: number): AttributionPoint => ({
  start: `2026-03-08T0${hour}:00:00Z`,
  rows: shares.length > 0 ? 50 : 0,
  shares,
  ...(ndcg !== undefined && { ndcg }),
  ...(ndcgError !== undefined && { ndcgError }),
});

/** Four hours, one of them empty; features in the baseline's order: marital, age, hours. */
export const output: OutputAttributionReport = {
  label: 'label0',
  expectedValue: { baseline: -1, current: -1 },
  answer: { baseline: { value: -0.9 }, current: { value: -0.75 } },
  answerChange: { value: 0.15, lower: 0.1, upper: 0.2 },
  ranking: { value: 0.82, lower: 0.78, upper: 0.86, method: 'bootstrap', threshold: 0.9, status: 'violated' },
  features: [marital, age, hours],
  series: [
    point(0, [0.5, 0.3, 0.2], 0.99, 0.004),
    point(1, []),
    point(2, [0.3, 0.2, 0.5], 0.8, 0.02),
    point(3, [0.28, 0.2, 0.52], 0.79),
  ],
  segments: [
    {
      conditions: [],
      title: 'age >= 31',
      rows: 41,
      features: [{ feature: 'hours', share: { value: 0.6, lower: 0.5, upper: 0.7 }, rest: { value: 0.4 } }],
      answer: { segment: { value: 0.1 }, rest: { value: -1 } },
    },
  ],
  examples: [
    {
      reason: 'its answer rests most on hours',
      eventId: 'e-1',
      time: '2026-03-08T02:10:00Z',
      answer: 0.3,
      features: [
        { feature: 'hours', value: '60', attribution: 1.2 },
        { feature: 'marital', value: null, attribution: -0.1 },
        { feature: 'age', value: '44', attribution: 0.2 },
      ],
    },
    { reason: 'the smallest answer', answer: -1.2, features: [{ feature: 'age', value: '18', attribution: -0.2 }] },
  ],
};

export const explained: ModelExplainabilityReport = {
  aggregation: 'mean_abs',
  scale: 'log-odds',
  method: { name: 'tree-path-dependent', title: 'exact TreeSHAP, path-dependent', exact: true },
  model: 'file:///models/census.json',
  explained: { baseline: 400, current: 100 },
  additivityError: { baseline: 2e-7, current: 1e-7 },
  bucket: 'hour',
  outputs: [output],
  comparisons: 3,
};

const rankingViolation = (label: string): Violation => ({
  id: `${label}/feature_attribution_drift_check`,
  feature: 'shap',
  label,
  check: 'feature_attribution_drift_check',
  description: 'nDCG 0.82 does not meet the threshold 0.9',
  explanation: 'hours rose, marital fell.',
  measured: 0.82,
  limit: 0.9,
  unit: 'fraction',
  rules: ['threshold', 'significant'],
});

/** A report of an explainability check of these outputs. */
export function attributionReport(
  outputs: readonly OutputAttributionReport[] = [output],
  more: Partial<ModelExplainabilityReport> = {},
): Report {
  const violated = outputs.filter(({ ranking }) => ranking.status === 'violated');
  return {
    ...sampleReport(),
    title: 'census-attribution, 2026-03-08',
    headline: 'The model rests on other features than in training.',
    monitorType: 'model-explainability',
    features: [],
    violations: violated.map(({ label }) => rankingViolation(label)),
    modelExplainability: { ...explained, ...more, outputs },
  };
}
