import { describe, expect, test } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import type { Rule, Violation } from '../../../kernel-lib/src/report/report.js';
import { parseViolations } from '../../../kernel-lib/src/violations/parse-violations.js';
import { violationsFile } from '../../../kernel-lib/src/violations/violations-file.js';

function violation(feature: string, rules: readonly Rule[]): Violation {
  return {
    id: `${feature}/data_type_check`,
    feature,
    check: 'data_type_check',
    description: `About ${feature}`,
    explanation: 'for people',
    measured: 0.5,
    limit: 1,
    unit: 'fraction',
    rules,
  };
}

describe('violationsFile()', () => {
  const both = violation('a', ['significant', 'threshold']);
  const loose = violation('b', ['threshold']);

  test('holds the violations of the deciding rule, with the keys of the service in its order', () => {
    const text = violationsFile([both, loose], 'significant');
    expect(text).toBe(
      '{\n  "violations": [\n    {\n      "feature_name": "a",\n      "constraint_check_type": "data_type_check",\n      "description": "About a"\n    }\n  ]\n}\n',
    );
    expect(parseViolations(violationsFile([both, loose], 'threshold'), 'f').violations).toHaveLength(2);
  });

  test('is an empty list where there are none', () => {
    expect(JSON.parse(violationsFile([loose], 'significant'))).toEqual({ violations: [] });
  });
});

describe('parseViolations()', () => {
  test.each([
    [
      'model quality',
      { violations: [{ constraint_check_type: 'LessThanThreshold', description: 'Metric f2', metric_name: 'f2' }] },
    ],
    [
      'bias',
      {
        version: '1.0',
        violations: [
          {
            facet: 'Sex',
            facet_value: '0',
            metric_name: 'CDDPL',
            constraint_check_type: 'bias_drift_check',
            description: 'Metric value',
          },
        ],
      },
    ],
    [
      'explainability',
      {
        version: '1.0',
        violations: [
          {
            label: 'label0',
            metric_name: 'shap',
            constraint_check_type: 'feature_attribution_drift_check',
            description: 'Drift',
          },
        ],
      },
    ],
  ])('reads the file of a %s monitor as it is', (_, file) => {
    expect(JSON.stringify(parseViolations(JSON.stringify(file), 'f'))).toBe(JSON.stringify(file));
  });

  test('names what is wrong', () => {
    expect(() => parseViolations('{"violations":[{"feature_name":"a"}]}', 'f.json')).toThrow(MonitorError);
    expect(() => parseViolations('{"violations":[{"feature_name":"a"}]}', 'f.json')).toThrow(
      /violations\[0\].description/,
    );
  });
});
