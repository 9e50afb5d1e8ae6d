import type { ConfusionMatrix } from 'driftline';
import { formatCount, formatFraction } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { contrast, mix } from './colour-contrast.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';

/** Beyond so many classes, or in narrower cells, there is no text; pointing at a cell and the table still say it. */
export const cellTextLimit = 8;
const narrowestCell = 44;
/** Pixels that a class name needs along an edge; where there are fewer, some names are left out. */
const nameSpace = 14;

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
  const names = matrix.classes.map((name) => shorten(name, width < 420 ? 10 : 18));
  const labels = names.map(plotText);
  const beside = 36 + 7 * Math.max(0, ...names.map(({ length }) => length));
  const cellWidth = (width - beside) / Math.max(1, names.length);
  const texts = matrix.classes.length <= cellTextLimit && cellWidth >= narrowestCell;
  const height = Math.max(110, Math.min(520, names.length * (texts ? 56 : 20)));
  const ticks = (space: number) => {
    const every = Math.max(1, Math.ceil(nameSpace / Math.max(1, space)));
    const named = <Each>(list: readonly Each[]): Each[] => list.filter((_, index) => index % every === 0);
    return { tickvals: named(positions), ticktext: named(labels), showgrid: false, ticks: '' };
  };
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
          text: cellTexts(rows, style),
          texttemplate: '%{text}',
          textfont: { size: cellWidth < 56 ? 10 : 12 },
        }),
        hoverinfo: 'text',
        hovertext: rows.map(({ actual, counts, shares }) =>
          counts.map(
            (count, index) =>
              `${trans.__('actual')} <b>${plotText(actual)}</b><br>${trans.__('predicted')} <b>${plotText(matrix.classes[index] ?? '')}</b><br>${formatCount(count)} (${plotText(trans.__('%1 of the row', formatFraction(shares[index])))})`,
          ),
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 84 + height,
      margin: { l: 8, r: 8, t: 8, b: 8 },
      hovermode: 'closest',
      xaxis: axis(style, trans.__('predicted'), {
        ...ticks(cellWidth),
        side: 'bottom',
        range: [-0.5, positions.length - 0.5],
      }),
      yaxis: axis(style, trans.__('actual'), {
        ...ticks(height / Math.max(1, names.length)),
        range: [positions.length - 0.5, -0.5],
      }),
    },
  };
}

/** Counts and shares; each in that of text and background colour which stands out more from its cell. */
function cellTexts(rows: readonly ConfusionRow[], { colours }: ChartStyle): string[][] {
  return rows.map(({ counts, shares }) =>
    counts.map((count, index) => {
      const cell = mix(colours.surface, colours.current, shares[index] ?? 0);
      const colour = contrast(colours.text, cell) >= contrast(colours.background, cell) ? 'text' : 'background';
      const span = (text: string): string => `<span style="color:${colours[colour]}">${text}</span>`;
      return `${span(`<b>${formatCount(count)}</b>`)}<br>${span(plotText(formatFraction(shares[index])))}`;
    }),
  );
}
