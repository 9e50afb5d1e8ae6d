import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CauseParts, causeOf, finiteNumber } from '../../../../kernel-lib/src/metrics/bias/cause.js';
import type { FacetCounts } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import { biasMetric, biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { anyCells } from './any-counts.js';

function countsOf(...groups: readonly (readonly number[])[]): FacetCounts {
  const cells = new Float64Array(8);
  for (const group of groups) {
    group.forEach((count, place) => {
      cells[place]! += count;
    });
  }
  return { cells, predicted: true, groups: groups.map((group) => Float64Array.from(group)) };
}

/** Others: 40 % positive labels, found in 80 % and 10 % of cases. Group: 25 %, 60 %, 5 %. */
const before = countsOf([540, 60, 80, 320, 285, 15, 40, 60]);

function cause(name: string, after: FacetCounts, from: FacetCounts = before): CauseParts {
  const found = causeOf(biasMetric(name)!, from, after);
  expect(found, name).toBeDefined();
  return found!;
}

function change(name: string, after: FacetCounts, from: FacetCounts = before): number {
  const metric = biasMetric(name)!;
  return finiteNumber(metric, after)! - finiteNumber(metric, from)!;
}

const close = (value: number, expected: number): void => expect(value).toBeCloseTo(expected, 12);

describe('causeOf()', () => {
  test('finds that the labels of the group alone moved', () => {
    // Of the group's 325 negative predictions 140 instead of 40 turn out positive; the predictions are as before.
    const after = countsOf([540, 60, 80, 320, 185, 15, 140, 60]);
    const dpl = cause('DPL', after);
    close(dpl.parts.labels, 0.25 - 0.5);
    close(dpl.sides.disadvantaged, 0.25 - 0.5);
    expect(dpl.parts).toMatchObject({ population: 0, predictions: 0 });
    expect(dpl.sides.advantaged).toBe(0);
    const rd = cause('RD', after);
    close(rd.parts.labels, 0.6 - 0.3);
    expect(rd.parts).toMatchObject({ population: 0, predictions: 0 });
    expect(cause('DPPL', after).parts).toEqual({ population: 0, labels: 0, predictions: 0 });
  });

  test('finds that the predictions of the others alone moved', () => {
    // 20 instead of 40 % are predicted positive; 80 % of these are, and 10 % of the others, as before.
    const from = countsOf([540, 80, 60, 320, 285, 15, 40, 60]);
    const after = countsOf([720, 40, 80, 160, 285, 15, 40, 60]);
    const dppl = cause('DPPL', after, from);
    close(dppl.parts.predictions, 0.2 - 0.4);
    close(dppl.sides.advantaged, 0.2 - 0.4);
    const rd = cause('RD', after, from);
    close(rd.parts.predictions, 160 / 240 - 320 / 380);
    expect(rd.sides.disadvantaged).toBe(0);
    expect(rd.parts).toMatchObject({ population: 0, labels: 0 });
    // The labels alone cannot tell.
    close(cause('DPL', after, from).parts.labels, 0.24 - 0.38);
  });

  test('finds that the sizes alone moved, and whom that concerns', () => {
    const after = countsOf([...before.cells.subarray(0, 4), ...before.cells.subarray(4).map((count) => 3 * count)]);
    const ci = cause('CI', after);
    close(ci.parts.population, -200 / 2200 - 600 / 1400);
    expect(ci.sides).toEqual({ advantaged: 0, disadvantaged: 0 });
    expect(cause('DPPL', after).parts).toEqual({ population: 0, labels: 0, predictions: 0 });
    expect(cause('GE', after).parts).toMatchObject({ labels: 0, predictions: 0 });
    expect(cause('GE', after).parts.population).not.toBe(0);
  });

  test('splits a product as Kitagawa does: each rate at the mean of the other', () => {
    // Only positive predictions are ever right: the rate is P(prediction) P(label | prediction), 0.25 x 0.6, then 0.5 x 0.2.
    const [from, after] = [countsOf([5, 5, 5, 5, 0, 40, 300, 60]), countsOf([5, 5, 5, 5, 0, 160, 200, 40])];
    const { labels, predictions } = cause('AD', after, from).factors;
    close(predictions.disadvantaged, -(0.5 - 0.25) * 0.4);
    close(labels.disadvantaged, -(0.2 - 0.6) * 0.375);
  });

  test('has parts that sum to the change, exactly but for rounding', () => {
    const groups = fc.array(fc.tuple(anyCells({ min: 1 }), anyCells({ min: 1 })), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(groups, (pairs) => {
        const [from, after] = [countsOf(...pairs.map(([one]) => one)), countsOf(...pairs.map(([, other]) => other))];
        for (const metric of biasMetrics.filter(({ name }) => name !== 'FT')) {
          const { parts, sides, factors } = cause(metric.name, after, from);
          const total = change(metric.name, after, from);
          // 1e-11: sums of 80 differences of numbers up to 40.
          const sum = parts.population + parts.labels + parts.predictions;
          expect(Math.abs(sum - total), metric.name).toBeLessThan(1e-11);
          const bySide = parts.population + sides.advantaged + sides.disadvantaged;
          expect(Math.abs(bySide - total), metric.name).toBeLessThan(1e-11);
          expect(factors.labels.advantaged + factors.predictions.advantaged).toBe(sides.advantaged);
          if (metric.stage === 'pre-training') expect(parts.predictions, metric.name).toBe(0);
        }
      }),
    );
  });

  test('is 0 where nothing moved, and opposite where the samples are exchanged', () => {
    fc.assert(
      fc.property(anyCells({ min: 1 }), anyCells({ min: 1 }), (one, other) => {
        const [from, after] = [countsOf(one), countsOf(other)];
        for (const name of ['DPL', 'DPPL', 'DI', 'TE', 'GE', 'CDDPL']) {
          const [there, back] = [cause(name, after, from), cause(name, from, after)];
          for (const key of ['population', 'labels', 'predictions'] as const) {
            expect(Math.abs(there.parts[key] + back.parts[key]), name).toBeLessThan(1e-11);
          }
          expect(cause(name, from, from).parts).toEqual({ population: 0, labels: 0, predictions: 0 });
        }
      }),
    );
  });

  test('takes the labels of a prediction that only one sample has from that sample', () => {
    const [from, after] = [countsOf([50, 50, 50, 50, 90, 0, 10, 0]), countsOf([50, 50, 50, 50, 45, 10, 5, 40])];
    const { parts, factors } = cause('AD', after, from);
    expect(parts.labels).toBe(0);
    close(factors.predictions.disadvantaged, 0.9 - 0.85);
  });

  test('takes each value of the group variable apart', () => {
    // The same rows in all; the group moved from the value with few positive labels to the one with many.
    const from = countsOf([10, 0, 0, 30, 30, 0, 0, 10], [30, 0, 0, 10, 20, 0, 0, 20]);
    const moved = countsOf([10, 0, 0, 30, 3, 0, 0, 1], [30, 0, 0, 10, 38, 0, 0, 38]);
    const { parts } = cause('CDDL', moved, from);
    close(parts.population, change('CDDL', moved, from));
    expect(parts.labels).toBe(0);
    expect(causeOf(biasMetric('CDDL')!, from, countsOf([10, 0, 0, 30, 30, 0, 0, 10]))).toBeUndefined();
    expect(causeOf(biasMetric('DPL')!, from, countsOf([10, 0, 0, 30, 30, 0, 0, 10]))).toBeDefined();
  });

  test('has no cause where a number on the way is infinite or there is none', () => {
    const flips = { toPositive: 1, toNegative: 2, rows: 9, standardError: 0.1 };
    expect(causeOf(biasMetric('FT')!, { ...before, flips }, { ...before, flips })).toBeUndefined();
    const nobody = countsOf([5, 5, 5, 5, 0, 0, 0, 0]);
    const noPositives = countsOf([50, 50, 50, 50, 90, 10, 0, 0]);
    expect(causeOf(biasMetric('DPL')!, before, nobody)).toBeUndefined();
    expect(causeOf(biasMetric('KL')!, before, noPositives)).toBeUndefined();
    expect(causeOf(biasMetric('RD')!, noPositives, before)).toBeUndefined();
    expect(causeOf(biasMetric('DPPL')!, { ...before, predicted: false }, before)).toBeUndefined();
    expect(causeOf(biasMetric('DPL')!, { ...before, predicted: false }, before)).toBeDefined();
  });
});
