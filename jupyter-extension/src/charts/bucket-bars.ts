import { formatCount, formatFraction, formatNumber } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';

/** A numeric bucket of `statistics.json`. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** A category of `statistics.json`. */
export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

/** Categories in one chart; the table beside it has them all. */
export const categoryLimit = 30;

/** The histogram of one sample, from its buckets. */
export function bucketFigure(buckets: readonly Bucket[], name: string, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const flat = buckets.every(({ lower, upper }) => lower === upper);
  return {
    data: [
      {
        type: 'bar',
        name,
        x: buckets.map(({ lower, upper }) => (lower + upper) / 2),
        y: buckets.map(({ count }) => count),
        width: flat ? undefined : buckets.map(({ lower, upper }) => upper - lower),
        marker: { color: colours.baseline, line: { color: colours.background, width: 1 } },
        hovertemplate: buckets.map(
          ({ lower, upper, count }) =>
            `<b>${trans.__('%1 to %2', formatNumber(lower), formatNumber(upper))}</b><br>${formatCount(count)} (${formatFraction(total > 0 ? count / total : 0)})<extra></extra>`,
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 240,
      margin: { l: 56, r: 12, t: 12, b: 40 },
      bargap: 0,
      hovermode: 'closest',
      xaxis: axis(style, '', { title: undefined, showgrid: false, nticks: width < 420 ? 5 : 11 }),
      yaxis: axis(style, trans.__('values'), { rangemode: 'tozero', nticks: 6 }),
    },
  };
}

/** One bar a category of one sample, the most frequent first. */
export function categoryFigure(categories: readonly CategoryCount[], name: string, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const shown = [...categories].sort((a, b) => b.count - a.count).slice(0, categoryLimit);
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name,
        y: shown.map((_, index) => index),
        x: shown.map(({ count }) => count),
        marker: { color: colours.baseline },
        hovertemplate: shown.map(
          ({ value, count }) =>
            `<b>${plotText(value)}</b><br>${formatCount(count)} (${formatFraction(total > 0 ? count / total : 0)})<extra></extra>`,
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 64 + shown.length * 22,
      margin: { l: 8, r: 16, t: 12, b: 40 },
      bargap: 0.3,
      hovermode: 'closest',
      xaxis: axis(style, trans.__('values'), { rangemode: 'tozero', nticks: width < 420 ? 4 : 8 }),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: shown.map((_, index) => index),
        ticktext: shown.map(({ value }) => `${plotText(shorten(value, width < 420 ? 14 : 28))} `),
        range: [shown.length - 0.5, -0.5],
        showgrid: false,
      }),
    },
  };
}
