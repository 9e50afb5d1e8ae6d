import { describe, expect, test } from 'vitest';
import type { CellCondition } from '../../../kernel-lib/src/capture/condition.js';
import type { HourProfile } from '../../../kernel-lib/src/profile/capture-profile.js';
import type { Since } from '../../../kernel-lib/src/report/report.js';
import { sinceWhen } from '../../../kernel-lib/src/violations/since.js';
import { profileOf, repeat } from '../../support/profile-of.js';

type Cells = readonly (string | number | null)[];

const read = { files: 1, bytes: 1, records: 1, rows: 1, dropped: 0, quarantined: 0, reasons: [], examples: [] };

/** Hourly profiles of one column, from midnight. */
function hoursOf(hours: readonly Cells[]): HourProfile[] {
  return hours.map((cells, i) => ({
    hour: `2026-03-05T${String(i).padStart(2, '0')}:00:00Z`,
    profile: profileOf({ x: cells }),
    read,
    reused: false,
  }));
}

const missing: CellCondition = { kind: 'missing', feature: 'x' };
const full = repeat(50, (i) => i);
const holed = repeat(50, (i) => (i % 5 === 0 ? null : i));
const baseline = profileOf({ x: full });

describe('sinceWhen()', () => {
  test('finds the hour from which values are missing', () => {
    const hours = hoursOf([full, full, full, holed, holed, holed]);
    expect(sinceWhen('x/completeness_check', missing, hours, baseline, undefined)).toEqual({
      hour: '2026-03-05T03:00:00Z',
      orEarlier: false,
      before: 0,
      after: 0.2,
    });
  });

  test('says when it ended within the window, and since when it was so', () => {
    const hours = hoursOf([full, full, holed, holed, holed, full, full]);
    expect(sinceWhen('x/completeness_check', missing, hours, baseline, undefined)).toEqual({
      hour: '2026-03-05T02:00:00Z',
      until: '2026-03-05T05:00:00Z',
      orEarlier: false,
      before: 0,
      after: 0.2,
    });
  });

  test('carries on what began before and ended now, and nothing that had ended before', () => {
    const hours = hoursOf([holed, holed, full, full]);
    const begun: Since = { hour: '2026-03-04T06:00:00Z', orEarlier: false, before: 0, after: 0.2 };
    expect(sinceWhen('v', missing, hours, baseline, { v: begun })).toEqual({ ...begun, until: '2026-03-05T02:00:00Z' });
    const ended = { ...begun, until: '2026-03-04T09:00:00Z' };
    expect(sinceWhen('v', missing, hours, baseline, { v: ended })?.hour).toBe('2026-03-05T00:00:00Z');
  });

  test('takes no single quiet hour for an end', () => {
    const rare = repeat(20, (i) => (i === 0 ? null : i));
    const quiet = repeat(20, (i) => i);
    const since = sinceWhen('v', missing, hoursOf([rare, rare, rare, rare, quiet]), baseline, undefined);
    expect(since?.until).toBeUndefined();
  });

  test.each<[string, CellCondition, Cells, Cells]>([
    ['values of another type', { kind: 'not-type', feature: 'x', expected: 'Integral' }, full, [...full, 'x', '1.5']],
    [
      'a new category',
      { kind: 'not-in', feature: 'x', values: ['a', 'b'] },
      ['a', 'b', 'a', 'b'],
      ['a', 'b', 'new', 'b'],
    ],
    [
      'a category that became frequent',
      { kind: 'in', feature: 'x', values: ['b'] },
      [...repeat(20, () => 'a'), 'b'],
      repeat(20, () => 'b'),
    ],
    ['numbers above a point', { kind: 'range', feature: 'x', above: 99 }, full, repeat(50, (i) => i * 60)],
    ['numbers up to a point', { kind: 'range', feature: 'x', atMost: -1 }, full, repeat(50, (i) => -i)],
  ])('finds since when there is %s', (_, condition, quiet, loud) => {
    const hours = hoursOf([quiet, quiet, quiet, quiet, loud, loud]);
    const since = sinceWhen('id', condition, hours, profileOf({ x: quiet }), undefined)!;
    expect([since.hour, since.orEarlier]).toEqual(['2026-03-05T04:00:00Z', false]);
    expect(since.after).toBeGreaterThan(since.before);
  });

  test('says that it may be older where the whole window is so and nothing is known before', () => {
    expect(sinceWhen('id', missing, hoursOf([holed, holed, holed]), baseline, undefined)).toMatchObject({
      hour: '2026-03-05T00:00:00Z',
      orEarlier: true,
      after: 0.2,
    });
  });

  test('is sure of the first hour where the execution before had no such violation', () => {
    expect(sinceWhen('id', missing, hoursOf([holed, holed]), baseline, {})).toMatchObject({
      hour: '2026-03-05T00:00:00Z',
      orEarlier: false,
    });
  });

  test('carries on what the execution before said', () => {
    const before: Since = { hour: '2026-03-01T07:00:00Z', orEarlier: false, before: 0, after: 0.3 };
    expect(sinceWhen('id', missing, hoursOf([holed, holed]), baseline, { id: before })).toEqual(before);
  });

  test('starts anew where it was over in between', () => {
    const before: Since = { hour: '2026-03-01T07:00:00Z', orEarlier: false, before: 0, after: 0.3 };
    const hours = hoursOf([full, full, full, full, holed, holed]);
    expect(sinceWhen('id', missing, hours, baseline, { id: before })?.hour).toBe('2026-03-05T04:00:00Z');
  });

  test('passes over hours without rows', () => {
    const hours = hoursOf([[], full, full, [], holed, []]);
    expect(sinceWhen('id', missing, hours, baseline, undefined)?.hour).toBe('2026-03-05T04:00:00Z');
    expect(sinceWhen('id', missing, hoursOf([[], holed, holed]), baseline, undefined)).toMatchObject({
      hour: '2026-03-05T01:00:00Z',
      orEarlier: true,
    });
  });

  test('works without a profile of the baseline', () => {
    const hours = hoursOf([full, full, holed, holed]);
    expect(sinceWhen('id', missing, hours, undefined, undefined)?.hour).toBe('2026-03-05T02:00:00Z');
  });

  test('knows nothing without hours', () => {
    expect(sinceWhen('id', missing, [], baseline, undefined)).toBeUndefined();
    const [whole] = hoursOf([holed]);
    expect(sinceWhen('id', missing, [{ ...whole!, hour: undefined }], baseline, undefined)).toBeUndefined();
    expect(sinceWhen('id', missing, hoursOf([[], []]), baseline, undefined)).toBeUndefined();
    expect(sinceWhen('id', { kind: 'missing', feature: 'y' }, hoursOf([full]), baseline, undefined)).toBeUndefined();
  });
});
