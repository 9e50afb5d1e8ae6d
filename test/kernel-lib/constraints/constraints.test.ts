import { describe, expect, test } from 'vitest';
import {
  type Constraints,
  effectiveConfig,
  stringifyConstraints,
} from '../../../kernel-lib/src/constraints/constraints.js';
import { setFeatureMonitoring, setFeatureThreshold } from '../../../kernel-lib/src/constraints/edit-constraints.js';
import { parseConstraints } from '../../../kernel-lib/src/constraints/parse-constraints.js';
import { errorOf } from '../../support/error-of.js';

function read(value: unknown): Constraints {
  return parseConstraints(JSON.stringify(value), 'constraints.json');
}

const file = {
  features: [
    {
      inferred_type: 'Integral',
      name: 'age',
      completeness: 1,
      num_constraints: { is_non_negative: true, is_prime: false },
      monitoringConfigOverrides: { evaluate_constraints: 'Enabled', later: 1 },
    },
    { name: 'state', inferred_type: 'String', string_constraints: { domains: ['a', ''] } },
    { name: 'x', monitoring_config_overrides: { emit_metrics: 'Disabled' } },
  ],
  unknown: { z: 1, a: [2] },
  version: 0,
  monitoring_config: { distribution_constraints: { comparion_method: 'linf_simple', comparison_threshold: 0.3 } },
};

describe('parseConstraints() and stringifyConstraints()', () => {
  test('write back what was read: key order, both spellings, unknown keys', () => {
    const text = stringifyConstraints(read(file));
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(file));
  });

  test('name every problem in one message', () => {
    const { code, where, what } = errorOf(() =>
      read({
        features: [{ name: 'age', completeness: 7 }],
        monitoring_config: {
          evaluate_constraints: 'yes',
          distribution_constraints: { comparison_method: 'ks', categorical_drift_method: 'L1' },
        },
      }),
    );
    expect([code, where]).toEqual(['FORMAT', 'constraints.json']);
    expect(what.split('\n')).toEqual([
      'The constraints file has 4 problems.',
      '  features[0] "age".completeness: must be between 0 and 1',
      '  monitoring_config.evaluate_constraints: must be "Enabled" or "Disabled"',
      '  monitoring_config.distribution_constraints.comparison_method: must be one of "Simple", "Robust", "linf_simple", "linf_robust"',
      '  monitoring_config.distribution_constraints.categorical_drift_method: must be "LInfinity" or "ChiSquared"',
    ]);
  });
});

describe('effectiveConfig()', () => {
  test('gives the real defaults of the service where nothing is said', () => {
    expect(effectiveConfig(read({ features: [] }), 'any')).toEqual({
      evaluate: true,
      emitMetrics: true,
      datatypeThreshold: 1,
      domainContentThreshold: 1,
      compare: true,
      comparisonMethod: 'Robust',
      comparisonThreshold: 0.1,
      categoricalMethod: 'LInfinity',
      categoricalThreshold: 0.1,
    });
  });

  test('reads the old spelling, the other method names, and the categorical default', () => {
    expect(effectiveConfig(read(file), 'state')).toMatchObject({
      comparisonMethod: 'Simple',
      comparisonThreshold: 0.3,
      categoricalThreshold: 0.3,
    });
  });

  test.each([
    ['Simple', 'Simple'],
    ['SIMPLE', 'Simple'],
    ['LInf_Simple', 'Simple'],
    ['robust', 'Robust'],
    ['LINF_ROBUST', 'Robust'],
  ])('reads the method %s, and writes it back as it was', (comparison_method, expected) => {
    const constraints = read({
      features: [],
      monitoring_config: { distribution_constraints: { comparison_method } },
    });
    expect(effectiveConfig(constraints, 'any').comparisonMethod).toBe(expected);
    expect(stringifyConstraints(constraints)).toContain(`"comparison_method": "${comparison_method}"`);
  });

  test.each(['monitoring_config_overrides', 'monitoringConfigOverrides'])('lets %s win over the file', (spelling) => {
    const constraints = read({
      features: [
        {
          name: 'age',
          [spelling]: {
            evaluate_constraints: 'Disabled',
            datatype_check_threshold: 0.5,
            distribution_constraints: { comparison_threshold: 0.4 },
          },
        },
        { name: 'other' },
      ],
      monitoring_config: {
        datatype_check_threshold: 0.9,
        domain_content_threshold: 0.8,
        distribution_constraints: {
          perform_comparison: 'Disabled',
          comparison_threshold: 0.2,
          categorical_comparison_threshold: 0.25,
          comparison_method: 'Simple',
        },
      },
    });
    expect(effectiveConfig(constraints, 'age')).toMatchObject({
      evaluate: false,
      compare: false,
      datatypeThreshold: 0.5,
      domainContentThreshold: 0.8,
      comparisonMethod: 'Simple',
      comparisonThreshold: 0.4,
      categoricalThreshold: 0.4,
    });
    expect(effectiveConfig(constraints, 'other')).toMatchObject({
      evaluate: true,
      datatypeThreshold: 0.9,
      comparisonThreshold: 0.2,
      categoricalThreshold: 0.25,
    });
  });

  test('reads both spellings of one feature together, the SDK first', () => {
    const constraints = read({
      features: [
        {
          name: 'age',
          monitoringConfigOverrides: {
            datatype_check_threshold: 0.1,
            distribution_constraints: { comparison_threshold: 0.5, comparison_method: 'Simple' },
          },
          monitoring_config_overrides: { distribution_constraints: { comparison_threshold: 0.6 } },
        },
      ],
    });
    expect(effectiveConfig(constraints, 'age')).toMatchObject({
      datatypeThreshold: 0.1,
      comparisonThreshold: 0.6,
      comparisonMethod: 'Simple',
    });
  });
});

