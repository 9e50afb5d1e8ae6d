import { beforeAll, describe, expect, it } from 'vitest';
import { loadCensus } from '../../../../kernel-lib/src/demo/census.js';
import type { ExplainedSample } from '../../../../kernel-lib/src/explain/explained-sample.js';
import { attributionSegments, benjaminiYekutieli } from '../../../../kernel-lib/src/metrics/attribution/segments.js';
import {
  answerIn,
  differenceOf,
  RowSums,
  shareIn,
  without,
} from '../../../../kernel-lib/src/metrics/attribution/segments-sums.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { explainedCensus } from '../../../support/explained-census.js';
import { explainedSample } from '../../../support/explained-sample.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface Side {
  readonly share: number[];
  readonly share_error: number[];
  readonly answer: number;
  readonly answer_error: number;
}

interface Golden {
  readonly group: number[];
  readonly rows: number[][];
  readonly segment: Side;
  readonly rest: Side;
  readonly share: { readonly value: number[]; readonly error: number[]; readonly p: number[] };
  readonly answer: { readonly value: number; readonly error: number; readonly p: number };
  readonly p_values: number[];
  readonly by: number[];
}

const golden = readGolden<Golden>('attribution/segments.json');

describe('a group against the rest', () => {
  const none = golden.rows.map(() => '');
  const sample = explainedSample({ a: none, b: none, c: none, d: none }, golden.rows);
  const sums = new RowSums(sample, 0);
  const members = new Set(golden.group);
  const segment = sums.over((row) => members.has(row));
  const rest = without(
    sums.over(() => true),
    segment,
  );

  // Sums of some hundred terms, of which the rest's come of a subtraction.
  it.each([
    ['segment', segment, golden.segment],
    ['rest', rest, golden.rest],
  ] as const)('has the shares, the mean answer and the errors of NumPy and SciPy: %s', (_, side, expected) => {
    for (const [place, share] of expected.share.entries()) {
      expectClose(shareIn(side, place).value, share, 1e-12, 'share');
      expectClose(shareIn(side, place).error, expected.share_error[place]!, 1e-10, 'error of the share');
    }
    expectClose(answerIn(side).value, expected.answer, 1e-11, 'answer');
    expectClose(answerIn(side).error, expected.answer_error, 1e-11, 'error of the answer');
  });

  it('differs as SciPy says', () => {
    for (const [place, value] of golden.share.value.entries()) {
      const found = differenceOf(shareIn(segment, place), shareIn(rest, place));
      expectClose(found?.value, value, 1e-10, 'difference');
      expectClose(found?.error, golden.share.error[place]!, 1e-10, 'error');
      expectClose(found?.pValue, golden.share.p[place]!, 1e-8, 'p-value');
    }
    const found = differenceOf(answerIn(segment), answerIn(rest));
    expectClose(found?.value, golden.answer.value, 1e-10, 'difference');
    expectClose(found?.pValue, golden.answer.p, 1e-8, 'p-value');
  });

  it('is not judged below 30 rows', () => {
    const few = sums.over((row) => row < 29);
    expect(differenceOf(shareIn(few, 0), shareIn(rest, 0))).toBeUndefined();
  });
});

describe('benjaminiYekutieli()', () => {
  it('gives the values of SciPy, and leaves out what has no p-value', () => {
    const adjusted = benjaminiYekutieli([undefined, ...golden.p_values]);
    expect(adjusted[0]).toBeUndefined();
    golden.by.forEach((value, place) => {
      expectClose(adjusted[place + 1], value, 1e-14, 'adjusted');
    });
  });
});

/** Rows whose attributions are drawn; with `planted` those of group "a" rest on the second feature five times as much. */
function drawnSample(rows: number, seed: number, planted: boolean): ExplainedSample {
  const random = new Random(seed);
  const groups = Array.from({ length: rows }, () => (random.uniform() < 0.3 ? 'a' : 'b'));
  const numbers = Array.from({ length: rows }, () => random.normal());
  const values = groups.map((group) => [
    random.normal(),
    random.normal() * (planted && group === 'a' ? 5 : 1),
    random.normal(),
  ]);
  return explainedSample({ group: groups, amount: numbers, other: numbers.map((number) => -number) }, values);
}

