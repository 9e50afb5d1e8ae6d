import { describe, expect, test } from 'vitest';
import { type BiasSegmentOptions, biasSegments } from '../../../../kernel-lib/src/metrics/bias/bias-segments.js';
import { finiteNumber } from '../../../../kernel-lib/src/metrics/bias/cause.js';
import { biasMetric, biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { encodeColumns, SegmentCells } from '../../../../kernel-lib/src/metrics/bias/segment-cells.js';
import {
  planSegments,
  type SegmentColumn,
  type SegmentPlan,
} from '../../../../kernel-lib/src/metrics/segments/binning.js';
import type { BiasSegment } from '../../../../kernel-lib/src/report/model-bias-report.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

const facet = { facet: 'sex' };

/** Cells of one categorical feature, `job`, by category. */
function ofJobs(cells: readonly (readonly number[])[]): SegmentCells {
  const categories = cells.map((_, job) => `job ${job + 1}`);
  const plan: SegmentPlan = { features: [{ name: 'job', kind: 'categorical', categories, rare: [] }], paired: [] };
  const none = Array.from({ length: 8 }, () => 0);
  return SegmentCells.fromState(plan, { predicted: true, features: [[...none, ...cells.flat(), ...none, ...none]] });
}

interface Drawn {
  readonly columns: readonly SegmentColumn[];
  readonly members: Uint8Array;
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
}

/** What was planted: how likely the prediction of a row is turned to negative. */
type Turned = (row: { readonly member: boolean; readonly job: number; readonly age: number }) => number;

/** Rows of ten jobs and of ages from 20 to 70, whose labels and predictions depend on both, and a facet that depends on the job. */
function draw(seed: number, rows: number, turned: Turned = () => 0): Drawn {
  const random = new Random(seed);
  const [members, labels, predictions] = [new Uint8Array(rows), new Uint8Array(rows), new Uint8Array(rows)];
  const [ages, jobs, towns, sexes] = [new Float64Array(rows), [] as string[], [] as string[], [] as string[]];
  for (let row = 0; row < rows; row++) {
    const job = random.integer(10);
    const age = 20 + 50 * random.uniform();
    const member = random.uniform() < 0.2 + 0.04 * job;
    const label = random.uniform() < 0.2 + age / 200 + (member ? 0 : 0.1);
    const predicted = random.uniform() < (label ? 0.8 : 0.15);
    const kept = random.uniform() >= turned({ member, job, age });
    members[row] = Number(member);
    labels[row] = Number(label);
    predictions[row] = Number(predicted && kept);
    ages[row] = age;
    jobs.push(`job ${job}`);
    towns.push(`town ${random.integer(6)}`);
    sexes.push(member ? 'female' : 'male');
  }
  const columns: SegmentColumn[] = [
    { name: 'sex', kind: 'categorical', values: sexes },
    { name: 'job', kind: 'categorical', values: jobs },
    { name: 'town', kind: 'categorical', values: towns },
    { name: 'age', kind: 'numeric', values: ages },
  ];
  return { columns, members, labels, predictions };
}

function counted({ columns, members, labels, predictions }: Drawn, plan: SegmentPlan): SegmentCells {
  const cells = new SegmentCells(plan);
  cells.add(encodeColumns(plan, columns, labels.length), members, labels, predictions);
  return cells;
}

function search(name: string, from: Drawn, after: Drawn, options: BiasSegmentOptions = facet): BiasSegment[] {
  const plan = planSegments(from.columns);
  return biasSegments(biasMetric(name)!, counted(from, plan), counted(after, plan), options);
}

const before = [
  [300, 100, 100, 300, 300, 50, 50, 100],
  [500, 100, 100, 200, 200, 50, 50, 100],
  [200, 100, 100, 400, 300, 50, 50, 200],
];

describe('biasSegments()', () => {
  test('finds the one job whose rates moved, with the whole change', () => {
    const [from, now] = [ofJobs(before), ofJobs([before[0]!, before[1]!, [200, 100, 100, 400, 350, 0, 190, 60]])];
    for (const name of ['DPPL', 'RD', 'AD', 'DI']) {
      const metric = biasMetric(name)!;
      const segments = biasSegments(metric, from, now, facet);
      expect(segments.map(({ title }) => title)).toEqual(['job = job 3']);
      const change =
        finiteNumber(metric, { cells: now.total(), predicted: true })! -
        finiteNumber(metric, { cells: from.total(), predicted: true })!;
      expect(segments[0]!.contribution, name).toBeCloseTo(change, 12);
      expect(segments[0]).toMatchObject({ rows: 1400, baselineRows: 1400 });
      expect(segments[0]!.conditions).toEqual([{ feature: 'job', kind: 'equals', value: 'job 3' }]);
    }
    expect(biasSegments(biasMetric('DPL')!, from, from, facet)).toEqual([]);
  });

  test('finds the one job that grew on one side, at its rates', () => {
    // Five times as many of the group have job 3, as often labelled and predicted positive as ever.
    const many = before.map((cells) => cells.map((count) => 10 * count));
    const after = [many[0]!, many[1]!, [2000, 1000, 1000, 4000, 15_000, 2500, 2500, 10_000]];
    const segments = biasSegments(biasMetric('DPPL')!, ofJobs(many), ofJobs(after), facet);
    const grown = segments.find(({ title }) => title === 'job = job 3');
    // 5,500 of 15,000 were predicted positive, now it is 15,500 of 39,000; at its old share, job 3 leaves the old rate.
    expect(grown?.contribution).toBeCloseTo(5500 / 15_000 - 15_500 / 39_000, 12);
  });

  test('puts the sizes of the sides back where the metric is about them', () => {
    const after = [before[0]!, before[1]!, [200, 100, 100, 400, 1500, 250, 250, 1000]];
    const [first] = biasSegments(biasMetric('CI')!, ofJobs(before), ofJobs(after), facet);
    expect(first?.title).toBe('job = job 3');
    // 2,500 of the others against 3,900 of the group, instead of against 1,500.
    expect(first?.contribution).toBeCloseTo(-1400 / 6400 - 1000 / 4000, 12);
  });

  test('offers nothing where all jobs moved alike', () => {
    const after = before.map((cells) => {
      const [a, b, c, d] = cells.slice(4) as [number, number, number, number];
      return [...cells.slice(0, 4), a + b / 2, b / 2, c + d / 2, d / 2];
    });
    const found = biasSegments(biasMetric('DPPL')!, ofJobs(before), ofJobs(after), facet);
    expect(found).toEqual([]);
  });

  test('finds a planted job and a planted range of ages first, and names a range as wide as it was planted', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const from = draw(seed, 20_000);
      const job = draw(100 + seed, 5000, ({ member, job }) => (member && job === 7 ? 0.9 : 0));
      const ofJob = search('DPPL', from, job);
      expect(ofJob[0]?.title).toBe('job = job 7');
      const young = draw(200 + seed, 5000, ({ member, age }) => (member && age < 32.5 ? 0.7 : 0));
      const ofAge = search('DPPL', from, young);
      expect(ofAge[0]?.conditions[0]).toMatchObject({ feature: 'age', kind: 'range' });
      const [condition] = ofAge[0]!.conditions;
      expect(condition?.kind === 'range' && condition.from).toBe(undefined);
      expect(Math.abs((condition?.kind === 'range' ? condition.to! : 0) - 32.5)).toBeLessThan(0.5);
      expect(ofAge.filter(({ conditions }) => conditions[0]?.feature === 'age')).toHaveLength(1);
    }
  });

  test('puts a narrow group before a broad one that holds it', () => {
    const withShift = (drawn: Drawn): Drawn => {
      const jobs = drawn.columns[1]!.values as readonly string[];
      const values = jobs.map((job, row) => (job === 'job 7' || row % 10 < 8 ? 'day' : 'night'));
      return { ...drawn, columns: [{ name: 'shift', kind: 'categorical', values }, ...drawn.columns] };
    };
    const from = withShift(draw(1, 20_000));
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const now = withShift(draw(300 + seed, 5000, ({ member, job }) => (member && job === 7 ? 0.9 : 0)));
      expect(search('DPPL', from, now)[0]?.title).toBe('job = job 7');
    }
  });

  test('does not offer the facet itself, nor a column with the same rows twice', () => {
    const copy = (drawn: Drawn): Drawn => {
      const job = drawn.columns[1] as SegmentColumn & { readonly kind: 'categorical' };
      return { ...drawn, columns: [...drawn.columns, { ...job, name: 'occupation' }] };
    };
    const from = copy(draw(1, 20_000));
    const now = copy(draw(101, 5000, ({ member, job }) => (member && job === 7 ? 0.9 : 0)));
    expect(search('DPPL', from, now).map(({ title }) => title)).toEqual(['job = job 7']);
    const plan = planSegments(from.columns);
    expect(plan.features.map(({ name }) => name)).toContain('sex');
    expect(search('DPPL', from, now, { facet: 'job' })[0]?.title).toBe('occupation = job 7');
    expect(search('DPPL', from, now, { ...facet, limit: 0 })).toEqual([]);
  });

  test('offers hardly ever anything in quiet samples: in at most 7 of 50 for any metric', () => {
    const from = draw(1, 20_000);
    const plan = planSegments(from.columns);
    const baseline = counted(from, plan);
    const metrics = biasMetrics.filter(({ name }) => !['FT', 'CDDL', 'CDDPL'].includes(name));
    const found = new Map<string, number>();
    for (let seed = 0; seed < 50; seed++) {
      const now = counted(draw(1000 + seed, 3000), plan);
      for (const metric of metrics) {
        const offered = biasSegments(metric, baseline, now, facet).length > 0;
        found.set(metric.name, (found.get(metric.name) ?? 0) + Number(offered));
      }
    }
    // A binomial number of 50 at 5 % is above 7 in less than 1 % of cases.
    for (const [name, count] of found) expect(count, name).toBeLessThanOrEqual(7);
  });

  test('has no segments of metrics that are not made of the eight counts alone', () => {
    const [from, now] = [ofJobs(before), ofJobs([before[0]!, before[1]!, [200, 100, 100, 400, 350, 0, 190, 60]])];
    for (const name of ['FT', 'CDDL', 'CDDPL']) expect(biasSegments(biasMetric(name)!, from, now, facet)).toEqual([]);
  });
});