describe('setFeatureMonitoring()', () => {
  test('switches one feature off under the SDK spelling and keeps all else', () => {
    const edited = setFeatureMonitoring(read(file), 'state', false);
    const expected = structuredClone(file) as { features: Record<string, unknown>[] };
    expected.features[1]!['monitoring_config_overrides'] = { evaluate_constraints: 'Disabled' };
    expect(JSON.stringify(edited)).toBe(JSON.stringify(expected));
    expect(effectiveConfig(edited, 'state').evaluate).toBe(false);
    expect(effectiveConfig(setFeatureMonitoring(edited, 'state', true), 'state').evaluate).toBe(true);
  });

  test('edits the spelling that is there', () => {
    const edited = setFeatureMonitoring(read(file), 'age', false).features[0]!;
    expect(edited.monitoringConfigOverrides).toEqual({ evaluate_constraints: 'Disabled', later: 1 });
    expect(edited).not.toHaveProperty('monitoring_config_overrides');
  });

  test('leaves what it was given as it was', () => {
    const constraints = read(file);
    setFeatureMonitoring(constraints, 'age', false);
    expect(JSON.stringify(constraints)).toBe(JSON.stringify(file));
  });

  test('names the features there are when there is no such one', () => {
    const error = errorOf(() => setFeatureMonitoring(read(file), 'aeg', false));
    expect(error.code).toBe('COLUMN_NOT_FOUND');
    expect(error.fix).toBe('use one of: age, state, x');
  });
});

describe('setFeatureThreshold()', () => {
  test('sets the drift threshold of one feature', () => {
    const edited = setFeatureThreshold(read(file), 'x', 0.2);
    expect(edited.features[2]!.monitoring_config_overrides).toEqual({
      emit_metrics: 'Disabled',
      distribution_constraints: { comparison_threshold: 0.2 },
    });
    expect(effectiveConfig(edited, 'x').comparisonThreshold).toBe(0.2);
    expect(effectiveConfig(edited, 'age').comparisonThreshold).toBe(0.3);
  });

  test('sets any other threshold', () => {
    const edited = setFeatureThreshold(read(file), 'age', 0.95, { threshold: 'datatype_check_threshold' });
    expect(effectiveConfig(edited, 'age').datatypeThreshold).toBe(0.95);
    const domain = setFeatureThreshold(edited, 'state', 0, { threshold: 'domain_content_threshold' });
    expect(effectiveConfig(domain, 'state').domainContentThreshold).toBe(0);
  });

  test.each([-0.1, 1.5, Number.NaN])('refuses %s', (value) => {
    expect(errorOf(() => setFeatureThreshold(read(file), 'age', value)).code).toBe('USAGE');
  });
});
