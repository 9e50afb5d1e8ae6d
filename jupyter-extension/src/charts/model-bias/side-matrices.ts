import type { BiasSide } from 'driftline';
import { formatCount, formatFraction } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { contrast, mix } from '../colour-contrast.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';

/** The confusion matrix of one side in one sample. */
export interface SideMatrix {
  /** "sex = Female". */
  readonly title: string;
  /** "baseline" or "current". */
  readonly sample: string;
  readonly confusion: NonNullable<BiasSide['confusion']>;
}

/** From this width on all four matrices stand in one line. */
const inOneLine = 720;
const matrixHeight = 128;

const axisHeight = 44;
const left = 64;

/** Two samples of two sides as a grid of confusion matrices; the colour of a cell is its share of the actual class. */
export function sideMatricesFigure(matrices: readonly SideMatrix[], style: ChartStyle): Figure {
  const { width, trans } = style;
  const columns = width >= inOneLine ? Math.max(1, matrices.length) : Math.min(2, Math.max(1, matrices.length));
  const narrow = (width - left) / columns < 190;
  const titleHeight = narrow ? 58 : 42;
  const lines = Math.max(1, Math.ceil(matrices.length / columns));
  const lineHeight = titleHeight + matrixHeight + axisHeight;
  const height = lines * lineHeight;
  const places = matrices.map((matrix, index) => {
    const [column, line] = [index % columns, Math.floor(index / columns)];
    const gap = 12 / (width - left);
    const between = columns === 4 ? 2 * gap : 0;
    const wide = (1 - (columns - 1) * gap - between) / columns;
    const x0 = column * (wide + gap) + (column >= 2 ? between : 0);
    const x1 = x0 + wide;
    const top = 1 - (line * lineHeight + titleHeight) / height;
    return {
      matrix,
      id: index === 0 ? '' : String(index + 1),
      column,
      x: [x0, x1],
      y: [top - matrixHeight / height, top],
    };
  });
  const titleLength = Math.max(8, Math.floor((width - left) / columns / 8.4));
  return {
    data: places.map(({ matrix, id }) => heatmap(matrix, id, (width - left) / columns / 2, style)),
    layout: {
      ...baseLayout(style),
      height,
      margin: { l: left, r: 4, t: 0, b: 0 },
      hovermode: 'closest',
      ...Object.assign(
        {},
        ...places.map(({ id, column, x, y }) => ({
          [`xaxis${id}`]: { ...edge(style, trans.__('predicted')), domain: x, anchor: `y${id}` },
          [`yaxis${id}`]: {
            ...edge(style, trans.__('actual'), column === 0),
            domain: y,
            anchor: `x${id}`,
            range: [1.5, -0.5],
          },
        })),
      ),
      annotations: places.map(({ matrix, x, y }) => ({
        xref: 'paper',
        yref: 'paper',
        x: x[0],
        xanchor: 'left',
        y: y[1],
        yanchor: 'bottom',
        yshift: 4,
        align: 'left',
        showarrow: false,
        text: `<b>${plotText(shorten(matrix.title, titleLength))}</b><br>${plotText(matrix.sample)}${narrow ? '<br>' : ', '}${plotText(trans.__('%1 rows', formatCount(total(matrix.confusion))))}`,
      })),
    },
  };
}

function edge(style: ChartStyle, title: string, named: boolean = true): Record<string, unknown> {
  const { trans } = style;
  return axis(style, title, {
    ...(!named && { title: undefined }),
    range: [-0.5, 1.5],
    tickvals: [0, 1],
    ticktext: named ? [trans.__('positive'), trans.__('negative')] : ['', ''],
    showgrid: false,
    ticks: '',
    automargin: false,
  });
}

function heatmap(
  { title, sample, confusion }: SideMatrix,
  id: string,
  cellWidth: number,
  { colours, trans }: ChartStyle,
): Readonly<Record<string, unknown>> {
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = confusion;
  const counts = [
    [truePositives, falseNegatives],
    [falsePositives, trueNegatives],
  ];
  const shares = counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total > 0 ? count / total : undefined));
  });
  const words = [
    [trans.__('true positives'), trans.__('false negatives')],
    [trans.__('false positives'), trans.__('true negatives')],
  ];
  return {
    type: 'heatmap',
    name: `${title}, ${sample}`,
    xaxis: `x${id}`,
    yaxis: `y${id}`,
    x: [0, 1],
    y: [0, 1],
    z: shares.map((row) => row.map((share) => share ?? null)),
    zmin: 0,
    zmax: 1,
    colorscale: [
      [0, colours.surface],
      [1, colours.current],
    ],
    showscale: false,
    xgap: 2,
    ygap: 2,
    text: counts.map((row, at) => row.map((count, to) => cellText(count, shares[at]![to], colours))),
    texttemplate: '%{text}',
    textfont: { size: cellWidth < 60 ? 10 : 12 },
    hoverinfo: 'text',
    hovertext: counts.map((row, at) =>
      row.map(
        (count, to) =>
          `<b>${plotText(title)}</b>, ${plotText(sample)}<br>${words[at]![to]} ${formatCount(count)}<br>${plotText(trans.__('%1 of the row', formatFraction(shares[at]![to])))}`,
      ),
    ),
  };
}

/** In that of text and background colour which stands out more from the cell. */
function cellText(count: number, share: number | undefined, colours: ChartStyle['colours']): string {
  const cell = mix(colours.surface, colours.current, share ?? 0);
  const colour = contrast(colours.text, cell) >= contrast(colours.background, cell) ? colours.text : colours.background;
  return `<span style="color:${colour}"><b>${formatCount(count)}</b></span><br><span style="color:${colour}">${plotText(formatFraction(share))}</span>`;
}

function total({ truePositives, falseNegatives, falsePositives, trueNegatives }: SideMatrix['confusion']): number {
  return truePositives + falseNegatives + falsePositives + trueNegatives;
}
