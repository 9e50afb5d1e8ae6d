import { describe, expect, it } from 'vitest';
import { type TreeRow, treeMove, typedRow } from '../../../jupyter-extension/src/widgets/tree-keys.js';

const row = (key: string, level: number, expanded?: boolean): TreeRow => ({
  key,
  level,
  setSize: 1,
  position: 1,
  ...(expanded !== undefined && { expanded }),
});
// a (open) > a1, a2; b (closed); c
const rows = [row('a', 1, true), row('a1', 2), row('a2', 2), row('b', 1, false), row('c', 1)];

describe('treeMove()', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['PageDown', 0, 3],
    ['PageDown', 3, 4],
    ['PageUp', 4, 1],
  ])('%s goes from row %i to row %i', (key, at, to) => {
    expect(treeMove(key, rows, at, 3)).toEqual({ kind: 'go', to });
  });

  it('right opens a closed row, then goes into it, and does nothing on the last level', () => {
    expect(treeMove('ArrowRight', rows, 3, 3)).toEqual({ kind: 'toggle' });
    expect(treeMove('ArrowRight', rows, 0, 3)).toEqual({ kind: 'go', to: 1 });
    expect(treeMove('ArrowRight', rows, 1, 3)).toBeUndefined();
    expect(treeMove('ArrowRight', [row('empty', 1, true), row('c', 1)], 0, 3)).toBeUndefined();
  });

  it('left closes an open row, and goes from a row to the one above it', () => {
    expect(treeMove('ArrowLeft', rows, 0, 3)).toEqual({ kind: 'toggle' });
    expect(treeMove('ArrowLeft', rows, 2, 3)).toEqual({ kind: 'go', to: 0 });
    expect(treeMove('ArrowLeft', rows, 3, 3)).toBeUndefined();
  });

  it('Enter opens what a row stands for; Space opens and closes rows that have others below', () => {
    expect(treeMove('Enter', rows, 0, 3)).toEqual({ kind: 'open' });
    expect(treeMove(' ', rows, 0, 3)).toEqual({ kind: 'toggle' });
    expect(treeMove(' ', rows, 1, 3)).toEqual({ kind: 'open' });
  });

  it('other keys, and any key without rows, do nothing', () => {
    expect(treeMove('F2', rows, 0, 3)).toBeUndefined();
    expect(treeMove('ArrowDown', [], -1, 3)).toBeUndefined();
  });
});

describe('typedRow()', () => {
  const texts = ['churn-eu', 'Churn-us', 'fraud', 'claims'];
  it('goes to the next row that begins with a letter, around the end', () => {
    expect(typedRow(texts, 0, 'c')).toBe(1);
    expect(typedRow(texts, 1, 'c')).toBe(3);
    expect(typedRow(texts, 3, 'c')).toBe(0);
  });

  it('stays with the row while more letters are typed', () => {
    expect(typedRow(texts, 3, 'cl')).toBe(3);
    expect(typedRow(texts, 2, 'churn-u')).toBe(1);
    expect(typedRow(texts, 0, 'x')).toBe(-1);
  });
});
