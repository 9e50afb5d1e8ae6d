import { describe, expect, it } from 'vitest';
import { loadCensus } from '../../../../kernel-lib/src/demo/census.js';
import { serveWeek } from '../../../../kernel-lib/src/demo/week.js';
import { planSegments } from '../../../../kernel-lib/src/metrics/segments/binning.js';
import {
  conditionOf,
  elementaryRanges,
  type Group,
  titleOf,
} from '../../../../kernel-lib/src/metrics/segments/group.js';
import { searchSegments } from '../../../../kernel-lib/src/metrics/segments/search.js';
import { SegmentTable } from '../../../../kernel-lib/src/metrics/segments/table.js';
import { parseXgboostModel } from '../../../../kernel-lib/src/models/xgboost.js';
import type { SegmentReport } from '../../../../kernel-lib/src/report/model-quality-report.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { codesOf, columnsOf, type LossRows, pick, tableOf } from './census-segments.js';

const census = await loadCensus();
const names = census.features;
const probabilities = parseXgboostModel(census.model).predict(census.validation.map(({ cells }) => cells));
const validation: LossRows = {
  names,
  cells: census.validation.map(({ cells }) => cells),
  losses: Float64Array.from(census.validation, ({ income }, i) =>
    Number(income !== (probabilities[i]! > 0.5 ? '1' : '0')),
  ),
};
const plan = planSegments(columnsOf(validation));
const codes = codesOf(plan, validation);
const { losses } = validation;
const size = losses.length;
const baselineRows = 4000;
const options = { metric: 'error rate' };

const allRows = Int32Array.from(losses.keys());

/** A random split of the validation rows into baseline and current, and what a search finds with these losses. */
function searchSplit(random: Random, current: Float64Array, baseline: Float64Array = losses): readonly SegmentReport[] {
  const order = random.shuffle(allRows.slice());
  const table = (rows: Int32Array, all: Float64Array): SegmentTable => {
    return tableOf(
      plan,
      codes.map((column) => pick(column, rows)),
      pick(all, rows),
    );
  };
  const before = table(order.subarray(0, baselineRows), baseline);
  return searchSegments(plan, before, table(order.subarray(baselineRows), current), options).segments;
}

function isIn(group: Group, row: number): boolean {
  return group.every(({ feature, from, to }) => codes[feature]![row]! >= from && codes[feature]![row]! <= to);
}

// education-num says the same as education.
const plantable = [...plan.features.keys()].filter((feature) => plan.features[feature]!.name !== 'education-num');

/** Groups of one condition or two with 8 to 40 % of the rows, no pair nearly one of its single groups. */
function randomGroup(random: Random, conditions: 1 | 2): Group {
  const shareOf = (group: Group): number => losses.reduce((sum, _, row) => sum + Number(isIn(group, row)), 0) / size;
  for (;;) {
    const features = random.shuffle(plantable.slice()).slice(0, conditions);
    const ranges = features.map((feature) => {
      const all = elementaryRanges(plan, feature);
      return all[random.integer(all.length)]!;
    });
    const group = ranges as unknown as Group;
    const share = shareOf(group);
    if (share < 0.08 || share > 0.4) continue;
    if (conditions === 1 || group.every((single) => share < 0.6 * shareOf([single]) && shareOf([single]) < 0.8))
      return group;
  }
}

