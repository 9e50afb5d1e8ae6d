import type { ConfusionMatrix } from 'driftline';
import { formatCount, formatFraction } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';

/** Beyond so many classes the cells are too small for text; pointing at one and the table still say it. */
export const cellTextLimit = 8;

/** One actual class: how often each class was predicted for it. */
export interface ConfusionRow {
  readonly actual: string;
  readonly counts: readonly number[];
  readonly total: number;
  /** Of the row, in [0, 1]; undefined for a class that does not occur. */
  readonly shares: readonly (number | undefined)[];
}

/** The rows of a confusion matrix with their shares. */
export function confusionRows({ classes, counts }: ConfusionMatrix): ConfusionRow[] {
  return classes.map((actual, at) => {
    const row = classes.map((_, predicted) => counts[at]?.[predicted] ?? 0);
    const total = row.reduce((sum, count) => sum + count, 0);
    return { actual, counts: row, total, shares: row.map((count) => (total > 0 ? count / total : undefined)) };
  });
}

/** Actual classes downwards, predicted ones across; the colour is the share of the row, so that rare classes show too. */
export function confusionMatrixFigure(matrix: ConfusionMatrix, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const rows = confusionRows(matrix);
  const positions = matrix.classes.map((_, index) => index);
  const labels = matrix.classes.map((name) => plotText(shorten(name, width < 420 ? 10 : 18)));
  const texts = matrix.classes.length <= cellTextLimit;
  const ticks = { tickvals: positions, ticktext: labels, showgrid: false, ticks: '' };
  return {
    data: [
      {
        type: 'heatmap',
        x: positions,
        y: positions,
        z: rows.map(({ shares }) => shares.map((share) => share ?? null)),
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, colours.surface],
          [1, colours.current],
        ],
        showscale: false,
        xgap: 2,
        ygap: 2,
        ...(texts && {
          text: rows.map(({ counts, shares }) =>
            counts.map((count, index) => `<b>${formatCount(count)}</b><br>${formatFraction(shares[index])}`),
          ),
          texttemplate: '%{text}',
        }),
        hovertemplate: rows.map(({ actual, counts, shares }) =>
          counts.map(
            (count, index) =>
              `${trans.__('actual')} <b>${plotText(actual)}</b><br>${trans.__('predicted')} <b>${plotText(matrix.classes[index] ?? '')}</b><br>${formatCount(count)} (${trans.__('%1 of the row', formatFraction(shares[index]))})<extra></extra>`,
          ),
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 84 + Math.max(110, Math.min(520, matrix.classes.length * (texts ? 56 : 20))),
      margin: { l: 8, r: 8, t: 8, b: 8 },
      hovermode: 'closest',
      xaxis: axis(style, trans.__('predicted'), { ...ticks, side: 'bottom', range: [-0.5, positions.length - 0.5] }),
      yaxis: axis(style, trans.__('actual'), { ...ticks, range: [positions.length - 0.5, -0.5] }),
    },
  };
}
