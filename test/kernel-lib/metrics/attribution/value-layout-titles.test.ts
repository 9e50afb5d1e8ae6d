import { expect, it } from 'vitest';
import { binCells, binTitle, planLayout } from '../../../../kernel-lib/src/metrics/attribution/value-layout.js';

const column = (values: readonly number[]) => ({ kind: 'text', values: values.map(String) }) as const;

it('bins of ranges say that what is beyond the ends belongs to the end bins', () => {
  const values = Array.from({ length: 400 }, (_, row) => row % 100);
  const layout = planLayout([column(values)], [400]);
  const titles = [0, 1, 19, 20].map((bin) => binTitle(layout, bin));
  expect(titles).toEqual(['up to 4', '5 to 9', '95 or more', 'missing']);
  const [below, above] = binCells(layout, column([-7, 2400]), 2);
  expect([below, above].map((bin) => binTitle(layout, bin!))).toEqual(['up to 4', '95 or more']);
});

it('values that have a bin each are told as they are', () => {
  const layout = planLayout([column([0, 1, 1, 0])], [4]);
  expect([0, 1, 2].map((bin) => binTitle(layout, bin))).toEqual(['0', '1', 'missing']);
});