describe('searchSegments()', () => {
  it('finds the group that gets worse in the example week, and nothing on its quiet days', { timeout: 30_000 }, () => {
    const baseline = tableOf(plan, codes, losses);
    const dayMs = 86_400_000;
    for (const seed of [1, 2]) {
      const days = new Map<string, { cells: readonly string[]; loss: number }[]>();
      for (const row of serveWeek(census, seed).flatMap((hour) => hour.rows)) {
        const day = new Date(Math.floor(row.timeMs / dayMs) * dayMs).toISOString().slice(0, 10);
        if (!days.has(day)) days.set(day, []);
        days
          .get(day)!
          .push({ cells: row.cells, loss: Number((Number(row.probability) > 0.5 ? '1' : '0') !== row.label) });
      }
      const found = (day: string): string[] => {
        const rows = days.get(day)!;
        const sample = {
          names,
          cells: rows.map(({ cells }) => cells),
          losses: Float64Array.from(rows, ({ loss }) => loss),
        };
        const current = tableOf(plan, codesOf(plan, sample), sample.losses);
        return searchSegments(plan, baseline, current, options).segments.map(({ title }) => title);
      };
      expect(found('2026-03-02')).toEqual([]);
      expect(found('2026-03-03')).toEqual([]);
      expect(found('2026-03-07')[0]).toBe('sex = Female');
      expect(found('2026-03-08')[0]).toBe('sex = Female');
    }
  });

  it('reports a segment in at most 5 % of 200 quiet windows', { timeout: 30_000 }, () => {
    let windows = 0;
    for (let seed = 0; seed < 200; seed++) if (searchSplit(new Random(seed), losses).length > 0) windows++;
    expect(windows).toBeLessThanOrEqual(10);
  });

  it('reports a segment in at most 5 % of 100 quiet windows of sizes with a long tail', { timeout: 30_000 }, () => {
    let windows = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = new Random(seed);
      const sizes = losses.map((loss) => (0.5 + loss) * Math.exp(random.normal()));
      if (searchSplit(random, sizes, sizes).length > 0) windows++;
    }
    expect(windows).toBeLessThanOrEqual(5);
  });

  it('reports no segment where all rows got worse alike', () => {
    let windows = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed);
      const sizes = losses.map(() => Math.abs(random.normal()));
      if (
        searchSplit(
          random,
          sizes.map((loss) => loss + 0.5),
          sizes,
        ).length > 0
      )
        windows++;
    }
    expect(windows).toBeLessThanOrEqual(3);
  });

  it('ranks a planted group first', { timeout: 30_000 }, () => {
    const found = { 1: 0, 2: 0 };
    for (const conditions of [1, 2] as const) {
      for (let seed = 0; seed < 30; seed++) {
        const random = new Random(1000 * conditions + seed);
        const group = randomGroup(random, conditions);
        const worse = losses.map((loss, row) => (isIn(group, row) && random.uniform() < 0.4 ? 1 : loss));
        const planted = [...group].sort((a, b) => a.feature - b.feature);
        const title = titleOf(planted.map((range) => conditionOf(plan, range)));
        if (searchSplit(random, worse)[0]?.title === title) found[conditions]++;
      }
    }
    expect(found[1]).toBeGreaterThanOrEqual(27);
    expect(found[2]).toBeGreaterThanOrEqual(26);
  });

  it('tells two worse groups apart from those that share rows with them', () => {
    const random = new Random(5);
    const [sex, age] = [names.indexOf('sex'), names.indexOf('age')];
    const sizes = losses.map(() => Math.abs(random.normal()));
    const worse = sizes.map((loss, row) => {
      const cells = validation.cells[row]!;
      return cells[sex] === 'Female' || Number(cells[age]) >= 48 ? 1.6 * loss : loss;
    });
    const titles = searchSplit(random, worse, sizes).map(({ title }) => title);
    expect(titles.sort()).toEqual(['age >= 48', 'sex = Female']);
  });

  it('describes a segment with rates, intervals and its own interval of the change', () => {
    const women = losses.map((_, row) => Number(validation.cells[row]![names.indexOf('sex')] === 'Female'));
    const random = new Random(9);
    const worse = losses.map((loss, row) => (women[row] === 1 && random.uniform() < 0.3 ? 1 : loss));
    const [segment] = searchSplit(random, worse);
    expect(segment).toMatchObject({
      conditions: [{ feature: 'sex', kind: 'equals', value: 'Female' }],
      title: 'sex = Female',
      metric: 'error rate',
    });
    const { rows, baseline, current, change, adjustedPValue } = segment!;
    expect(rows + segment!.baselineRows).toBe(women.reduce((sum, one) => sum + one, 0));
    expect(change.value).toBeCloseTo(current.value - baseline.value, 12);
    expect(change.lower).toBeGreaterThan(0.02);
    expect(baseline.lower).toBeLessThan(baseline.value);
    expect(current.upper).toBeGreaterThan(current.value);
    expect(adjustedPValue).toBeLessThan(0.05);
  });

  it('keeps to its limit, and to the least rows of a group', () => {
    const random = new Random(11);
    const worse = losses.map((loss, row) => {
      const strength = 0.3 + (codes[0]![row]! >= 6 ? 0.3 : 0);
      return codes[9]![row] === 2 || codes[0]![row]! >= 6 ? Number(random.uniform() < strength) : loss;
    });
    const tables = [tableOf(plan, codes, losses), tableOf(plan, codes, worse)] as const;
    expect(searchSegments(plan, ...tables, options).segments.length).toBeGreaterThan(1);
    expect(searchSegments(plan, ...tables, { ...options, limit: 1 }).segments).toHaveLength(1);
    expect(searchSegments(plan, ...tables, { ...options, minRows: 6000 })).toEqual({ segments: [], searched: 0 });
    const fewer = searchSegments(plan, ...tables, { ...options, minRows: 200 });
    expect(fewer.searched).toBeLessThan(searchSegments(plan, ...tables, options).searched);
  });

  it('finds nothing in nothing', () => {
    const empty = new SegmentTable(plan);
    expect(searchSegments(plan, empty, empty, options)).toEqual({ segments: [], searched: 0 });
    const none = planSegments([]);
    const rows = new SegmentTable(none);
    rows.add([], losses);
    expect(searchSegments(none, rows, rows, options)).toEqual({ segments: [], searched: 0 });
  });
});

describe('titleOf()', () => {
  it('reads like a condition', () => {
    expect(titleOf([{ feature: 'occupation', kind: 'missing' }])).toBe('occupation is missing');
    expect(titleOf([{ feature: 'age', kind: 'range', from: 60 }])).toBe('age >= 60');
    expect(
      titleOf([
        { feature: 'sex', kind: 'equals', value: 'Female' },
        { feature: 'age', kind: 'range', from: 24, to: 31 },
      ]),
    ).toBe('sex = Female and 24 <= age < 31');
    expect(titleOf([{ feature: 'age', kind: 'range', to: 31 }])).toBe('age < 31');
    expect(titleOf([{ feature: 'age', kind: 'range' }])).toBe('age is present');
  });
});
