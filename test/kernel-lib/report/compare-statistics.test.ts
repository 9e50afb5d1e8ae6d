import { describe, expect, it } from 'vitest';
import { suggestConstraints } from '../../../kernel-lib/src/constraints/suggest.js';
import type { Profile } from '../../../kernel-lib/src/profile/profile.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import { compareStatistics, type StatisticsToCompare } from '../../../kernel-lib/src/report/compare-statistics.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { checkConstraints } from '../../../kernel-lib/src/violations/check.js';
import { errorOf } from '../../support/error-of.js';
import { profileOf, repeat } from '../../support/profile-of.js';

const before = profileOf({
  age: repeat(400, (index) => 20 + (index % 50)),
  job: repeat(400, (index) => ['office', 'farm'][index % 2]!),
  code: repeat(400, (index) => index % 7),
});
const now = profileOf({
  age: repeat(300, (index) => 40 + (index % 50)),
  job: repeat(300, (index) => ['office', 'farm', 'Gig'][index % 3]!),
  code: repeat(300, (index) => `c${index % 7}`),
});
const file = (profile: Profile, where: string) => ({ text: JSON.stringify(statisticsFromProfile(profile)), where });
const shared = {
  rule: 'threshold',
  ruleSource: 'two files',
  createdAt: '2026-03-06T00:00:00Z',
  driftline: '0.1.0',
  engine: 'browser',
} as const;
const compare = (files: Partial<StatisticsToCompare>): Report =>
  compareStatistics({ current: file(now, 'b/statistics.json'), ...shared, ...files });

describe('compareStatistics()', () => {
  it('measures the distances that a check of the same data measures', () => {
    const report = compare({ baseline: file(before, 'a/statistics.json') });
    const { drift } = checkConstraints(before, now, suggestConstraints(before).constraints);
    const expected = new Map(
      drift.map((each) => [each.feature, 'evidence' in each ? each.evidence.distance : undefined]),
    );
    const measured = new Map(report.features.map(({ name, drift: found }) => [name, found?.distance]));
    expect(expected.get('job')).toBeCloseTo(1 / 3, 12);
    expect(measured.get('job')).toBe(expected.get('job'));
    expect(measured.get('age')).toBeCloseTo(expected.get('age')!, 12);
    expect([report.status, report.baseline, report.current]).toEqual([
      'violations',
      { source: 'a/statistics.json', rows: 400, columns: 3 },
      { source: 'b/statistics.json', rows: 300, columns: 3 },
    ]);
    expect(report.violations.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['age/baseline_drift_check', 'job/categorical_values_check']),
    );
  });

  it('names features of another type, which it does not compare', () => {
    const report = compare({ baseline: file(before, 'a/statistics.json') });
    expect(report.notes).toContain('Of another type now: code (Integral, now String).');
    expect(report.features.find(({ name }) => name === 'code')?.status).toBe('not-compared');
  });

  it('takes the limits of a constraints file, with and without statistics', () => {
    const { constraints } = suggestConstraints(before);
    const lenient = {
      ...constraints,
      monitoring_config: {
        ...constraints.monitoring_config,
        distribution_constraints: { comparison_threshold: 0.9 },
      },
    };
    const limits = { text: JSON.stringify(lenient), where: 'a/constraints.json' };
    const both = compare({ baseline: file(before, 'a/statistics.json'), constraints: limits });
    expect(both.violations.map(({ check }) => check)).not.toContain('baseline_drift_check');
    const alone = compare({ constraints: limits });
    expect(alone.features.map(({ status }) => status)).toContain('not-compared');
    expect(alone.violations.map(({ id }) => id)).toEqual(['job/categorical_values_check']);
    expect(alone.notes.join(' ')).toContain('There are no statistics of the baseline');
    expect(alone.baseline.source).toBe('a/constraints.json');
  });

  it('makes plain JSON, whatever the files lack', () => {
    const report = compare({
      baseline: { text: '{"features": [{"name": "x", "inferred_type": "Unknown"}]}', where: 'a' },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.violations.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['missing_column_check', 'extra_column_check']),
    );
  });

  it('says which file cannot be read', () => {
    const error = errorOf(() => compare({ baseline: { text: '{', where: 'a/statistics.json' } }));
    expect(String(error)).toContain('a/statistics.json');
  });
});
