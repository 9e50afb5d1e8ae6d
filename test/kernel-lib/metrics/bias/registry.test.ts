import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FacetCounts, sideOf } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import type { BiasMetric } from '../../../../kernel-lib/src/metrics/bias/metric.js';
import { biasMetric, biasMetrics, describeBiasMetric } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { countsOf, type GoldenCase, golden } from './golden-case.js';

/** A value as the service writes it, or its words. */
function answerOf(metric: BiasMetric, counts: FacetCounts): number | string {
  const found = metric.service(counts);
  if ('error' in found) return found.error;
  return Number.isFinite(found.value) ? found.value : String(found.value);
}

/** The largest term of the sums that are KL and JS: their roundings go with it, not with the value. */
function largestTerm({ cells }: FacetCounts): number {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  const [p, q] = [others.positiveLabels / others.rows, group.positiveLabels / group.rows];
  const terms = [p * Math.log(p / q), (1 - p) * Math.log((1 - p) / (1 - q))].filter(Number.isFinite);
  return Math.max(...terms.map(Math.abs));
}

/** How far from smclarify's a number may be: not at all, unless the metric's documentation says so. */
function tolerance({ name }: BiasMetric, counts: FacetCounts, value: number): number {
  if (name === 'KL' || name === 'JS') return 1e-15 * largestTerm(counts);
  return name === 'LP' || name === 'GE' ? 1e-15 * value : 0;
}

function differences(found: GoldenCase): string[] {
  const counts = countsOf(found);
  return biasMetrics.flatMap((metric) => {
    const expected = metric.stage === 'pre-training' ? found.preTraining : found.postTraining;
    const wanted = typeof expected === 'string' ? expected : expected[metric.name]!;
    const answer = answerOf(metric, counts);
    const equal =
      typeof answer === 'string' || typeof wanted === 'string'
        ? answer === wanted
        : Math.abs(answer - wanted) <= tolerance(metric, counts, wanted) && !Object.is(answer, -0);
    return equal ? [] : [`${metric.name}: ${answer} for ${wanted}`];
  });
}

describe("the service's numbers", () => {
  test.each(golden.cases.map((found) => [found.name, found] as const))('equal those of smclarify: %s', (_, found) => {
    expect(differences(found)).toEqual([]);
  });
});

describe('biasMetrics', () => {
  test('come with the names, descriptions and order of smclarify', () => {
    const described = (stage: BiasMetric['stage']): string[][] =>
      biasMetrics.filter((metric) => metric.stage === stage).map((metric) => [metric.name, describeBiasMetric(metric)]);
    expect(described('pre-training')).toEqual(golden.described.pre_training);
    expect(described('post-training')).toEqual(golden.described.post_training);
  });

  test('come as in a published analysis.json, which is older than GE and SD', () => {
    const path = new URL('../../../conformance/data/clarify-fraud/bias_1.analysis.json', import.meta.url);
    type Listed = { name: string; description: string }[];
    type Part = { facets: Record<string, { metrics: Listed }[]> };
    const analysis = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Part>;
    for (const stage of ['pre-training', 'post-training'] as const) {
      const part = analysis[`${stage.replace('-', '_')}_bias_metrics`]!;
      const listed = Object.values(part.facets)[0]![0]!.metrics.map(({ name, description }) => [name, description]);
      const ours = biasMetrics.filter((metric) => metric.stage === stage && !['GE', 'SD'].includes(metric.name));
      expect(ours.map((metric) => [metric.name, describeBiasMetric(metric)])).toEqual(listed);
    }
  });

  test('have unique names and titles, and each says what it compares', () => {
    expect(new Set(biasMetrics.map(({ name }) => name)).size).toBe(21);
    expect(new Set(biasMetrics.map(({ title }) => title)).size).toBe(21);
    for (const metric of biasMetrics) {
      expect(metric.definition).toMatch(/^[A-Z].{40,}\.$/);
      expect(metric.fair).toBe(metric.name === 'DI' ? 1 : 0);
      expect(biasMetric(metric.name)).toBe(metric);
    }
    expect(biasMetric('XYZ')).toBeUndefined();
  });

  for (const metric of biasMetrics) {
    test(`${metric.name} of no rows is words, without an exact number or an interval`, () => {
      for (const predicted of [false, true]) {
        const counts: FacetCounts = { cells: new Float64Array(8), predicted, groups: [new Float64Array(8)] };
        const found = metric.service(counts);
        expect(found).toEqual({ error: expect.stringMatching(/^.{10,}$/) });
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        expect(metric.exact?.(counts)).toBeUndefined();
        expect(metric.caution?.(counts)).toBeUndefined();
        expect(metric.interval(counts, { seed: 0 })).toBeUndefined();
      }
    });
  }

  test('of rows without predictions are those before training; the others say what is missing', () => {
    const counts: FacetCounts = { cells: Float64Array.of(5, 0, 3, 0, 4, 0, 1, 0), predicted: false };
    const found = biasMetrics.filter((metric) => 'value' in metric.service(counts)).map(({ name }) => name);
    expect(found).toEqual(['CI', 'DPL', 'JS', 'KL', 'KS', 'LP', 'TVD']);
    for (const metric of biasMetrics.filter(({ stage }) => stage === 'post-training')) {
      expect(metric.service(counts)).toEqual({
        error: 'predicted_label_column has to be provided for Post training metrics',
      });
      expect(metric.interval(counts, { seed: 0 })).toBeUndefined();
    }
  });
});
