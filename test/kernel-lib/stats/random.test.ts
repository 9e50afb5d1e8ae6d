import { describe, expect, it } from 'vitest';
import { Random } from '../../../kernel-lib/src/stats/random.js';

describe('Random', () => {
  it('gives the same sequence for the same seed and another for another', () => {
    const draw = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(0)).not.toEqual(draw(1));
  });

  it('uniform() has the moments of the uniform distribution', () => {
    const random = new Random(1);
    let sum = 0;
    let squares = 0;
    let least = 1;
    let largest = 0;
    for (let i = 0; i < 100_000; i++) {
      const value = random.uniform();
      least = Math.min(least, value);
      largest = Math.max(largest, value);
      sum += value;
      squares += value * value;
    }
    expect(least >= 0 && largest < 1).toBe(true);
    // Five standard errors of 100,000 draws.
    expect(Math.abs(sum / 100_000 - 1 / 2)).toBeLessThan(0.0046);
    expect(Math.abs(squares / 100_000 - 1 / 3)).toBeLessThan(0.0047);
  });

  it('normal() has mean 0, variance 1 and the tails of the normal distribution', () => {
    const random = new Random(2);
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const far = values.filter((value) => Math.abs(value) > 1.959964).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.016);
    expect(Math.abs(variance - 1)).toBeLessThan(0.023);
    expect(Math.abs(far - 0.05)).toBeLessThan(0.0035);
  });

  it('integer() reaches every value below n about equally often', () => {
    const random = new Random(3);
    const counts = new Float64Array(6);
    for (let i = 0; i < 60_000; i++) counts[random.integer(6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(460);
    expect(random.integer(1)).toBe(0);
  });

  it('shuffle() keeps the items and puts each in each place about equally often', () => {
    const random = new Random(4);
    const first = new Float64Array(5);
    for (let i = 0; i < 20_000; i++) {
      const items = random.shuffle([0, 1, 2, 3, 4]);
      first[items[0] as number]! += 1;
      if (i === 0) expect([...items].sort()).toEqual([0, 1, 2, 3, 4]);
    }
    for (const count of first) expect(Math.abs(count - 4_000)).toBeLessThan(285);
    expect(random.shuffle(new Float64Array(0))).toHaveLength(0);
  });
});