describe('attributionSegments() of drawn rows', () => {
  it('finds a group for which the model rests on another feature, and tells it once', () => {
    const found = attributionSegments(drawnSample(2_000, 1, true), 0);
    expect(found.map(({ title }) => title)).toEqual(['group = a']);
    const [first] = found[0]!.features;
    expect(first).toMatchObject({ feature: 'amount' });
    // E|x| is in proportion 1 : 5 : 1.
    expect(first!.share.lower!).toBeLessThan(5 / 7);
    expect(first!.share.upper!).toBeGreaterThan(5 / 7);
    expect(first!.rest.lower!).toBeLessThan(1 / 3);
    expect(first!.rest.upper!).toBeGreaterThan(1 / 3);
  });

  it('finds a pair where only both conditions together differ', () => {
    const random = new Random(3);
    const rows = 4_000;
    const [one, other] = [0, 1].map(() => Array.from({ length: rows }, () => (random.uniform() < 0.4 ? 'yes' : 'no')));
    const values = one!.map((cell, row) => [
      random.normal() * (cell === 'yes' && other![row] === 'yes' ? 6 : 1),
      random.normal(),
    ]);
    const found = attributionSegments(explainedSample({ one: one!, other: other! }, values), 0);
    expect(found[0]!.title).toBe('one = yes and other = yes');
    expect(found[0]!.rows).toBe(one!.filter((cell, row) => cell === 'yes' && other![row] === 'yes').length);
  });

  it('finds nothing where there is only chance, in 19 of 20 windows or more', () => {
    const runs = 100;
    let alarms = 0;
    for (let seed = 0; seed < runs; seed++) {
      alarms += Number(
        attributionSegments(drawnSample(600, 100 + seed, false), 0, { minimumDifference: 0 }).length > 0,
      );
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.05);
  });

  it('takes the groups of a given plan, and leaves out features that the rows lack', () => {
    const plan = {
      features: [
        { name: 'gone', kind: 'numeric', edges: [1] },
        { name: 'group', kind: 'categorical', categories: ['b', 'a'], rare: [] },
      ],
      paired: [0, 1],
    } as const;
    const [first, ...others] = attributionSegments(drawnSample(2_000, 1, true), 0, { plan });
    expect(first!.conditions).toEqual([{ feature: 'group', kind: 'equals', value: 'a' }]);
    expect(others).toEqual([]);
  });

  it('has none of few rows, and none where no feature adds anything', () => {
    expect(attributionSegments(drawnSample(99, 1, true), 0)).toEqual([]);
    const groups = Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? 'a' : 'b'));
    const nothing = explainedSample(
      { group: groups },
      groups.map(() => [0]),
    );
    expect(attributionSegments(nothing, 0)).toEqual([]);
  });
});

describe('attributionSegments() of the census', () => {
  let sample: ExplainedSample;
  beforeAll(async () => {
    sample = await explainedCensus((await loadCensus()).production.slice(0, 10_000));
  });

  it('names groups whose numbers are those of their rows', () => {
    const found = attributionSegments(sample, 0);
    const young = found.find(({ title }) => title === 'age < 28')!;
    const ages = sample.columns[sample.features.indexOf('age')]!;
    const isYoung = (row: number): boolean => Number(ages.values[row]) < 28;
    const rows = Array.from({ length: sample.rows }, (_, row) => row);
    expect(young.rows).toBe(rows.filter(isYoung).length);
    const width = sample.features.length;
    const sizes = (wanted: boolean) => {
      const own = rows.filter((row) => isYoung(row) === wanted);
      const all = own.flatMap((row) => [...sample.values.subarray(row * width, (row + 1) * width)].map(Math.abs));
      const ofAge = own.map((row) => Math.abs(sample.values[row * width + sample.features.indexOf('age')]!));
      const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0);
      return sum(ofAge) / sum(all);
    };
    expect(young.features[0]!.feature).toBe('age');
    expectClose(young.features[0]!.share.value, sizes(true), 1e-11, 'share');
    expectClose(young.features[0]!.rest.value, sizes(false), 1e-11, 'rest');
  });

  it('names at most ten, by conditions that can be asked for, none twice', () => {
    const found = attributionSegments(sample, 0);
    expect(found.length).toBeGreaterThan(3);
    expect(found.length).toBeLessThanOrEqual(10);
    expect(new Set(found.map(({ title }) => title)).size).toBe(found.length);
    const ages = found.flatMap(({ conditions: [first, ...others] }) =>
      first!.kind === 'range' && first!.feature === 'age' && others.length === 0 ? [first!] : [],
    );
    expect(ages.length).toBeGreaterThan(1);
    for (const [index, { from: one = 0, to: end = 200 }] of ages.entries()) {
      for (const { from = 0, to = 200 } of ages.slice(index + 1)) expect(end <= from || to <= one).toBe(true);
    }
    for (const { conditions, features, rows, answer } of found) {
      expect(conditions.some((condition) => condition.kind === 'equals' && condition.value.startsWith('other ('))).toBe(
        false,
      );
      expect(features.length).toBeLessThanOrEqual(3);
      expect(rows).toBeGreaterThanOrEqual(50);
      expect(answer.segment.upper!).toBeGreaterThan(answer.segment.lower!);
    }
  });
});
