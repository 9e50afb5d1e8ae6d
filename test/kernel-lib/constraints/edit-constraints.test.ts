import { describe, expect, test } from 'vitest';
import { type Constraints, effectiveConfig } from '../../../kernel-lib/src/constraints/constraints.js';
import {
  clearFeatureThreshold,
  setCompleteness,
  setDomain,
  setFeatureComparison,
  setFeatureThreshold,
  setGeneralThreshold,
  setNonNegative,
} from '../../../kernel-lib/src/constraints/edit-constraints.js';
import { errorOf } from '../../support/error-of.js';

const file: Constraints = {
  version: 0,
  features: [
    { name: 'age', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } },
    { name: 'state', completeness: 0.9, string_constraints: { domains: ['Ohio'] } },
  ],
  monitoring_config: { distribution_constraints: { comparison_threshold: 0.1 }, emit_metrics: 'Enabled' },
};
const keys = (constraints: Constraints, place: number): string[] => Object.keys(constraints.features[place]!);

describe('edits of constraints', () => {
  test('keep the order of keys, and what they are not about', () => {
    const edited = setNonNegative(setCompleteness(file, 'age', 0.5), 'age', false);
    expect(edited.features[0]).toEqual({
      name: 'age',
      inferred_type: 'Integral',
      completeness: 0.5,
      num_constraints: { is_non_negative: false },
    });
    expect(keys(edited, 0)).toEqual(keys(file, 0));
    expect(edited.features[1]).toBe(file.features[1]);
    expect(edited.monitoring_config).toBe(file.monitoring_config);
  });

  test('take a limit away, and with it what holds nothing else', () => {
    expect(keys(setCompleteness(file, 'age', undefined), 0)).not.toContain('completeness');
    expect(keys(setDomain(file, 'state', undefined), 1)).not.toContain('string_constraints');
    expect(setDomain(file, 'state', ['Ohio', 'Utah']).features[1]?.string_constraints?.domains).toEqual([
      'Ohio',
      'Utah',
    ]);
  });

  test('give a feature a threshold of its own, and take it back to the general one', () => {
    const own = setFeatureComparison(setFeatureThreshold(file, 'age', 0.3), 'age', false);
    expect(effectiveConfig(own, 'age')).toMatchObject({ comparisonThreshold: 0.3, compare: false });
    const general = clearFeatureThreshold(own, 'age', 'comparison_threshold');
    expect(effectiveConfig(general, 'age')).toMatchObject({ comparisonThreshold: 0.1, compare: false });
    const plain = clearFeatureThreshold(setFeatureThreshold(file, 'age', 0.3), 'age', 'comparison_threshold');
    expect(plain).toEqual(file);
  });

  test('set general thresholds beside what is there', () => {
    const edited = setGeneralThreshold(
      setGeneralThreshold(file, 'comparison_threshold', 0.2),
      'domain_content_threshold',
      0.9,
    );
    expect(edited.monitoring_config).toEqual({
      distribution_constraints: { comparison_threshold: 0.2 },
      emit_metrics: 'Enabled',
      domain_content_threshold: 0.9,
    });
  });

  test('are refused for features that are not there, and for shares beyond 1', () => {
    expect(errorOf(() => setCompleteness(file, 'aeg', 0.5)).code).toBe('COLUMN_NOT_FOUND');
    for (const value of [-0.1, 1.1, Number.NaN]) {
      expect(errorOf(() => setCompleteness(file, 'age', value)).code).toBe('USAGE');
      expect(errorOf(() => setGeneralThreshold(file, 'comparison_threshold', value)).code).toBe('USAGE');
    }
  });
});
