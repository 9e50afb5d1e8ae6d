import type { CategoricalDistribution } from 'driftline';
import { formatCount, formatFraction } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { baselineMarker, currentMarker } from './sample-markers.js';

/** One category, or the rest in one row. */
export interface CategoryRow {
  readonly title: string;
  readonly unseen: boolean;
  readonly baseline: number;
  readonly current: number;
  /** Of each sample's values, in [0, 1]; 0 for a sample without values. */
  readonly baselineShare: number;
  readonly currentShare: number;
}

/** The categories as the report orders them, unseen ones first, what was summed up last. */
export function categoryRows(
  distribution: CategoricalDistribution,
  { trans }: Pick<ChartStyle, 'trans'>,
): CategoryRow[] {
  const { categories, baseline, current, unseen, other } = distribution;
  const total = (counts: readonly number[], rest: number): number => counts.reduce((sum, count) => sum + count, rest);
  const totals = [total(baseline, other?.baseline ?? 0), total(current, other?.current ?? 0)] as const;
  const row = (title: string, a: number, b: number, isUnseen = false): CategoryRow => ({
    title,
    unseen: isUnseen,
    baseline: a,
    current: b,
    baselineShare: totals[0] > 0 ? a / totals[0] : 0,
    currentShare: totals[1] > 0 ? b / totals[1] : 0,
  });
  const rows = categories.map((category, index) =>
    row(
      category === '' ? trans.__('(empty text)') : category,
      baseline[index] ?? 0,
      current[index] ?? 0,
      unseen.includes(index),
    ),
  );
  return [
    ...rows.filter(({ unseen: isUnseen }) => isUnseen),
    ...rows.filter(({ unseen: isUnseen }) => !isUnseen),
    ...(other === undefined
      ? []
      : [row(trans.__('%1 other categories', other.categories), other.baseline, other.current)]),
  ];
}

/** Two bars a category, as shares; categories that the baseline does not have are hatched and say so. */
export function categoryBarsFigure(distribution: CategoricalDistribution, name: string, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const rows = categoryRows(distribution, style);
  const length = width < 420 ? 14 : 26;
  const hover = rows.map(
    (row) =>
      `<b>${plotText(row.title)}</b>${row.unseen ? ` (${trans.__('not in the baseline')})` : ''}<br>${trans.__('baseline')} ${formatFraction(row.baselineShare)} (${formatCount(row.baseline)})<br>${trans.__('current')} ${formatFraction(row.currentShare)} (${formatCount(row.current)})<extra></extra>`,
  );
  const shared = { type: 'bar', orientation: 'h', y: rows.map((_, index) => index), hovertemplate: hover };
  return {
    data: [
      {
        ...shared,
        name: trans.__('baseline'),
        x: rows.map(({ baselineShare }) => baselineShare),
        marker: baselineMarker(colours),
      },
      {
        ...shared,
        name: trans.__('current'),
        x: rows.map(({ currentShare }) => currentShare),
        marker: currentMarker(
          colours,
          rows.map(({ unseen }) => unseen),
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 56 + rows.length * 30,
      margin: { l: 8, r: 16, t: 6, b: 40 },
      barmode: 'group',
      bargap: 0.3,
      bargroupgap: 0.05,
      hovermode: 'closest',
      xaxis: axis(style, trans.__('share of values'), {
        tickformat: '.0%',
        rangemode: 'tozero',
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: rows.map((_, index) => index),
        ticktext: rows.map(
          ({ title, unseen }) => `${plotText(shorten(title, length))}${unseen ? ` (${trans.__('new')})` : ''} `,
        ),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
      }),
      meta: { name },
    },
  };
}
