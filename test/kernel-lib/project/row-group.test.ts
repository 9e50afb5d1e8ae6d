import { describe, expect, it } from 'vitest';
import { cellGroup, rowGroup } from '../../../kernel-lib/src/project/row-group.js';

describe('row groups', () => {
  it('are the same for a segment and a condition on cells that ask for the same rows', () => {
    const married = rowGroup([{ feature: 'state', kind: 'equals', value: 'Never-married' }], 'state = Never-married');
    const cells = cellGroup({ kind: 'in', feature: 'state', values: ['Never-married'] });
    expect(cells).toEqual(married);
    expect(cellGroup({ kind: 'interval', feature: 'age', from: 31, to: 40 }).key).toBe(
      rowGroup([{ feature: 'age', kind: 'range', from: 31, to: 40 }], '').key,
    );
    expect(cellGroup({ kind: 'missing', feature: 'age' }).key).toBe(
      rowGroup([{ feature: 'age', kind: 'missing' }], '').key,
    );
  });

  it('do not depend on the order of conditions and values', () => {
    const [a, b] = [
      { feature: 'sex', kind: 'equals', value: 'Female' },
      { feature: 'age', kind: 'range', to: 28 },
    ] as const;
    expect(rowGroup([a, b], '').key).toBe(rowGroup([b, a], '').key);
    expect(cellGroup({ kind: 'not-in', feature: 'x', values: ['b', 'a'] }).key).toBe(
      cellGroup({ kind: 'not-in', feature: 'x', values: ['a', 'b'] }).key,
    );
  });

  it('differ where the bounds are open at the other end', () => {
    const segment = rowGroup([{ feature: 'age', kind: 'range', from: 31, to: 40 }], '');
    expect(cellGroup({ kind: 'range', feature: 'age', above: 31, atMost: 40 }).key).not.toBe(segment.key);
    expect(cellGroup({ kind: 'range', feature: 'age', atMost: 40 }).key).not.toBe(
      rowGroup([{ feature: 'age', kind: 'range', to: 40 }], '').key,
    );
  });

  it('are said in words', () => {
    const titles = [
      cellGroup({ kind: 'missing', feature: 'job' }),
      cellGroup({ kind: 'not-type', feature: 'age', expected: 'Integral' }),
      cellGroup({ kind: 'not-in', feature: 'job', values: ['a'] }),
      cellGroup({ kind: 'in', feature: 'job', values: ['a', 'b', 'c', 'd', 'e'] }),
      cellGroup({ kind: 'range', feature: 'hours', above: 99 }),
      cellGroup({ kind: 'range', feature: 'hours', above: 1, atMost: 2 }),
      cellGroup({ kind: 'interval', feature: 'age', to: 28 }),
    ].map(({ title }) => title);
    expect(titles).toEqual([
      'job is missing',
      'age is not Integral',
      'job has a value that is new to the baseline',
      'job is one of a, b, c and 2 more',
      'hours > 99',
      '1 < hours <= 2',
      'age < 28',
    ]);
  });
});
