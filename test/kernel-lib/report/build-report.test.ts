import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadSummary } from '../../../kernel-lib/src/capture/summary.js';
import { suggestConstraints } from '../../../kernel-lib/src/constraints/suggest.js';
import type { HourProfile } from '../../../kernel-lib/src/profile/capture-profile.js';
import { mergeProfiles } from '../../../kernel-lib/src/profile/merge-profiles.js';
import { profileFromStatistics } from '../../../kernel-lib/src/profile/profile-from-statistics.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import { buildReport, type ReportInput } from '../../../kernel-lib/src/report/build-report.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { type Columns, profileOf, repeat } from '../../support/profile-of.js';

const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' };

function readOf(rows: number, changed: Partial<ReadSummary> = {}): ReadSummary {
  return {
    files: 1,
    bytes: 10,
    records: rows,
    rows,
    dropped: 0,
    quarantined: 0,
    reasons: [],
    examples: [],
    ...changed,
  };
}

function hourProfiles(hours: readonly Columns[]): HourProfile[] {
  return hours.map((columns, i) => {
    const profile = profileOf(columns);
    const hour = new Date(Date.parse(window.start) + i * 3_600_000).toISOString().replace('.000Z', 'Z');
    return { hour, profile, read: readOf(profile.rowCount), reused: false };
  });
}

/** A report of hours of capture against a baseline, by what the baseline suggests. */
function reportOf(baseline: Columns, hours: readonly Columns[], changed: Partial<ReportInput> = {}): Report {
  const profile = profileOf(baseline);
  const profiles = hourProfiles(hours);
  const current = mergeProfiles(profiles.map((hour) => hour.profile));
  return buildReport({
    monitorType: 'data-quality',
    createdAt: '2026-03-06T01:00:00Z',
    window,
    rule: 'significant',
    ruleSource: 'test',
    producedBy: { driftline: '0.0.0', engine: 'test', seed: 0 },
    constraints: suggestConstraints(profile).constraints,
    baseline: { source: 's3://bucket/baseline', profile },
    current: { source: 's3://bucket/capture', profile: current, read: readOf(current.rowCount), hours: profiles },
    ...changed,
  });
}

/** Every number, key and text of a value, with where it stands. */
function walk(value: unknown, visit: (value: unknown, place: string) => void, place: string = 'report'): void {
  visit(value, place);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) walk(part, visit, `${place}.${key}`);
}

