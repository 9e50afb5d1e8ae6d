import { describe, expect, it } from 'vitest';
import { type FileKind, fileKind } from '../../../jupyter-extension/src/viewers/file-content.js';
import { filePatterns } from '../../../jupyter-extension/src/viewers/file-patterns.js';

describe('fileKind()', () => {
  it('goes by what is in a file, not by its name', () => {
    const kinds: [unknown, FileKind | undefined][] = [
      [{ schema: 'driftline.report', version: 9 }, 'report'],
      [{ version: 0, dataset: { item_count: 3 }, features: [{ name: 'a', numerical_statistics: {} }] }, 'statistics'],
      [{ version: 0, dataset: { item_count: 0 }, features: [] }, 'statistics'],
      [{ version: 0, dataset: {}, regression_metrics: {} }, 'statistics'],
      [{ features: [{ name: 'a', completeness: 1 }], monitoring_config: {} }, 'constraints'],
      [{ features: [{ name: 'a', completeness: 1 }] }, 'constraints'],
      [{ version: 0, binary_classification_constraints: {} }, 'constraints'],
      [{ violations: [] }, 'violations'],
      [{ version: '1.0', post_training_bias_metrics: { facets: {} } }, 'analysis'],
      [{ pre_training_bias_metrics: {} }, 'analysis'],
      [{ explanations: { kernel_shap: {} } }, 'analysis'],
      [{ explanations: 'none' }, undefined],
      [{ total: 3 }, undefined],
      [[1, 2], undefined],
      ['text', undefined],
      [null, undefined],
    ];
    expect(kinds.map(([value]) => fileKind(value))).toEqual(kinds.map(([, kind]) => kind));
  });
});

describe('filePatterns', () => {
  const opened = (name: string): string[] =>
    Object.entries(filePatterns)
      .filter(([, pattern]) => new RegExp(pattern).test(name))
      .map(([kind]) => kind);

  it('fit the names that the service, its documentation and people use', () => {
    expect(opened('statistics.json')).toEqual(['statistics']);
    expect(opened('monday_statistics.json')).toEqual(['statistics']);
    expect(opened('constraints.json')).toEqual(['constraints']);
    expect(opened('constraint_violations.json')).toEqual(['violations']);
    expect(opened('constraints_violations.json')).toEqual(['violations']);
    expect(opened('2026-03-05.report.json')).toEqual(['report']);
    expect(opened('analysis.json')).toEqual(['analysis']);
    expect(opened('bias_1.analysis.json')).toEqual(['analysis']);
  });

  it('fit nothing else', () => {
    for (const name of [
      'mystatistics.json',
      'statistics.json.bak',
      'constraints.jsonl',
      'reporting.json',
      'package.json',
      'analysis_config.json',
      'psychoanalysis.json',
    ]) {
      expect(opened(name)).toEqual([]);
    }
  });
});
