import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../kernel-lib/src/stats/interval.js';
import { expectClose, readGolden } from './golden.js';

const golden = readGolden<{ wilson: [number, number, number, number, number][] }>('distributions/distributions.json');

describe('wilsonInterval()', () => {
  it('equals SciPy to 1e-12 relative', () => {
    for (const [successes, total, confidence, lower, upper] of golden.wilson) {
      const interval = wilsonInterval(successes, total, confidence);
      const what = `${successes} of ${total} at ${confidence}`;
      expectClose(interval?.lower, lower, 1e-12, what);
      expectClose(interval?.upper, upper, 1e-12, what);
    }
  });

  it('has no answer without trials, and stays in [0, 1] at the ends', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(wilsonInterval(0, 3)?.lower).toBe(0);
    expect(wilsonInterval(3, 3)?.upper).toBe(1);
  });
});
