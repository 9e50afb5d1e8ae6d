import { describe, expect, it } from 'vitest';
import { formatBucket } from '../../../jupyter-extension/src/format/time-format.js';

describe('formatBucket()', () => {
  it('says the hour of an hour and not that of a day, in UTC, and bears text that is no time', () => {
    expect(formatBucket('2026-03-05T06:00:00Z', 'hour')).toBe('5 Mar 2026, 06:00');
    expect(formatBucket('2026-03-05T00:00:00Z', 'day')).toBe('5 Mar 2026');
    expect(formatBucket('soon', 'day')).toBe('soon');
  });
});
