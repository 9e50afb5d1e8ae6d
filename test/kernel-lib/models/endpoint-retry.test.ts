import { describe, expect, it } from 'vitest';
import { EndpointFailure } from '../../../kernel-lib/src/models/endpoint-failure.js';
import { retryAfterMs, withRetries } from '../../../kernel-lib/src/models/endpoint-retry.js';
import { steadyClock } from '../../support/steady-clock.js';

describe('retryAfterMs()', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it('reads seconds and dates', () => {
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 12:00:30 GMT', now)).toBe(30_000);
  });

  it('is zero for a date that has passed, and undefined where nothing is said', () => {
    expect(retryAfterMs('Thu, 01 Jan 2026 11:00:00 GMT', now)).toBe(0);
    for (const header of [null, undefined, '', ' ', 'soon']) expect(retryAfterMs(header, now)).toBeUndefined();
  });
});

describe('withRetries()', () => {
  const failing = async (): Promise<never> => {
    throw new EndpointFailure('No', { passing: true, fix: 'wait' });
  };

  it('pauses at most 20 s, evenly drawn from zero', async () => {
    const clock = steadyClock();
    await expect(withRetries(failing, { maxAttempts: 12, clock }, undefined)).rejects.toThrow('No, after 12 tries');
    expect(clock.pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000, 10_000]);
    const least = { ...steadyClock(), chance: () => 0 };
    await expect(withRetries(failing, { maxAttempts: 2, clock: least }, undefined)).rejects.toThrow(
      'No, after 2 tries',
    );
    expect(least.pauses).toEqual([0]);
  });

  it('lets anything but a failure of the endpoint through at once', async () => {
    const clock = steadyClock();
    const wrong = async (): Promise<never> => {
      throw new TypeError('wrong');
    };
    await expect(withRetries(wrong, { maxAttempts: 5, clock }, undefined)).rejects.toThrow(TypeError);
    expect(clock.pauses).toEqual([]);
  });
});
