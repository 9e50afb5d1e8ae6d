import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../kernel-lib/src/metrics/bias/cause.js';
import type { FacetCounts } from '../../../kernel-lib/src/metrics/bias/counts.js';
import { biasMetric } from '../../../kernel-lib/src/metrics/bias/registry.js';
import { causeText } from '../../../kernel-lib/src/report/bias-cause-text.js';
import type { BiasSegment } from '../../../kernel-lib/src/report/model-bias-report.js';

type Groups = readonly (readonly number[])[];

interface Told {
  readonly from?: Groups;
  readonly segments?: readonly BiasSegment[];
  readonly title?: string;
}

function countsOf(groups: Groups): FacetCounts {
  const cells = Float64Array.from({ length: 8 }, (_, place) => groups.reduce((sum, group) => sum + group[place]!, 0));
  return { cells, predicted: true, groups: groups.map((group) => Float64Array.from(group)) };
}

/**
 * By side: negative and positive predictions of negative labels, then of positive ones. Of 1,000 others 38 % are
 * predicted positive, of 400 of the group 25 %.
 */
const before = [540, 60, 80, 320, 270, 30, 30, 70];

function explain(name: string, after: readonly number[] | Groups, told: Told = {}): string {
  const { from = [before], segments = [], title = 'sex = Female' } = told;
  const baseline = countsOf(from);
  const current = countsOf((typeof after[0] === 'number' ? [after] : after) as Groups);
  const metric = biasMetric(name)!;
  const { stage } = metric;
  return causeText(causeOf(metric, baseline, current)!, segments, {
    title,
    others: 'sex = Male',
    baseline,
    current,
    stage,
  });
}

describe('causeText()', () => {
  test('tells whose labels moved, from where to where and out of how many', () => {
    // 120 more of the 300 that are predicted negative turn out positive.
    const after = [540, 60, 80, 320, 150, 30, 150, 70];
    expect(explain('DPL', after)).toBe(
      'The labels of sex = Female moved: 55.0 % of 400 are positive instead of 25.0 %. The others add hardly anything.',
    );
    expect(explain('RD', after)).toBe(
      'The labels of sex = Female moved: 50.0 % of 300 predicted negative are positive instead of 10.0 %. The predictions and the others add hardly anything.',
    );
  });

  test('tells whose predictions moved', () => {
    // Half of the positive predictions became negative ones, each as often right as before.
    const after = [640, 30, 170, 160, 270, 30, 30, 70];
    expect(explain('DPPL', after)).toBe(
      'The predictions for sex = Male moved: 19.0 % of 1,000 are positive instead of 38.0 %. The labels and the rows with sex = Female add hardly anything.',
    );
  });

  test('tells what moved as well, or against it', () => {
    expect(explain('DPL', [432, 48, 104, 416, 320, 20, 24, 36])).toBe(
      'The labels of sex = Male moved: 52.0 % of 1,000 are positive instead of 40.0 %. The labels of sex = Female moved as well: 15.0 % of 400 are positive instead of 25.0 %.',
    );
    expect(explain('DPL', [432, 48, 104, 416, 265, 15, 48, 72])).toBe(
      'The labels of sex = Male moved: 52.0 % of 1,000 are positive instead of 40.0 %. The labels of sex = Female worked against it.',
    );
  });

  test('tells how the sizes of the sides moved, or where their rows went', () => {
    const more = before.map((count, place) => (place < 4 ? count : count * 3));
    expect(explain('CI', more)).toBe(
      'The sizes of the two sides moved: sex = Female is 54.5 % of 2,200 rows instead of 28.6 %.',
    );
    const from = [
      [10, 0, 0, 30, 30, 0, 0, 10],
      [30, 0, 0, 10, 20, 0, 0, 20],
    ];
    const moved = [
      [10, 0, 0, 30, 3, 0, 0, 1],
      [30, 0, 0, 10, 38, 0, 0, 38],
    ];
    expect(explain('CDDL', moved, { from })).toBe(
      'The sizes of the two sides moved: their rows have other values of the group variable.',
    );
  });

  test('names the first segment with what it carries', () => {
    const segment: BiasSegment = {
      conditions: [{ feature: 'occupation', kind: 'missing' }],
      ...{ title: 'occupation is missing', rows: 140, baselineRows: 900, contribution: -0.186 },
    };
    const after = [540, 60, 80, 320, 150, 30, 150, 70];
    expect(explain('DPL', after, { segments: [segment] })).toMatch(
      / Rows where occupation is missing, 10\.0 % of all, carry 62\.0 % of the change\.$/,
    );
    expect(explain('DPL', after, { segments: [{ ...segment, contribution: -0.31 }] })).toMatch(
      /carry the whole change\.$/,
    );
  });

  test('tells small changes of many rows apart, says when nothing moved, and clips titles', () => {
    const many = [540_000, 60_000, 80_000, 320_000, 600_000, 0, 400_000, 0];
    const after = [540_000, 60_000, 80_000, 320_000, 599_980, 0, 400_020, 0];
    expect(explain('DPL', after, { from: [many] })).toContain('40.002 % of 1,000,000 are positive instead of 40 %');
    expect(explain('DPL', before)).toBe('What moved cancels out.');
    const text = explain('RD', [540, 60, 80, 320, 150, 30, 150, 70], { title: 'x'.repeat(1000) });
    expect(text.length).toBeLessThan(300);
  });
});
