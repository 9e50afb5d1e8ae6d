import { expect, test } from 'vitest';
import { lossIntervals } from '../../../../kernel-lib/src/metrics/model/probability-loss.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

test('lossIntervals() gives sorted rows intervals as wide as rows in any order', () => {
  const random = new Random(5);
  const rows = Array.from({ length: 20_000 }, () => {
    const score = random.uniform();
    return { score, label: random.uniform() < score ? 1 : 0 };
  });
  const widths = (of: typeof rows): number[] => {
    const { logLoss, brierScore } = lossIntervals(
      { labels: Uint8Array.from(of, ({ label }) => label), scores: Float64Array.from(of, ({ score }) => score) },
      0,
    );
    return [logLoss!.upper - logLoss!.lower, brierScore!.upper - brierScore!.lower];
  };
  const shuffled = widths(rows);
  const sorted = widths([...rows].sort((a, b) => a.label - b.label || a.score - b.score));
  // The variance of 250 blocks is off by some 9 %, a width by half of that.
  for (const [place, width] of sorted.entries()) {
    expect(width / shuffled[place]!).toBeGreaterThan(0.8);
    expect(width / shuffled[place]!).toBeLessThan(1.25);
  }
});
