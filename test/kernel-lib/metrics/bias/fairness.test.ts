import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FacetCounts, sideOf } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import { type FairnessMetric, fairnessMetrics } from '../../../../kernel-lib/src/metrics/bias/fairness.js';
import { biasMetric } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { readGolden } from '../../stats/golden.js';
import { anyCells, swapSides } from './any-counts.js';

interface GoldenCase {
  readonly cells: number[];
  /** By name; null where the library gives NaN. */
  readonly fairlearn: Record<string, number | 'Infinity' | null>;
  readonly aif360: Record<string, number | 'Infinity' | null>;
}

const golden = readGolden<{ cases: GoldenCase[] }>('bias/fairness.json');

function countsOf(cells: Iterable<number>): FacetCounts {
  return { cells: Float64Array.from(cells), predicted: true };
}

function named(name: string, library: string): FairnessMetric {
  return fairnessMetrics.find((metric) => metric.name === name && metric.library.includes(library))!;
}

/** Whether a side lacks positive or negative labels: Fairlearn counts its rate as 0, AIF360 as NaN or not at all. */
function lacksLabels({ cells }: FacetCounts): boolean {
  return ([0, 1] as const).some((at) => {
    const { rows, positiveLabels } = sideOf(cells, at);
    return positiveLabels === 0 || positiveLabels === rows;
  });
}

/** Fairlearn gives NaN where both true positive rates are 0, but not where both false positive rates are. */
function lacksTruePositives({ cells }: FacetCounts): boolean {
  return cells[3] === 0 && cells[7] === 0;
}

function difference(counts: FacetCounts, library: string, name: string, wanted: number | string | null): string[] {
  const found = named(name, library).value(counts);
  const expected =
    'error' in found
      ? wanted === null || lacksLabels(counts)
      : wanted === null
        ? name === 'equalized_odds_ratio' && lacksTruePositives(counts)
        : Number(wanted) === found.value || Math.abs(Number(wanted) - found.value) <= 1e-15;
  return expected ? [] : [`${library} ${name}: ${JSON.stringify(found)} for ${wanted}`];
}

describe('fairnessMetrics', () => {
  test('equal those of Fairlearn and AIF360, wherever these have a value and both sides both labels', () => {
    const found = golden.cases.flatMap(({ cells, fairlearn, aif360 }) => [
      ...Object.entries(fairlearn).flatMap(([name, value]) => difference(countsOf(cells), 'Fairlearn', name, value)),
      ...Object.entries(aif360).flatMap(([name, value]) => difference(countsOf(cells), 'AIF360', name, value)),
    ]);
    expect(found).toEqual([]);
  });

  test('are all in the golden values', () => {
    const { fairlearn, aif360 } = golden.cases[0]!;
    const names = new Set([...Object.keys(fairlearn), ...Object.keys(aif360)]);
    expect(new Set(fairnessMetrics.map(({ name }) => name))).toEqual(names);
  });

  test('have one title each, and say what they compare', () => {
    expect(new Set(fairnessMetrics.map(({ title }) => title)).size).toBe(fairnessMetrics.length);
    expect(new Set(fairnessMetrics.map(({ name, library }) => `${library} ${name}`)).size).toBe(fairnessMetrics.length);
    for (const { definition } of fairnessMetrics) expect(definition).toMatch(/^[A-Z].{40,}\.$/);
  });

  test('are words without predictions, without rows and without what a rate is taken of', () => {
    for (const metric of fairnessMetrics) {
      for (const counts of [
        countsOf(new Float64Array(8)),
        { ...countsOf([1, 2, 3, 4, 5, 6, 7, 8]), predicted: false },
      ]) {
        expect(metric.value(counts)).toEqual({ error: expect.stringMatching(/^.{10,}$/) });
        expect(metric.interval(counts)).toBeUndefined();
      }
    }
    const recalls = named('equal_opportunity_difference', 'AIF360');
    expect(recalls.value(countsOf([5, 2, 3, 4, 5, 6, 0, 0]))).toEqual({ error: 'the group has no positive labels' });
    expect(recalls.value(countsOf([5, 2, 0, 0, 5, 6, 1, 1]))).toEqual({ error: 'the others have no positive labels' });
    const ratios = named('demographic_parity_ratio', 'Fairlearn');
    expect(ratios.value(countsOf([5, 0, 3, 0, 5, 0, 1, 0]))).toEqual({ error: 'the rates of both sides are 0' });
  });

  test("are the service's metrics, some with the opposite sign or none", () => {
    fc.assert(
      fc.property(anyCells({ min: 1 }), (cells) => {
        const counts = countsOf(cells);
        const service = (name: string): number => {
          const found = biasMetric(name)!.service(counts);
          return 'value' in found ? found.value : Number.NaN;
        };
        const value = (name: string, library: string): number => {
          const found = named(name, library).value(counts);
          return 'value' in found ? found.value : Number.NaN;
        };
        expect(value('statistical_parity_difference', 'AIF360')).toBe(0 - service('DPPL'));
        expect(value('demographic_parity_difference', 'Fairlearn')).toBe(Math.abs(service('DPPL')));
        expect(value('disparate_impact', 'AIF360')).toBe(service('DI'));
        expect(value('equal_opportunity_difference', 'AIF360')).toBe(0 - service('RD'));
        expect(value('equal_opportunity_difference', 'Fairlearn')).toBe(Math.abs(service('RD')));
        // 1e-15: a rate and 1 less the opposite rate differ in rounding.
        expect(Math.abs(value('false_positive_rate_difference', 'AIF360') + service('SD'))).toBeLessThanOrEqual(1e-15);
      }),
    );
  });

  test('change their sign, their direction or nothing when the sides are exchanged', () => {
    fc.assert(
      fc.property(anyCells({ min: 1 }), (cells) => {
        for (const { value, library, unit, name } of fairnessMetrics) {
          const found = [cells, swapSides(cells)].map((each) => value(countsOf(each)) as { value: number });
          const [before, after] = [found[0]!.value, found[1]!.value];
          const signed = library === 'AIF360' && name !== 'average_abs_odds_difference';
          const expected = signed ? (unit === 'ratio' ? 1 / before : 0 - before) : before;
          expect(Math.abs(after - expected), name).toBeLessThanOrEqual(1e-15 * Math.max(1, expected));
        }
      }),
    );
  });
});
