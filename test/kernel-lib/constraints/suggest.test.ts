import { describe, expect, test } from 'vitest';
import { stringifyConstraints } from '../../../kernel-lib/src/constraints/constraints.js';
import { parseConstraints } from '../../../kernel-lib/src/constraints/parse-constraints.js';
import { suggestConstraints } from '../../../kernel-lib/src/constraints/suggest.js';
import { type Columns, profileOf, repeat } from '../../support/profile-of.js';

function suggest(cells: Columns[string]) {
  const { constraints, reasons } = suggestConstraints(profileOf({ x: cells }));
  return { feature: constraints.features[0]!, reasons: reasons['x']! };
}

describe('suggestConstraints()', () => {
  test('has the layout and the defaults of the service', () => {
    const { constraints } = suggestConstraints(profileOf({ price: ['1.5', '2'], state: ['CA', 'CA'] }));
    expect(JSON.stringify(constraints)).toBe(
      JSON.stringify({
        version: 0,
        features: [
          { name: 'price', inferred_type: 'Fractional', completeness: 1, num_constraints: { is_non_negative: true } },
          { name: 'state', inferred_type: 'String', completeness: 1, string_constraints: { domains: ['CA'] } },
        ],
        monitoring_config: {
          evaluate_constraints: 'Enabled',
          emit_metrics: 'Enabled',
          datatype_check_threshold: 1,
          domain_content_threshold: 1,
          distribution_constraints: {
            perform_comparison: 'Enabled',
            comparison_threshold: 0.1,
            comparison_method: 'Robust',
            categorical_comparison_threshold: 0.1,
            categorical_drift_method: 'LInfinity',
          },
        },
      }),
    );
    expect(parseConstraints(stringifyConstraints(constraints), 'f')).toEqual(constraints);
  });

  test('keeps the completeness observed, without slack', () => {
    const { feature, reasons } = suggest(['1', null, '3', '4']);
    expect(feature.completeness).toBe(0.75);
    expect(reasons).toContain('Completeness as observed: 3 values in 4 rows.');
  });

  test('says of every number column whether it may be negative, and why', () => {
    const negative = suggest(['-1', '0']);
    expect(negative.feature.num_constraints).toEqual({ is_non_negative: false });
    expect(negative.reasons).toContain('May be negative: the smallest value is -1.');
    expect(suggest(['0', '5']).feature.num_constraints).toEqual({ is_non_negative: true });
  });

  test('suggests a domain only where at most a tenth of the texts were seen once', () => {
    const recurring = repeat(9, (i) => [`t${i}`, `t${i}`]).flat();
    const { feature, reasons } = suggest([...recurring, 'once']);
    expect(feature.string_constraints!.domains).toHaveLength(10);
    expect(reasons).toContain('Domain: 10 different texts, 1 of them seen only once.');
    const twice = suggest([...recurring, 'once', 'again']);
    expect(twice.feature).not.toHaveProperty('string_constraints');
    expect(twice.reasons.at(-1)).toMatch(/^No domain: 11 different texts, 2 of them seen only once/);
  });

  test('suggests no domain for more than 120 different texts, and none for 0/1 numbers', () => {
    const many = suggest(repeat(242, (i) => `t${i % 121}`));
    expect(many.feature).not.toHaveProperty('string_constraints');
    expect(many.reasons).toContain('No domain: there are more than 120 different texts.');
    expect(suggest(['0', '1', '0', '1']).feature).not.toHaveProperty('string_constraints');
  });

  test('knows nothing of a column without values, and of a table without rows', () => {
    expect(suggest([null, null]).feature).toEqual({ name: 'x', inferred_type: 'Unknown', completeness: 0 });
    expect(suggest([]).feature).toEqual({ name: 'x', inferred_type: 'Unknown' });
  });

  test('gives each feature at least a reason for its type and one for its completeness', () => {
    const { constraints, reasons } = suggestConstraints(profileOf({ a: [1], b: ['x'], c: [null], d: ['true'] }));
    expect(Object.keys(reasons)).toEqual(constraints.features.map(({ name }) => name));
    for (const sentences of Object.values(reasons)) {
      expect(sentences.length).toBeGreaterThanOrEqual(2);
      for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
    }
  });
});
