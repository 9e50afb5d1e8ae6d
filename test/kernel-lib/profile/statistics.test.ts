import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { stringifyServiceJson } from '../../../kernel-lib/src/json/write-json.js';
import { profileFromJson, profileToJson } from '../../../kernel-lib/src/profile/profile-file.js';
import { profileFromStatistics } from '../../../kernel-lib/src/profile/profile-from-statistics.js';
import { parseStatistics } from '../../../kernel-lib/src/profile/statistics.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import { type Columns, profileOf, repeat } from '../../support/profile-of.js';

function featureOf(cells: Columns[string]) {
  return statisticsFromProfile(profileOf({ x: cells })).features[0]!;
}

describe('statisticsFromProfile()', () => {
  test('writes numbers with the keys of the service, in its order', () => {
    const feature = featureOf(['1', '2.0', null, '4']);
    const numbers = feature.numerical_statistics!;
    expect(Object.keys(feature)).toEqual(['name', 'inferred_type', 'numerical_statistics']);
    expect(Object.keys(numbers)).toEqual([
      'common',
      'mean',
      'sum',
      'std_dev',
      'min',
      'max',
      'approximate_num_distinct_values',
      'completeness',
      'distribution',
    ]);
    expect(numbers).toMatchObject({ common: { num_present: 3, num_missing: 1 }, sum: 7, min: 1, max: 4 });
    expect(numbers.std_dev).toBeCloseTo(Math.sqrt(14 / 9), 14);
    expect(numbers.completeness).toBe(0.75);
    expect(Object.keys(numbers.distribution!.kll!)).toEqual(['buckets', 'sketch']);
    expect(numbers.distribution!.kll!.sketch).toEqual({ parameters: { c: 0.64, k: 2048 }, data: [[1, 2, 4]] });
  });

  test('counts ten half-open buckets of equal width, the last one closed', () => {
    const buckets = featureOf(repeat(11, (i) => i)).numerical_statistics!.distribution!.kll!.buckets!;
    expect(buckets.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(buckets[0]).toEqual({ lower_bound: 0, upper_bound: 1, count: 1 });
    expect(buckets[9]).toEqual({ lower_bound: 9, upper_bound: 10, count: 2 });
  });

  test('counts a constant column in the last of ten buckets without width', () => {
    const numbers = featureOf(repeat(5, () => '7')).numerical_statistics!;
    expect(numbers).toMatchObject({ std_dev: 0, min: 7, max: 7, approximate_num_distinct_values: 1 });
    const buckets = numbers.distribution!.kll!.buckets!;
    expect(buckets.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    expect(buckets.every(({ lower_bound, upper_bound }) => lower_bound === 7 && upper_bound === 7)).toBe(true);
  });

  test('describes a single row', () => {
    expect(featureOf(['-2.5']).numerical_statistics).toMatchObject({ mean: -2.5, sum: -2.5, std_dev: 0 });
  });

  test('gives a column without values the type Unknown and no statistics', () => {
    expect(featureOf([null, null])).toEqual({ name: 'x', inferred_type: 'Unknown' });
  });

  test('describes no rows', () => {
    expect(statisticsFromProfile(profileOf({ x: [] }))).toEqual({
      version: 0,
      dataset: { item_count: 0 },
      features: [{ name: 'x', inferred_type: 'Unknown' }],
    });
  });

  test('writes texts with their histogram, the most frequent first', () => {
    const feature = featureOf(['b', 'a', null, 'b', '', 'a', 'b']);
    expect(Object.keys(feature)).toEqual(['name', 'inferred_type', 'string_statistics']);
    expect(feature.string_statistics).toEqual({
      common: { num_present: 6, num_missing: 1 },
      distinct_count: 3,
      completeness: 6 / 7,
      distribution: {
        categorical: {
          buckets: [
            { value: 'b', count: 3 },
            { value: 'a', count: 2 },
            { value: '', count: 1 },
          ],
        },
      },
    });
  });

  test('keeps the histogram of 120 different texts and leaves out that of 121', () => {
    expect(featureOf(repeat(120, (i) => `t${i}`)).string_statistics!.distribution).toBeDefined();
    const many = featureOf(repeat(121, (i) => `t${i}`)).string_statistics!;
    expect(many).not.toHaveProperty('distribution');
    expect(many.distinct_count).toBe(121);
  });

  test('counts more values than the sketch holds, and its buckets agree with its data', () => {
    const numbers = featureOf(repeat(20_000, (i) => (i * 7919) % 20_011)).numerical_statistics!;
    const { buckets, sketch } = numbers.distribution!.kll!;
    const weight = sketch!.data.reduce((sum, level, height) => sum + level.length * 2 ** height, 0);
    expect(weight).toBe(20_000);
    expect(buckets!.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    buckets!.forEach(({ lower_bound: lower, upper_bound: upper, count }, i) => {
      let expected = 0;
      sketch!.data.forEach((level, height) => {
        for (const item of level) {
          if (item >= lower && (item < upper || (i === 9 && item === upper))) expected += 2 ** height;
        }
      });
      expect(count).toBe(expected);
    });
  });

  test('leaves out what overflows a double instead of writing it', () => {
    const numbers = featureOf(['1e308', '1.7e308', '-1e308']).numerical_statistics!;
    expect(numbers).not.toHaveProperty('std_dev');
    expect(JSON.stringify(numbers)).not.toContain('null');
    expect(numbers.distribution!.kll!.buckets!.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  const cell = fc.oneof(
    fc.integer({ min: -50, max: 50 }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom(null, '', 'red', 'grün', 'true', 'NaN', 'inf', '-0', '0.0', '1e400', '123456789012345678901'),
  );

  test('writes a text that the same profile, read back from profile.json, gives again', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const profile = profileOf({ x: cells });
        const text = stringifyServiceJson(statisticsFromProfile(profile));
        const again = profileFromJson(profileToJson(profile), 'profile.json');
        expect(stringifyServiceJson(statisticsFromProfile(again))).toBe(text);
        const numbers = stringifyServiceJson(statisticsFromProfile(profile).features[0]!.numerical_statistics ?? {});
        expect(numbers).not.toMatch(/NaN|Infinity|null/);
      }),
    );
  });
});

describe('parseStatistics()', () => {
  test('reads what statisticsFromProfile() wrote', () => {
    const statistics = statisticsFromProfile(profileOf({ a: [1, 2, null], b: ['x', 'y', 'x'], c: [null, null, null] }));
    expect(parseStatistics(stringifyServiceJson(statistics), 'f')).toEqual(statistics);
  });

  test('keeps keys it does not know, and the order of all', () => {
    const text =
      '{"later":1,"features":[{"inferred_type":"String","new":[{"b":1,"a":2}],"name":"x",' +
      '"string_statistics":{"new":{"d":1,"c":2},"common":{"num_missing":0,"num_present":1}}}],"version":0.0}';
    expect(JSON.stringify(parseStatistics(text, 'f'))).toBe(JSON.stringify(JSON.parse(text)));
  });

  test('refuses a file that names features but has no statistics of any, such as constraints.json', () => {
    const text = '{"version":0.0,"features":[{"name":"x","inferred_type":"Integral","completeness":1.0}]}';
    expect(() => parseStatistics(text, 'b/constraints.json')).toThrow(
      /holds no statistics.*\n\s+at: b\/constraints.json/,
    );
    expect(
      parseStatistics('{"version":0,"features":[{"name":"x","inferred_type":"Unknown"}]}', 'f').features,
    ).toHaveLength(1);
  });

  test('names every problem in one message, with the feature it is in', () => {
    const text = JSON.stringify({
      dataset: { item_count: -1 },
      features: [
        { name: 'age', numerical_statistics: { common: { num_present: 'x', num_missing: 0 }, mean: 'many' } },
        { inferred_type: 'String' },
      ],
    });
    let error: unknown;
    try {
      parseStatistics(text, 'bucket/statistics.json');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MonitorError);
    const { code, where, what } = error as MonitorError;
    expect(code).toBe('FORMAT');
    expect(where).toBe('bucket/statistics.json');
    expect(what).toContain('4 problems');
    expect(what).toContain('dataset.item_count: must not be below 0');
    expect(what).toContain('features[0] "age".numerical_statistics.common.num_present');
    expect(what).toContain('features[0] "age".numerical_statistics.mean: must be a number');
    expect(what).toContain('features[1].name');
  });
});

describe('profileFromStatistics()', () => {
  test('gives the statistics it came from again', () => {
    const statistics = statisticsFromProfile(
      profileOf({
        age: repeat(5000, (i) => (i * 7919) % 5003),
        share: repeat(5000, (i) => (i % 10 === 0 ? null : (i % 7) / 8)),
        colour: repeat(5000, (i) => ['red', 'green', 'blue'][i % 3]!),
        id: repeat(5000, (i) => `id-${i}`),
        empty: repeat(5000, () => null),
      }),
    );
    const again = statisticsFromProfile(profileFromStatistics(statistics));
    expect(again.features.map(({ name }) => name)).toEqual(['age', 'share', 'colour', 'id', 'empty']);
    again.features.forEach((feature, i) => {
      const { numerical_statistics: before, ...rest } = statistics.features[i]!;
      const { numerical_statistics: after, ...others } = feature;
      expect(others).toEqual(rest);
      // The deviation goes through its square: a rounding or two.
      if (before) expect(after!.std_dev).toBeCloseTo(before.std_dev as number, 10);
      expect({ ...after, std_dev: 0 }).toEqual({ ...before, std_dev: 0 });
    });
  });

  test('knows no types and no distinct counter, and the missing rows of an empty column', () => {
    const statistics = statisticsFromProfile(profileOf({ a: [1, 2], b: [null, null] }));
    const [a, b] = profileFromStatistics(statistics).columns;
    expect([a!.types, a!.distinct, a!.distinctEstimate]).toEqual([undefined, undefined, 2]);
    expect([b!.inferredType, b!.present, b!.missing]).toEqual(['Unknown', 0, 2]);
  });

  test('reads a feature whose distribution was left out', () => {
    const text = `{"dataset":{"item_count":9},"features":[
      {"name":"a","inferred_type":"Fractional","numerical_statistics":{"common":{"num_present":9,"num_missing":0},"mean":1.0,"sum":9.0,"std_dev":"NaN","min":1.0,"max":1.0}},
      {"name":"b","inferred_type":"String","string_statistics":{"common":{"num_present":9,"num_missing":0},"distinct_count":500.0}}]}`;
    const [a, b] = profileFromStatistics(parseStatistics(text, 'f')).columns;
    expect([a!.numeric!.sketch.count, a!.numeric!.moments.mean, a!.numeric!.moments.populationStd()]).toEqual([
      0,
      1,
      undefined,
    ]);
    expect([b!.values, b!.distinctEstimate]).toEqual([undefined, 500]);
  });

  test.each([
    ['no mean and no range', '"common":{"num_present":9,"num_missing":0}'],
    ['a mean that is not finite', '"common":{"num_present":9,"num_missing":0},"mean":NaN,"min":1.0,"max":1.0'],
    ['no values', '"common":{"num_present":0,"num_missing":9},"mean":0.0,"min":0.0,"max":0.0'],
  ])('knows no numbers of a feature with %s and no sketch', (_, numbers) => {
    const text = `{"features":[{"name":"a","inferred_type":"Fractional","numerical_statistics":{${numbers}}}]}`;
    const profile = profileFromStatistics(parseStatistics(text, 'f'));
    expect(profile.columns[0]!.numeric).toBeUndefined();
    expect(profile.rowCount).toBe(9);
    expect(statisticsFromProfile(profile).features).toEqual([{ name: 'a', inferred_type: 'Fractional' }]);
  });
});
