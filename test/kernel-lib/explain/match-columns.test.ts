import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { matchColumns } from '../../../kernel-lib/src/explain/match-columns.js';

function refusal(features: readonly string[], columns: readonly string[]): string {
  try {
    matchColumns(features, columns, 'model.json', 'rows.csv');
  } catch (error) {
    if (error instanceof MonitorError) return `${error.code}: ${error.what} at ${error.where}`;
  }
  throw new Error('nothing was refused');
}

describe('matchColumns()', () => {
  it.each([
    ['by name, in any order, others ignored', ['a', 'b'], ['x', 'b', 'a'], { places: [2, 1], by: 'name' }],
    ['by name where a model without names meets its own', ['f0', 'f1'], ['f1', 'f0'], { places: [1, 0], by: 'name' }],
    ['by name where LightGBM wrote underscores for blanks', ['a_b_c'], ['x', 'a b_c'], { places: [1], by: 'name' }],
    ['by the name itself before that', ['a_b'], ['a b', 'a_b'], { places: [1], by: 'name' }],
    ['by position without a header', ['a', 'b'], ['_c0', '_c1'], { places: [0, 1], by: 'position' }],
    ['by position for a model without names', ['f0', 'f1'], ['a', 'b'], { places: [0, 1], by: 'position' }],
  ])('goes %s', (_, features, columns, expected) => {
    expect(matchColumns(features, columns, 'model.json', 'rows.csv')).toEqual(expected);
  });

  it('names all features without a column', () => {
    expect(refusal(['a_b', 'a b'], ['x', 'a b'])).toContain('The model asks for a_b');
    expect(refusal(['a', 'b', 'c'], ['b', 'x', 'y'])).toBe(
      'COLUMN_NOT_FOUND: The model asks for a, c, which the data lack. at model.json',
    );
  });

  it.each([
    [['a', 'b'], ['_c0', '_c1', '_c2'], 'The data have no names, the number of columns is 3, and the model takes 2.'],
    [['f0', 'f1'], ['a'], 'The model has no names, the number of columns is 1, and the model takes 2.'],
  ])('does not go by position where the numbers differ', (features, columns, what) => {
    expect(refusal(features, columns)).toBe(`COLUMN_COUNT: ${what} at rows.csv`);
  });
});
