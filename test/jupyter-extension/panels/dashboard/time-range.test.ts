import { describe, expect, it } from 'vitest';
import {
  brushedRange,
  choiceOf,
  defaultRange,
  rangeOf,
} from '../../../../jupyter-extension/src/panels/dashboard/time-range.js';

const now = new Date('2026-05-20T10:00:00Z');
const known = { first: new Date('2026-03-02T00:00:00Z'), latest: new Date('2026-03-09T00:00:00Z') };
const iso = ({ from, to }: { from: Date; to: Date }): string[] => [from, to].map((time) => time.toISOString());

describe('defaultRange()', () => {
  it('is the week until now where something ran lately, else until the newest execution', () => {
    expect(defaultRange({ latest: new Date('2026-05-20T00:00:00Z') }, now)).toEqual({ last: 'week', until: 'now' });
    expect(defaultRange(known, now)).toEqual({ last: 'week', until: 'latest' });
    expect(defaultRange({}, now)).toEqual({ last: 'week', until: 'now' });
  });
});

describe('rangeOf()', () => {
  it('ends now, or at the newest execution', () => {
    expect(iso(rangeOf({ last: 'day', until: 'now' }, known, now))).toEqual([
      '2026-05-19T10:00:00.000Z',
      '2026-05-20T10:00:00.000Z',
    ]);
    expect(iso(rangeOf({ last: 'week', until: 'latest' }, known, now))).toEqual([
      '2026-03-02T00:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
    ]);
  });

  it('is all there is from the oldest window on', () => {
    expect(iso(rangeOf({ last: 'all', until: 'latest' }, known, now))[0]).toBe('2026-03-02T00:00:00.000Z');
  });

  it('is never empty, whatever is known', () => {
    for (const last of ['day', 'week', 'month', 'all'] as const) {
      for (const until of ['now', 'latest'] as const) {
        const { from, to } = rangeOf({ last, until }, {}, now);
        expect(to.getTime()).toBeGreaterThan(from.getTime());
      }
    }
  });

  it('stays where it was put', () => {
    const fixed = { from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' };
    expect(iso(rangeOf(fixed, known, now))).toEqual(['2026-03-03T00:00:00.000Z', '2026-03-04T00:00:00.000Z']);
  });
});

describe('choiceOf()', () => {
  it('reads what was remembered, and ignores what is no range', () => {
    const fixed = { from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' };
    expect(choiceOf(fixed)).toEqual(fixed);
    expect(choiceOf({ to: fixed.to })).toEqual({ from: '2026-02-25T00:00:00.000Z', to: fixed.to });
    expect(choiceOf({ to: 'x' })).toBeUndefined();
    expect(choiceOf({ last: 'month', until: 'now' })).toEqual({ last: 'month', until: 'now' });
    expect(choiceOf({ last: 'all' })).toEqual({ last: 'all', until: 'latest' });
    expect(choiceOf({ from: fixed.to, to: fixed.from })).toBeUndefined();
    expect(choiceOf({ from: 'x', to: fixed.to })).toBeUndefined();
    expect(choiceOf({ last: 'year' })).toBeUndefined();
    expect(choiceOf({})).toBeUndefined();
  });
});

describe('brushedRange()', () => {
  const shown = rangeOf({ last: 'week', until: 'latest' }, known, now);
  it('is what was dragged over, from either end', () => {
    expect(brushedRange('2026-03-05T00:00:00Z', '2026-03-04T00:00:00Z', shown)).toEqual({
      from: '2026-03-04T00:00:00.000Z',
      to: '2026-03-05T00:00:00.000Z',
    });
  });

  it('is nothing where the pointer only slipped', () => {
    expect(brushedRange('2026-03-04T00:00:00Z', '2026-03-04T00:30:00Z', shown)).toBeUndefined();
  });
});