function expectPlain(report: Report): void {
  walk(report, (value, place) => {
    if (typeof value === 'number') expect(Number.isFinite(value), place).toBe(true);
    expect(value, place).not.toBeUndefined();
    if (typeof value === 'string') expect(value, place).not.toMatch(/\b(undefined|NaN|Infinity|\[object)/);
  });
}

const hoursPerWeek = repeat(1000, (i) => 20 + (i % 60));
const baseline: Columns = {
  age: repeat(1000, (i) => 20 + ((i * 7) % 50)),
  'hours-per-week': hoursPerWeek,
  country: repeat(1000, (i) => ['US', 'MX', 'CA', 'US'][i % 4]!),
};
const quiet: Columns = {
  age: repeat(200, (i) => 20 + ((i * 7) % 50)),
  'hours-per-week': hoursPerWeek.slice(0, 180).concat(hoursPerWeek.slice(0, 20)),
  country: repeat(200, (i) => ['US', 'MX', 'CA', 'US'][i % 4]!),
};
const minutes: Columns = { ...quiet, 'hours-per-week': quiet['hours-per-week']!.map((hours) => Number(hours) * 60) };

describe('buildReport()', () => {
  test('says that a quiet day is quiet', () => {
    const report = reportOf(baseline, [quiet, quiet]);
    expect([report.status, report.violations]).toEqual(['ok', []]);
    expect(report.headline).toBe('No violations: 3 features of 400 rows are as in the baseline.');
    expect(report.features.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'age ok',
      'hours-per-week ok',
      'country ok',
    ]);
    expectPlain(report);
  });

  test('explains a unit error so that a person understands it, and dates it', () => {
    const report = reportOf(baseline, [quiet, quiet, minutes, minutes], { monitor: 'census' });
    expect(report.title).toBe('census, 2026-03-05');
    expect(report.headline).toBe('1 violation in 800 rows: hours-per-week.');
    expect(report.violations).toHaveLength(1);
    const [violation] = report.violations;
    expect(violation).toMatchObject({
      id: 'hours-per-week/baseline_drift_check',
      feature: 'hours-per-week',
      check: 'baseline_drift_check',
      rules: ['significant', 'threshold'],
      unit: 'distance',
      limit: 0.1,
      since: { hour: '2026-03-05T02:00:00Z', orEarlier: false },
    });
    expect(violation!.explanation).toBe("50.0 % of values are above the baseline's maximum, 79; mean 49.1 → 1,449");
    expect(violation!.query).toMatchObject({ source: 's3://bucket/capture', window });
    expect(violation!.query!.condition).toMatchObject({ kind: 'range', feature: 'hours-per-week' });
    expect(violation!.query!.sql).toMatch(
      /^SELECT \* FROM current WHERE TRY_CAST\("hours-per-week" AS DOUBLE\) > \d+$/,
    );
    expect(report.features[0]).toMatchObject({ name: 'hours-per-week', status: 'violated' });
    expectPlain(report);
  });

  test('lists the violations of the deciding rule first, and those of the other after them', () => {
    // 12 rows: the distance of country is large, and proves little.
    const small: Columns = {
      age: repeat(12, () => null),
      'hours-per-week': repeat(12, (i) => 20 + i * 5),
      country: repeat(12, (i) => (i < 7 ? 'CA' : 'US')),
    };
    const constraints = suggestConstraints(profileOf(baseline)).constraints;
    const simple = {
      ...constraints,
      monitoring_config: {
        distribution_constraints: { comparison_method: 'Simple', comparison_threshold: 0.25 },
      },
    } as const;
    const report = reportOf(baseline, [small], { constraints: simple });
    expect(report.violations.map(({ id, rules }) => `${id} ${rules.join('+')}`)).toEqual([
      'age/completeness_check significant+threshold',
      'country/baseline_drift_check threshold',
    ]);
    expect(report.features.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'age violated',
      'country ok',
      'hours-per-week ok',
    ]);
    const byService = reportOf(baseline, [small], {
      constraints: simple,
      rule: 'threshold',
    });
    expect(byService.violations.map(({ id }) => id).sort()).toEqual(report.violations.map(({ id }) => id).sort());
    expectPlain(report);
  });

  test('carries the distances with their definitions, the judged one first and with its threshold', () => {
    const { features } = reportOf(baseline, [quiet]);
    const numeric = features.find(({ name }) => name === 'age')!;
    expect(numeric.distances.map(({ name }) => name)).toEqual([
      'linf_robust',
      'linf_simple',
      'kolmogorov_smirnov',
      'psi',
      'jensen_shannon',
      'wasserstein',
    ]);
    expect(numeric.distances.map(({ threshold }) => threshold)).toEqual([0.1, ...repeat(5, () => undefined)]);
    const categorical = features.find(({ name }) => name === 'country')!;
    expect(categorical.distances.map(({ name }) => name)).toEqual([
      'linf_robust',
      'linf_simple',
      'chi_squared',
      'psi',
      'jensen_shannon',
    ]);
    expect(categorical.distances.find(({ name }) => name === 'chi_squared')!.pValue).toBeCloseTo(1, 12);
  });

  test('draws both sides on the bins of the baseline', () => {
    const { features } = reportOf(baseline, [minutes]);
    const shape = features.find(({ name }) => name === 'hours-per-week')!.distribution!;
    if (shape.kind !== 'numeric') throw new Error('not numeric');
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    expect(shape.edges.length).toBe(shape.baseline.length + 1);
    expect([shape.edges[0], sum(shape.baseline)]).toEqual([20, 1000]);
    expect(sum(shape.current) + shape.currentBelow + shape.currentAbove).toBe(200);
    expect(shape.currentAbove).toBe(200);
  });

  test('lists every hour of the window, and the distance of those with rows', () => {
    const report = reportOf(baseline, [quiet, {}, minutes]);
    expect(report.hours).toHaveLength(24);
    expect(report.hours.slice(0, 4)).toEqual([
      { hour: '2026-03-05T00:00:00Z', rows: 200 },
      { hour: '2026-03-05T01:00:00Z', rows: 0 },
      { hour: '2026-03-05T02:00:00Z', rows: 200 },
      { hour: '2026-03-05T03:00:00Z', rows: 0 },
    ]);
    const { series } = report.features.find(({ name }) => name === 'hours-per-week')!;
    expect(series!.map(({ hour, rows }) => [hour.slice(11, 13), rows])).toEqual([
      ['00', 200],
      ['02', 200],
    ]);
    expect(series![1]!.distance).toBe(1);
  });

  test('treats an empty window as a result, and says where the newest capture is', () => {
    const report = reportOf(baseline, [], { newestCapture: '2026-03-04T22:00:00Z' });
    expect([report.status, report.violations, report.features]).toEqual(['no-data', [], []]);
    expect(report.headline).toBe(
      'No data between 5 Mar 2026, 00:00 and 6 Mar 2026, 00:00 UTC; the newest capture is 2026-03-04, 22:00 UTC.',
    );
    expect(reportOf(baseline, []).headline).toMatch(/nothing was captured at all\.$/);
    expectPlain(report);
  });

  test('says that nothing could be read where all lines were quarantined', () => {
    const current = {
      source: 's3://bucket/capture',
      profile: profileOf({}),
      read: readOf(0, { quarantined: 7, reasons: [{ reason: 'not JSON', count: 7 }] }),
      hours: [],
    };
    const report = reportOf(baseline, [], { current });
    expect([report.status, report.headline]).toEqual(['no-data', 'None of 7 lines could be read: not JSON.']);
  });

  test('notes what was left out', () => {
    const report = reportOf(baseline, [quiet], {
      baseline: { source: 'constraints.json', profile: undefined },
      mapping: { source: 'baseline-position', columns: [], warning: 'columns may be swapped' },
    });
    expect(report.notes).toContain('columns may be swapped');
    expect(report.notes).toContain('There are no statistics of the baseline: distributions were not compared.');
    expect(report.baseline).toEqual({ source: 'constraints.json', rows: 0, columns: 3 });
    for (const feature of report.features) {
      expect(feature).toMatchObject({ status: 'not-compared', reason: 'there are no statistics of the baseline' });
    }
    expectPlain(report);
  });

  test('reports columns that are missing or new, and says why they are not compared', () => {
    const { age, ...rest } = quiet;
    const report = reportOf(baseline, [{ ...rest, income: age! }]);
    expect(report.violations.map(({ id, explanation }) => `${id}: ${explanation}`)).toEqual([
      'Extra columns/extra_column_check: not in the baseline: income',
      'Missing columns/missing_column_check: not in the current data: age',
    ]);
    const reasons = Object.fromEntries(report.features.map(({ name, reason }) => [name, reason]));
    expect(reasons).toMatchObject({
      age: 'the column is missing now',
      income: 'the baseline does not have this column',
    });
    expectPlain(report);
  });

  test('takes the findings of a check hook as violations with ids of their own', () => {
    const found = {
      kind: 'violated',
      check: 'custom_check',
      feature: 'age',
      description: 'too young',
      explanation: 'too young',
      measured: 1,
      limit: 2,
      unit: 'value',
      rules: ['significant', 'threshold'],
    } as const;
    const report = reportOf(baseline, [quiet], { custom: [found, found] });
    expect(report.violations.map(({ id }) => id)).toEqual(['age/custom_check', 'age/custom_check/2']);
    expect(report.status).toBe('violations');
  });

  test('carries on since when, where the execution before had the same violation', () => {
    const since = { hour: '2026-03-01T06:00:00Z', orEarlier: false, before: 0, after: 1 };
    const report = reportOf(baseline, [minutes, minutes], {
      previous: { 'hours-per-week/baseline_drift_check': since },
    });
    expect(report.violations[0]!.since).toEqual(since);
  });

  test('works against a baseline known from its statistics only', () => {
    const foreign = profileFromStatistics(statisticsFromProfile(profileOf(baseline)));
    const report = reportOf(baseline, [minutes], { baseline: { source: 'statistics.json', profile: foreign } });
    expect(report.violations.map(({ id }) => id)).toEqual(['hours-per-week/baseline_drift_check']);
    expectPlain(report);
  });

  test('makes the same report of the same input', () => {
    const make = () => JSON.stringify(reportOf(baseline, [quiet, minutes]));
    expect(make()).toBe(make());
  });

  test('stays below 1 MB for 25 columns and a week of hours', () => {
    const table = (rows: number, from: number): Columns =>
      Object.fromEntries(
        repeat(25, (column) => [
          `a column with a long name ${column}`,
          repeat(rows, (i) =>
            column < 5 ? `category ${(i * 31 + column) % 100}` : from + Math.sin(i * (column + 1)) * 1000,
          ),
        ]),
      );
    const hours = repeat(168, (i) => table(40, i / 100));
    const week = { start: window.start, end: '2026-03-12T00:00:00Z' };
    const report = reportOf(table(3000, 0), hours, { window: week });
    expect(report.hours).toHaveLength(168);
    expect(report.features[0]!.series).toHaveLength(168);
    expect(JSON.stringify(report).length).toBeLessThan(1_000_000);
    expectPlain(report);
  });

  const cell = fc.oneof(
    fc.integer({ min: -5, max: 5 }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom(null, 'a', '', 'nan', 'inf', 'true', '-0', '1e400', '9007199254740993', 'ü'),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 });
  const columnsOf = (table: readonly (readonly (string | null)[])[], names: readonly string[]): Columns =>
    Object.fromEntries(names.map((name, at) => [name, table.map((row) => row[at] ?? null)]));

  test('holds plain JSON whatever the profiles: empty, constant, all missing, of changing types', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(rows, { maxLength: 4 }),
        fc.constantFrom(['x', 'y', 'z'], ['x', 'y'], ['x', 'z', 'new']),
        fc.boolean(),
        (before, hours, names, foreign) => {
          const table = columnsOf(before, ['x', 'y', 'z']);
          const profile = profileOf(table);
          const known = foreign ? profileFromStatistics(statisticsFromProfile(profile)) : profile;
          const report = reportOf(
            table,
            hours.map((hour) => columnsOf(hour, names)),
            { baseline: { source: 'b', profile: known } },
          );
          expectPlain(report);
        },
      ),
      { numRuns: 300 },
    );
  });
});
