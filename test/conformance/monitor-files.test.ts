import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { effectiveConfig, stringifyConstraints } from '../../kernel-lib/src/constraints/constraints.js';
import { parseConstraints } from '../../kernel-lib/src/constraints/parse-constraints.js';
import { parseForeignJson } from '../../kernel-lib/src/json/read-json.js';
import { stringifyServiceJson } from '../../kernel-lib/src/json/write-json.js';
import { profileFromStatistics } from '../../kernel-lib/src/profile/profile-from-statistics.js';
import { parseStatistics } from '../../kernel-lib/src/profile/statistics.js';
import { statisticsFromProfile } from '../../kernel-lib/src/profile/statistics-from-profile.js';
import { parseViolations } from '../../kernel-lib/src/violations/parse-violations.js';

const files = {
  'statistics.json': parseStatistics,
  'constraints.json': parseConstraints,
  'constraints-edited.json': parseConstraints,
  'constraint_violations.json': parseViolations,
} as const;

function read(name: string): string {
  return readFileSync(new URL(`data/monitor-files/${name}`, import.meta.url), 'utf8');
}

describe('files in the layout of the service', () => {
  test.each(Object.entries(files))('%s is read and written back equal, keys in their order', (name, parse) => {
    const text = read(name);
    const written = stringifyServiceJson(parse(text, name));
    // As texts: equal values with their keys in the same order.
    expect(JSON.stringify(JSON.parse(written))).toBe(JSON.stringify(JSON.parse(text)));
  });

  test('numbers that JSON does not have are read, and written as the texts that stand for them', () => {
    const text = read('statistics-non-finite.json');
    const statistics = parseStatistics(text, 'statistics-non-finite.json');
    expect(statistics.features[0]!.numerical_statistics).toMatchObject({
      mean: Number.NaN,
      sum: Infinity,
      std_dev: 'NaN',
    });
    const written = parseForeignJson(stringifyServiceJson(statistics), 'f');
    expect(written).toMatchObject({ features: [{ numerical_statistics: { mean: 'NaN', max: 'Infinity' } }] });
    const [column] = profileFromStatistics(statistics).columns;
    const { moments, sketch } = column!.numeric!;
    expect([...sketch.weighted().values]).toEqual([1]);
    expect([moments.mean, moments.populationStd(), moments.min, moments.max]).toEqual([1, 0, 1, 1]);
  });

  test('a profile made from statistics.json gives its statistics again', () => {
    const statistics = parseStatistics(read('statistics.json'), 'statistics.json');
    const again = statisticsFromProfile(profileFromStatistics(statistics));
    again.features.forEach((feature, i) => {
      const [before, after] = [statistics.features[i]!.numerical_statistics, feature.numerical_statistics];
      expect(feature.string_statistics).toEqual(statistics.features[i]!.string_statistics);
      // The deviation goes through its square: a rounding or two.
      if (before) expect(after!.std_dev).toBeCloseTo(before.std_dev as number, 12);
      expect(after && { ...after, std_dev: before!.std_dev }).toEqual(before);
    });
  });

  test('both spellings of an edited file and its old key take effect', () => {
    const constraints = parseConstraints(read('constraints-edited.json'), 'constraints-edited.json');
    expect(effectiveConfig(constraints, 'price')).toMatchObject({ datatypeThreshold: 0.9, evaluate: true });
    expect(effectiveConfig(constraints, 'balance').evaluate).toBe(false);
    expect(effectiveConfig(constraints, 'state')).toMatchObject({
      comparisonMethod: 'Simple',
      comparisonThreshold: 0.25,
      categoricalThreshold: 0.25,
    });
    expect(stringifyConstraints(constraints)).toContain('"comparion_method": "linf_simple"');
  });
});
