import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { mergeProfiles } from '../../../kernel-lib/src/profile/merge-profiles.js';
import type { Profile } from '../../../kernel-lib/src/profile/profile.js';
import { ProfileBuilder } from '../../../kernel-lib/src/profile/profile-builder.js';
import { profileFromJson, profileToJson } from '../../../kernel-lib/src/profile/profile-file.js';

type Row = Readonly<Record<string, string | null>>;

function profileOf(rows: readonly Row[]): Profile {
  const builder = new ProfileBuilder();
  for (const row of rows) builder.addRow(Object.keys(row), Object.values(row));
  return builder.finish();
}

/** Everything of a profile but the order of columns and values; numbers that depend on the order of adding apart. */
function summary(profile: Profile): unknown {
  const columns = profile.columns.map(({ numeric, distinct, values, ...counts }) => {
    const moments = numeric?.moments.toState();
    return {
      ...counts,
      values: values && [...values].sort(([a], [b]) => (a < b ? -1 : 1)),
      distinct: distinct?.toState(),
      count: moments?.count,
      range: [moments?.min, moments?.max],
      items: numeric?.sketch.levels(),
    };
  });
  return { rowCount: profile.rowCount, columns: columns.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

const cell = fc.oneof(
  fc.integer({ min: -50, max: 50 }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
  fc.constantFrom(null, '', 'red', 'grün', 'true', 'NaN'),
);
const row = fc.record({ a: cell, b: cell, c: cell }, { requiredKeys: ['a'] });

describe('mergeProfiles()', () => {
  test('gives the profile of all rows, however they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 5 }), (parts) => {
        const merged = mergeProfiles(parts.map(profileOf));
        const whole = profileOf(parts.flat());
        expect(summary(merged)).toEqual(summary(whole));
        for (const column of whole.columns) {
          const other = merged.columns.find(({ name }) => name === column.name)!;
          // 1e-12 relative: sums of a few hundred terms below 1e6 in another order.
          const [sum, otherSum] = [column.numeric?.moments.sum ?? 0, other.numeric?.moments.sum ?? 0];
          expect(Math.abs(sum - otherSum)).toBeLessThanOrEqual(1e-12 * 1e6 * whole.rowCount);
        }
      }),
    );
  });

  test('leaves the profiles it merges as they were', () => {
    const parts = [profileOf([{ a: '1', b: 'x' }]), profileOf([{ a: '2', b: 'y' }])];
    const before = parts.map(profileToJson);
    mergeProfiles(parts);
    expect(parts.map(profileToJson)).toEqual(before);
  });

  test('counts rows of a profile without a column as missing there', () => {
    const merged = mergeProfiles([profileOf([{ a: '1' }, { a: '2' }]), profileOf([{ b: 'x', a: '3' }])]);
    expect(merged.columns.map(({ name, present, missing }) => [name, present, missing])).toEqual([
      ['a', 3, 0],
      ['b', 1, 2],
    ]);
  });

  test('gives no columns for no profiles', () => {
    expect(mergeProfiles([])).toEqual({ rowCount: 0, columns: [] });
  });

  test('drops value counts when together there are more than 1,024 texts', () => {
    const rows = (from: number): Row[] => Array.from({ length: 700 }, (_, i) => ({ a: `t${from + i}` }));
    expect(mergeProfiles([profileOf(rows(0)), profileOf(rows(0))]).columns[0]!.values?.size).toBe(700);
    const merged = mergeProfiles([profileOf(rows(0)), profileOf(rows(700))]).columns[0]!;
    expect(merged).toMatchObject({ values: undefined, distinctEstimate: 1400 });
  });

  test('does not know of the whole what a foreign profile does not say', () => {
    const own = profileOf([{ a: '1' }, { a: '1.5' }]);
    const foreign: Profile = {
      rowCount: 1,
      columns: own.columns.map((column) => ({
        ...column,
        inferredType: 'Integral',
        types: undefined,
        distinct: undefined,
        values: undefined,
        distinctEstimate: 40,
      })),
    };
    expect(mergeProfiles([own, foreign]).columns[0]).toMatchObject({
      inferredType: 'Fractional',
      types: undefined,
      distinct: undefined,
      values: undefined,
      distinctEstimate: 40,
    });
  });
});

describe('profile.json', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const json = profileToJson(profileOf(rows));
        expect(profileToJson(profileFromJson(json))).toBe(json);
      }),
    );
    const many = profileOf(
      Array.from({ length: 20_000 }, (_, i) => ({ a: String(((i * 7919) % 10007) / 8), b: `t${i}` })),
    );
    const read = profileFromJson(profileToJson(many));
    expect(summary(read)).toEqual(summary(many));
    expect(profileToJson(mergeProfiles([read, read]))).toBe(profileToJson(mergeProfiles([many, many])));
  });

  test('keeps sums that have overflowed', () => {
    const profile = profileOf([{ a: '1e308' }, { a: '1.5e308' }, { b: '-1.7e308' }, { b: '-1e308' }]);
    expect(profileToJson(profile)).not.toContain('null');
    const read = profileFromJson(profileToJson(profile));
    expect(read.columns.map(({ numeric }) => numeric?.moments.toState())).toEqual(
      profile.columns.map(({ numeric }) => numeric?.moments.toState()),
    );
    expect(read.columns[0]!.numeric!.moments.sum).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    ['no JSON', '{"schema"'],
    ['another document', '{"version":0.0,"features":[]}'],
    ['a later version', profileToJson(profileOf([])).replace(/"version":\d/, '"version":99')],
    ['counts that cannot be', profileToJson(profileOf([{ a: '1' }])).replace('"present":1', '"present":-1')],
  ])('is refused when it is %s', (_, json) => {
    expect(() => profileFromJson(json, 'baseline/profile.json')).toThrow(MonitorError);
    expect(() => profileFromJson(json, 'baseline/profile.json')).toThrow('baseline/profile.json');
  });
});
