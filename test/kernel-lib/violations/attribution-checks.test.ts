import { describe, expect, test } from 'vitest';
import type { OutputComparison } from '../../../kernel-lib/src/metrics/attribution/compare-attributions.js';
import type { AttributionChange } from '../../../kernel-lib/src/report/model-explainability-report.js';
import { judgeAttributions } from '../../../kernel-lib/src/violations/attribution-checks.js';

function output(
  ranking: Partial<OutputComparison['ranking']>,
  changes: (AttributionChange | undefined)[] = [],
  of: Partial<OutputComparison> = {},
): OutputComparison {
  return {
    label: 'label0',
    expectedValue: {},
    answer: {},
    ranking: { value: 1, threshold: 0.9, ...ranking },
    comparable: true,
    judged: true,
    features: changes.map((shareChange, place) => ({
      feature: `f${place}`,
      rank: {},
      attribution: {},
      share: {},
      mean: {},
      ...(shareChange && { shareChange }),
    })),
    ...of,
  };
}

describe('judgeAttributions(), the ranking', () => {
  const cases = [
    ['the interval is below the limit', { value: 0.8, lower: 0.7, upper: 0.89 }, 'violated', 'violated'],
    ['the value is below, the interval is not', { value: 0.8, lower: 0.7, upper: 0.9 }, 'violated', 'ok'],
    ['the value is the limit', { value: 0.9, lower: 0.85, upper: 0.95 }, 'ok', 'ok'],
    ['there is no interval', { value: 0.5 }, 'violated', 'not-judged'],
  ] as const;
  test.each(cases)('where %s', (_, ranking, threshold, significant) => {
    const [byThreshold] = judgeAttributions([output(ranking)], { rule: 'threshold' }).outputs;
    const [bySignificant] = judgeAttributions([output(ranking)], { rule: 'significant' }).outputs;
    expect(byThreshold!.ranking.status).toBe(threshold);
    expect(bySignificant!.ranking.status).toBe(significant);
    expect(byThreshold!.rules).toEqual(bySignificant!.rules);
    expect(byThreshold!.rules.includes('threshold')).toBe(threshold === 'violated');
    expect(byThreshold!.rules.includes('significant')).toBe(significant === 'violated');
  });

  test('without anything to compare is not judged by either rule', () => {
    const comparison = output({ value: 0.2, lower: 0.1, upper: 0.3, reason: 'no rows' }, [], { comparable: false });
    for (const rule of ['threshold', 'significant'] as const) {
      const [{ ranking, rules }] = judgeAttributions([comparison], { rule }).outputs as [never];
      expect({ ranking, rules }).toMatchObject({ ranking: { status: 'not-judged', reason: 'no rows' }, rules: [] });
    }
  });

  test("is described in the service's words", () => {
    const described = (value: number, threshold: number) =>
      judgeAttributions([output({ value, threshold })], { rule: 'threshold' }).outputs[0]!.description;
    expect(described(0.7639720923277322, 0.9)).toBe(
      'Feature attribution drift 0.7639720923277322 exceeds threshold 0.9',
    );
    expect(described(0.5, 1)).toBe('Feature attribution drift 0.5 exceeds threshold 1.0');
  });
});

describe('judgeAttributions(), the features', () => {
  test('rose and fell are adjusted over all features of all outputs', () => {
    const { outputs, comparisons } = judgeAttributions(
      [
        output({}, [
          { value: 0.2, pValue: 0.001 },
          { value: -0.1, pValue: 0.04 },
        ]),
        output({}, [
          { value: -0.3, pValue: 0.01 },
          { value: 0.01, pValue: 0.9 },
        ]),
      ],
      { rule: 'significant' },
    );
    expect(comparisons).toBe(4);
    const told = outputs.flatMap(({ features }) =>
      features.map(({ direction, shareChange }) => [direction, shareChange!.adjustedPValue!.toFixed(4)]),
    );
    // SciPy's false_discovery_control([0.001, 0.04, 0.01, 0.9]): 0.004, 0.0533, 0.02, 0.9.
    expect(told).toEqual([
      ['rose', '0.0040'],
      ['unchanged', '0.0533'],
      ['fell', '0.0200'],
      ['unchanged', '0.9000'],
    ]);
  });

  test('a change without a p-value is none where both sides are judged: both are 0 in every row', () => {
    const { outputs, comparisons } = judgeAttributions([output({}, [{ value: 0 }, { value: 0.1, pValue: 0 }])], {
      rule: 'threshold',
    });
    expect(outputs[0]!.features.map(({ direction }) => direction)).toEqual(['unchanged', 'rose']);
    expect(comparisons).toBe(1);
  });

  test('of samples that are too small, or without a baseline, are not judged', () => {
    const { outputs } = judgeAttributions([output({}, [{ value: 0.5 }, undefined], { judged: false })], {
      rule: 'significant',
    });
    expect(outputs[0]!.features.map(({ direction }) => direction)).toEqual(['not-judged', 'not-judged']);
  });

  test('without outputs there is nothing to judge', () => {
    expect(judgeAttributions([], { rule: 'significant' })).toEqual({ outputs: [], comparisons: 0 });
  });
});
