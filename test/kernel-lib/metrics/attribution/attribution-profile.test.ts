import { describe, expect, test } from 'vitest';
import type { CellBatch } from '../../../../kernel-lib/src/dataset/cell-batch.js';
import { MonitorError } from '../../../../kernel-lib/src/errors.js';
import {
  type AttributionProfile,
  AttributionProfileBuilder,
} from '../../../../kernel-lib/src/metrics/attribution/attribution-profile.js';
import {
  attributionProfileToJson,
  parseAttributionProfile,
} from '../../../../kernel-lib/src/metrics/attribution/attribution-profile-json.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { linearProfile } from '../../../support/attribution-samples.js';

const model = { features: ['a', 'b'], weights: [2, -1], expectedValue: 1 };

function normalRows(count: number, seed: number, width: number = 2): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => random.normal()));
}

/** The sum over blocks of one of their three sums. */
function blockSum({ features, outputs, blockRows }: AttributionProfile, feature: number, which: number): number {
  return blockRows.reduce(
    (sum, _, block) => sum + outputs[0]!.blocks[3 * (block * features.length + feature) + which]!,
    0,
  );
}

describe('AttributionProfileBuilder', () => {
  test('sums what each feature adds', () => {
    const { rows, outputs } = linearProfile(model, [
      [1, 2],
      [-2, 0],
      [3, 1],
    ]);
    const [a, b] = outputs[0]!.features;
    expect(rows).toBe(3);
    expect(outputs[0]).toMatchObject({ label: 'label0', expectedValue: 1 });
    expect(a).toMatchObject({ sum: 4, absolute: 12, squares: 56, fourths: 16 + 256 + 1296, median: { value: 2 } });
    expect(b).toMatchObject({ sum: -3, absolute: 3, squares: 5, median: { value: -1 } });
    // Rows' sums of all sizes: 4, 4 and 7.
    expect(a!.absoluteByTotal).toBe(2 * 4 + 4 * 4 + 6 * 7);
    expect(outputs[0]!.totalSquares).toBe(16 + 16 + 49);
    expect(outputs[0]!.answers).toEqual({ sum: 1 - 3 + 6, squares: 1 + 9 + 36 });
  });

  test.each([700, 25_000])('%i rows do not depend on how they are cut into batches', (count) => {
    const rows = normalRows(count, 1);
    const whole = linearProfile(model, rows, { batchRows: 10_000 });
    const cut = linearProfile(model, rows, { batchRows: 500 });
    expect(cut.blockRows).toEqual(whole.blockRows);
    expect(cut.outputs[0]!.answers).toEqual(whole.outputs[0]!.answers);
    expect(cut.outputs[0]!.features.map(({ absolute }) => absolute)).toEqual(
      whole.outputs[0]!.features.map(({ absolute }) => absolute),
    );
  });

  test('keeps each row for itself up to 1,000 rows, then rows in 1,000 blocks', () => {
    expect(linearProfile(model, normalRows(1000, 2)).blockRows).toEqual(Array(1000).fill(1));
    const { blockRows } = linearProfile(model, normalRows(12_345, 3), { batchRows: 1000 });
    expect(blockRows.length).toBe(1000);
    expect(blockRows.reduce((sum, rows) => sum + rows, 0)).toBe(12_345);
    // 12.3 on average, four deviations of 3.5.
    expect(Math.min(...blockRows)).toBeGreaterThan(0);
    expect(Math.max(...blockRows)).toBeLessThan(27);
  });

  test('its blocks hold the sums of all rows, in single precision', () => {
    const profile = linearProfile(model, normalRows(12_345, 4), { batchRows: 1000 });
    profile.outputs[0]!.features.forEach(({ absolute, squares }, feature) => {
      expect(Math.abs(blockSum(profile, feature, 0) / absolute - 1)).toBeLessThan(1e-6);
      expect(Math.abs(blockSum(profile, feature, 1) / squares - 1)).toBeLessThan(1e-6);
    });
  });

  test.each(['as drawn', 'sorted'])('its blocks tell the error of the mean, of rows that come %s', (order) => {
    const rows = normalRows(20_000, 5);
    if (order === 'sorted') rows.sort((one, other) => Math.abs(one[0]!) - Math.abs(other[0]!));
    const { outputs, blockRows, rows: count } = linearProfile(model, rows, { batchRows: 2000 });
    const { absolute, squares } = outputs[0]!.features[0]!;
    const mean = absolute / count;
    const variance = blockRows.reduce((sum, ofBlock, block) => {
      return sum + (outputs[0]!.blocks[6 * block]! - mean * ofBlock) ** 2 / count ** 2;
    }, 0);
    // 1,000 blocks tell a variance to 4.5 %.
    expect(Math.abs(variance / ((squares / count - mean ** 2) / count) - 1)).toBeLessThan(0.15);
  });

  test('has the exact median beyond the rows that the bins are planned from', () => {
    const rows = normalRows(40_000, 6);
    const profile = linearProfile(model, rows, { batchRows: 2000 });
    const { median } = profile.outputs[0]!.features[0]!;
    const sorted = rows.map(([first]) => first! * model.weights[0]!).sort((a, b) => a - b);
    expect(median.value).toBeCloseTo((sorted[19_999]! + sorted[20_000]!) / 2, 12);
    expect(median.lower).toBeLessThan(median.value);
    expect(median.upper).toBeGreaterThan(median.value);
  });

  test('takes over the bins of another profile, and puts what is beyond them into the end bins', () => {
    const layout = linearProfile(model, normalRows(500, 7));
    const rows = [...normalRows(100, 8), [1000, -1000]];
    const { layouts, outputs } = linearProfile(model, rows, { layout });
    expect(layouts).toEqual(layout.layouts);
    outputs[0]!.features.forEach(({ range, counts }, feature) => {
      expect(range).toEqual(layout.outputs[0]!.features[feature]!.range);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(101);
      expect(counts[39]).toBeGreaterThan(0);
    });
  });

  test('finds the bins of another profile by the names of the features', () => {
    const layout = linearProfile({ features: ['b', 'c'], weights: [1, 1] }, normalRows(500, 9));
    const { layouts } = linearProfile(model, normalRows(100, 10), { layout });
    expect(layouts[1]).toEqual(layout.layouts[0]);
    expect(layouts[0]).not.toEqual(layout.layouts[0]);
  });

  test('without a row has sums of 0 and no blocks', () => {
    const { rows, blockRows, outputs } = linearProfile(model, []);
    expect({ rows, blockRows }).toEqual({ rows: 0, blockRows: [] });
    expect(outputs[0]!.features.map(({ absolute, median }) => [absolute, median.value])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('refuses attributions that are no finite numbers, with the row', () => {
    const add = (value: number) =>
      linearProfile(
        model,
        [
          [1, 2],
          [1, value],
        ],
        { batchRows: 1 },
      );
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e71]) {
      expect(() => add(value)).toThrow(MonitorError);
      expect(() => add(value)).toThrow('What the model answers for row 2 has no finite attributions.');
    }
  });
});

describe('attributionProfileToJson()', () => {
  test.each([0, 1, 50, 12_000])('parseAttributionProfile() reads it back: %i rows', (count) => {
    const profile = linearProfile(model, normalRows(count, 11), { batchRows: 5000 });
    expect(parseAttributionProfile(attributionProfileToJson(profile), 'attributions.json')).toEqual(profile);
  });

  test('keeps 500 features in less than 4 MB', () => {
    const features = Array.from({ length: 500 }, (_, i) => `feature_${i}`);
    const weights = features.map((_, i) => 1 / (i + 1));
    const profile = linearProfile({ features, weights }, normalRows(1000, 12, 500));
    expect(profile.blockRows.length).toBe(200);
    expect(attributionProfileToJson(profile).length).toBeLessThan(4_000_000);
  });

  test('keeps texts of the data as they are', () => {
    const builder = new AttributionProfileBuilder(
      { features: ['__proto__'], outputs: ['</script>'], expectedValues: new Float64Array(1) },
      { seed: 0 },
    );
    const batch: CellBatch = { rowCount: 1, columns: [{ kind: 'text', values: ['"\u2028\n'] }] };
    builder.add({ rows: 1, values: Float64Array.of(1), answers: Float64Array.of(1) }, batch);
    const profile = builder.finish();
    expect(parseAttributionProfile(attributionProfileToJson(profile), 'x')).toEqual(profile);
  });

  test('what is no profile is refused with its place', () => {
    const text = attributionProfileToJson(linearProfile(model, normalRows(40, 13)));
    const wrong = [
      'no json',
      '{}',
      'null',
      text.replace('"version":1', '"version":2'),
      text.replace('"features":["a","b"]', '"features":["a"]'),
      text.replace(/"blocks":"[^"]{8}/, '"blocks":"'),
      text.replace(/"absolute":[^,]*/, '"absolute":null'),
      text.replace('"counts":[', '"counts":[0,'),
      text.replace('"rows":40', '"rows":41'),
      text.replace(/"level":[^\]]*/, '"upper":[1'),
      text.replace('"label":"label0"', '"label":0'),
    ];
    for (const bad of wrong) {
      expect(bad).not.toBe(text);
      expect(() => parseAttributionProfile(bad, 'folder/attributions.json'), bad.slice(0, 60)).toThrow(
        'at: folder/attributions.json',
      );
    }
  });
});
