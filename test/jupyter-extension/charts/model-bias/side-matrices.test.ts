import { describe, expect, it } from 'vitest';
import {
  type SideMatrix,
  sideMatricesFigure,
} from '../../../../jupyter-extension/src/charts/model-bias/side-matrices.js';
import { chartStyle } from '../../support/chart-style.js';

const confusion = { truePositives: 30, falseNegatives: 10, falsePositives: 0, trueNegatives: 1200 };
const matrices: SideMatrix[] = ['baseline', 'current'].flatMap((sample) =>
  ['sex = Female', 'sex = <b>Male'].map((title) => ({ title, sample, confusion })),
);
const titles = (width: number): string[] =>
  (sideMatricesFigure(matrices, chartStyle(width)).layout['annotations'] as { text: string }[]).map(({ text }) => text);

describe('sideMatricesFigure()', () => {
  it('draws a matrix for each side and sample: actual downwards, predicted across, as shares of the actual class', () => {
    const { data } = sideMatricesFigure(matrices, chartStyle(900));
    expect(data).toHaveLength(4);
    expect(data[0]!['z']).toEqual([
      [0.75, 0.25],
      [0, 1],
    ]);
    expect((data[0]!['text'] as string[][])[1]![1]).toContain('1,200');
    expect((data[0]!['hovertext'] as string[][])[0]![1]).toContain('false negatives 10<br>25.0 % of the row');
  });

  it('stands them in one line where there is room, else in two', () => {
    const tops = (width: number): number =>
      new Set(
        Object.entries(sideMatricesFigure(matrices, chartStyle(width)).layout)
          .filter(([key]) => key.startsWith('yaxis'))
          .map(([, axis]) => (axis as { domain: number[] }).domain[1]),
      ).size;
    expect([tops(900), tops(320)]).toEqual([1, 2]);
  });

  it('says above each whose it is, of which sample and how many rows, as text', () => {
    expect(titles(900)).toEqual([
      '<b>sex = Female</b><br>baseline, 1,240 rows',
      '<b>sex = &lt;b&gt;Male</b><br>baseline, 1,240 rows',
      '<b>sex = Female</b><br>current, 1,240 rows',
      '<b>sex = &lt;b&gt;Male</b><br>current, 1,240 rows',
    ]);
  });

  it('has no share where a class does not occur', () => {
    const none = { truePositives: 0, falseNegatives: 0, falsePositives: 1, trueNegatives: 1 };
    const { data } = sideMatricesFigure([{ title: 'a', sample: 'b', confusion: none }], chartStyle());
    expect(data[0]!['z']).toEqual([
      [null, null],
      [0.5, 0.5],
    ]);
  });
});
