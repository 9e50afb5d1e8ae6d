import { describe, expect, it } from 'vitest';
import { jsonDifferences } from '../../../jupyter-extension/src/compare-files/json-differences.js';

describe('jsonDifferences()', () => {
  it('finds nothing in equal values, whatever the order of keys and of named records', () => {
    expect(
      jsonDifferences(
        { a: 1, features: [{ name: 'x', v: [1] }, { name: 'y' }] },
        { features: [{ name: 'y' }, { v: [1], name: 'x' }], a: 1 },
      ),
    ).toEqual([]);
  });

  it('names the deepest place that differs, and what only one side has', () => {
    expect(
      jsonDifferences(
        { version: 0, features: [{ name: 'x', completeness: 1, domains: ['a'] }, { name: 'gone' }] },
        { version: 0, features: [{ name: 'x', completeness: 0.9, domains: ['a', 'b'] }, { name: 'new' }] },
      ),
    ).toEqual([
      { path: ['features', 'x', 'completeness'], baseline: 1, current: 0.9 },
      { path: ['features', 'x', 'domains'], baseline: ['a'], current: ['a', 'b'] },
      { path: ['features', 'gone'], baseline: { name: 'gone' }, current: undefined },
      { path: ['features', 'new'], baseline: undefined, current: { name: 'new' } },
    ]);
  });

  it('compares lists without names, and lists in which names come twice, as a whole', () => {
    const twice = [
      { name: 'x', v: 1 },
      { name: 'x', v: 2 },
    ];
    expect(jsonDifferences(twice, [])).toEqual([{ path: [], baseline: twice, current: [] }]);
    expect(jsonDifferences([1, 2], [2, 1])).toHaveLength(1);
  });
});
