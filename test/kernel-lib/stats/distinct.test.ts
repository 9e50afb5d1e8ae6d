import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DistinctCounter,
  type DistinctState,
  hashBytes,
  hashOut,
  hashText,
} from '../../../kernel-lib/src/stats/distinct.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';

function counterOf(values: readonly number[]): DistinctCounter {
  const counter = new DistinctCounter();
  counter.addNumbers(Float64Array.from(values));
  return counter;
}

describe('DistinctCounter', () => {
  it('counts exactly up to 4,096 distinct values and estimates from there on', () => {
    const values = Array.from({ length: 4096 }, (_, i) => i);
    const counter = counterOf([...values, ...values, ...values]);
    expect(counter.exact).toBe(true);
    expect(counter.estimate()).toBe(4096);
    counter.addNumbers(Float64Array.of(0.5));
    expect(counter.exact).toBe(false);
    expect(Math.abs(counter.estimate() / 4097 - 1)).toBeLessThan(0.024);
  });

  it('counts nothing, one value and a constant', () => {
    expect(new DistinctCounter().estimate()).toBe(0);
    expect(counterOf([5]).estimate()).toBe(1);
    expect(counterOf([5, 5, 5]).estimate()).toBe(1);
  });

  it('takes 0 and -0 as one value, and neighbours and huge integers as different ones', () => {
    expect(counterOf([0, -0]).estimate()).toBe(1);
    expect(counterOf([1, 1 + Number.EPSILON, -1, 2 ** 60, 2 ** 60 + 2 ** 8, Number.MIN_VALUE]).estimate()).toBe(6);
  });

  it('reads only the first count values, also of a view into a larger buffer', () => {
    const counter = new DistinctCounter();
    counter.addNumbers(Float64Array.of(9, 1, 2, 3).subarray(1), 2);
    expect(counter.toState()).toEqual(counterOf([1, 2]).toState());
  });

  for (const [kind, make] of [
    ['random numbers', (_: number, random: Random) => random.normal()],
    ['consecutive integers', (i: number) => i],
    ['multiples of 1000', (i: number) => i * 1000],
    ['hundredths', (i: number) => i / 100],
  ] as const) {
    it(`estimates ${kind} within three standard errors (2.4 %) from 5,000 to a million`, () => {
      const random = new Random(11);
      const counter = new DistinctCounter();
      let added = 0;
      for (const size of [5_000, 20_000, 50_000, 200_000, 1_000_000]) {
        counter.addNumbers(Float64Array.from({ length: size - added }, (_, i) => make(added + i, random)));
        added = size;
        expect(Math.abs(counter.estimate() / size - 1), `${size}`).toBeLessThan(0.024);
      }
    });
  }

  it('has the standard error it states over 60 streams of 20,000 values', () => {
    let squares = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed);
      const counter = new DistinctCounter();
      counter.addNumbers(Float64Array.from({ length: 20_000 }, () => random.uniform()));
      squares += (counter.estimate() / 20_000 - 1) ** 2;
    }
    const error = Math.sqrt(squares / 60);
    // 0.81 % in the limit; 60 streams tell it to about a tenth of itself.
    expect(error).toBeGreaterThan(0.005);
    expect(error).toBeLessThan(0.011);
  });

  it('any split merges to the state of the whole, exact or not, also through JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(100, 4096, 4200, 9000),
        fc.integer({ min: 1, max: 8 }),
        fc.integer(),
        (size, parts, seed) => {
          const random = new Random(seed);
          const values = Array.from({ length: size }, () => random.integer(20_000));
          const merged = new DistinctCounter();
          for (let part = 0; part < parts; part++) {
            const counter = counterOf(values.filter((_, i) => i % parts === part));
            merged.merge(DistinctCounter.fromState(JSON.parse(JSON.stringify(counter.toState())) as DistinctState));
          }
          expect(merged.toState()).toEqual(counterOf(values).toState());
        },
      ),
      { numRuns: 25 },
    );
  });

  it('tells texts apart by their characters alone', () => {
    const texts = [
      '',
      ' ',
      'a',
      'A',
      'ab',
      'ba',
      'aaaa',
      'aaaaa',
      '\0',
      '\0\0',
      'ä',
      'a\u0308',
      '日本',
      '😀',
      '0',
      '-0',
    ];
    const counter = new DistinctCounter();
    for (const text of [...texts, ...texts]) counter.addText(text);
    expect(counter.estimate()).toBe(texts.length);
  });

  it('counts 200,000 similar texts within three standard errors', () => {
    const counter = new DistinctCounter();
    for (let i = 0; i < 200_000; i++) counter.addText(`customer-${String(i).padStart(9, '0')}`);
    expect(Math.abs(counter.estimate() / 200_000 - 1)).toBeLessThan(0.024);
  });
});

describe('hashBytes() and hashText()', () => {
  it('agree on UTF-8, wherever the bytes lie and however long the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), fc.integer({ min: 0, max: 9 }), (text, start) => {
        const bytes = new TextEncoder().encode(text);
        const placed = new Uint8Array(start + bytes.length + 3).fill(77);
        placed.set(bytes, start);
        hashBytes(placed, start, start + bytes.length);
        const expected = [...hashOut];
        hashText(text);
        expect([...hashOut]).toEqual(expected);
      }),
    );
  });

  it('a counter takes the hash of bytes as the text', () => {
    const counter = new DistinctCounter();
    counter.addText('sunny');
    hashBytes(new TextEncoder().encode('sunny'), 0, 5);
    counter.addHash(hashOut[0] as number, hashOut[1] as number);
    expect(counter.estimate()).toBe(1);
  });
});
