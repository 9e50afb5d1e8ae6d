import type { Estimated, Intersection, IntersectionCell, Pair } from 'driftline';
import { formatBias, formatBiasChange, formatBiasInterval } from '../../format/bias-format.js';
import { formatCount } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { contrast, mix } from '../colour-contrast.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';

/** What the colours tell: a sample's metric, or current less baseline. */
export type IntersectionView = 'baseline' | 'current' | 'change';

/** Pixels. In smaller cells only the value is written, in still smaller ones nothing. */
const roomForRows = 76;
const roomForValue = 44;
const widestCell = 190;
/** The weakest scale: differences below it do not get a full colour. */
const leastScale = 0.05;

/** The number of a cell in one of the views; undefined where there is none. */
export function cellValue({ values }: IntersectionCell, metric: string, view: IntersectionView): Estimated | undefined {
  const pair: Pair<Estimated> = values[metric] ?? {};
  return view === 'change' ? changeOf(pair) : pair[view];
}

/**
 * Current less baseline, with the interval that follows from theirs.
 *
 * @see Source: Zou & Donner 2008 (square and add), of two independent samples.
 */
function changeOf({ baseline, current }: Pair<Estimated>): Estimated | undefined {
  if (baseline === undefined || current === undefined) return undefined;
  const value = current.value - baseline.value;
  const ends = [baseline.lower, baseline.upper, current.lower, current.upper];
  if (ends.some((end) => end === undefined)) return { value };
  const [a, b, c, d] = ends as [number, number, number, number];
  return {
    value,
    lower: value - Math.hypot(current.value - c, b - baseline.value),
    upper: value + Math.hypot(d - current.value, baseline.value - a),
  };
}

/** Whether the interval of a number lies on one side of 0. */
function isSure({ lower, upper }: Estimated): boolean {
  return lower !== undefined && upper !== undefined && (lower > 0 || upper < 0);
}

/** Metrics of which any cell has a number, in the order of their first appearance. */
export function cellMetrics({ cells }: Intersection): string[] {
  const names = [...new Set(cells.flatMap(({ values }) => Object.keys(values)))];
  return names.filter((name) => cells.some(({ values }) => values[name]?.baseline ?? values[name]?.current));
}

/**
 * Groups of one facet downwards, of the other across; the colour is the cell's metric against all rows outside of it:
 * blue below equal treatment, red above, none where chance may explain the difference. Without any interval all cells
 * are coloured.
 */
export function intersectionFigure(
  intersection: Intersection,
  metric: string,
  view: IntersectionView,
  style: ChartStyle,
): Figure {
  const { colours, width } = style;
  const { rows, columns, facets } = intersection;
  const cells = rows.map((_, row) =>
    columns.map((__, column) => intersection.cells.find((cell) => cell.row === row && cell.column === column)),
  );
  const numbers = cells.map((line) => line.map((cell) => cell && cellValue(cell, metric, view)));
  const unsure = numbers.flat().every((number) => number?.lower === undefined);
  const shades = numbers.map((line) =>
    line.map((number) => (number === undefined ? null : unsure || isSure(number) ? number.value : 0)),
  );
  const top = Math.max(leastScale, ...shades.flat().map((shade) => Math.abs(shade ?? 0)));
  const [down, across] = [withoutFacet(rows, facets[0]), withoutFacet(columns, facets[1])];
  const names = down.names.map((name) => shorten(name, width < 420 ? 14 : 26));
  const beside = (down.title === '' ? 24 : 46) + 7 * Math.max(0, ...names.map((name) => name.length));
  const cellWidth = Math.min(widestCell, (width - beside) / Math.max(1, columns.length));
  const cellHeight = rows.length > 8 ? 32 : 52;
  const above = across.names.map((name) => shorten(name, Math.max(8, Math.min(26, Math.floor(cellWidth / 6.5)))));
  return {
    data: [
      {
        type: 'heatmap',
        x: columns.map((_, index) => index),
        y: rows.map((_, index) => index),
        z: shades,
        zmin: -top,
        zmax: top,
        colorscale: [
          [0, colours.current],
          [0.5, colours.surface],
          [1, colours.violated],
        ],
        showscale: false,
        xgap: 2,
        ygap: 2,
        customdata: cells.map((line) => line.map((cell) => (cell === undefined ? null : [cell.row, cell.column]))),
        text: cells.map((line, row) =>
          line.map((cell, column) =>
            cellText(
              cell,
              numbers[row]?.[column],
              shades[row]?.[column] ?? 0,
              { view, top, cellWidth, cellHeight },
              style,
            ),
          ),
        ),
        texttemplate: '%{text}',
        textfont: { size: cellWidth < 60 ? 10 : 12 },
        hoverinfo: 'text',
        hovertext: cells.map((line, row) =>
          line.map((cell, column) => hover(cell, [rows[row] ?? '', columns[column] ?? ''], metric, style)),
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: (across.title === '' ? 44 : 64) + rows.length * cellHeight,
      margin: { l: 8, r: Math.max(8, width - beside - cellWidth * columns.length), t: 8, b: 8 },
      hovermode: 'closest',
      xaxis: axis(style, plotText(across.title), {
        tickvals: columns.map((_, index) => index),
        ticktext: above.map(plotText),
        tickangle: cellWidth < 60 ? -40 : 0,
        range: [-0.5, columns.length - 0.5],
        showgrid: false,
        ticks: '',
      }),
      yaxis: axis(style, plotText(down.title), {
        tickvals: rows.map((_, index) => index),
        ticktext: names.map((name) => `${plotText(name)} `),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
        ticks: '',
      }),
    },
  };
}

/** "Female" and "Male" under the title "sex", where all names begin with "sex = "; else the names as they are. */
function withoutFacet(
  names: readonly string[],
  facet: string,
): { readonly title: string; readonly names: readonly string[] } {
  const start = `${facet} = `;
  return names.every((name) => name.startsWith(start) && name.length > start.length)
    ? { title: facet, names: names.map((name) => name.slice(start.length)) }
    : { title: '', names };
}

function cellText(
  cell: IntersectionCell | undefined,
  number: Estimated | undefined,
  shade: number,
  {
    view,
    top,
    cellWidth,
    cellHeight,
  }: { readonly view: IntersectionView; readonly top: number; readonly cellWidth: number; readonly cellHeight: number },
  { colours, trans }: ChartStyle,
): string {
  if (cellWidth < roomForValue || cell === undefined) return '';
  const size = cell.size[view === 'baseline' ? 'baseline' : 'current'];
  const cellColour = mix(colours.surface, shade < 0 ? colours.current : colours.violated, Math.abs(shade) / top);
  const colour =
    contrast(colours.text, cellColour) >= contrast(colours.background, cellColour) ? colours.text : colours.background;
  const span = (text: string): string =>
    `<span style="color:${number === undefined ? colours.muted : colour}">${text}</span>`;
  const write = view === 'change' ? formatBiasChange : formatBias;
  const value = number === undefined ? trans.__('no value') : write(number.value, 'fraction');
  const rowsOf = size === undefined ? '' : trans._n('1 row', '%1 rows', size).replace(String(size), formatCount(size));
  const two = cellWidth >= roomForRows && cellHeight >= 44 && rowsOf !== '';
  const strong = shade === 0 ? plotText(value) : `<b>${plotText(value)}</b>`;
  return `${span(strong)}${two ? `<br>${span(plotText(rowsOf))}` : ''}`;
}

function hover(
  cell: IntersectionCell | undefined,
  [row, column]: readonly [string, string],
  metric: string,
  { trans }: ChartStyle,
): string {
  const names = `<b>${plotText(row)}, ${plotText(column)}</b>`;
  if (cell === undefined) return `${names}<br>${trans.__('no rows')}`;
  const sample = (name: string, of: 'baseline' | 'current'): string => {
    const number = cell.values[metric]?.[of];
    const size = cell.size[of];
    if (size === undefined) return '';
    const interval = number && formatBiasInterval(number, 'fraction');
    return `<br>${name} ${formatBias(number?.value, 'fraction')}${interval === undefined ? '' : ` (${interval})`}, ${formatCount(size)} ${trans.__('rows')}`;
  };
  return `${names}<br>${plotText(metric)}${sample(trans.__('baseline'), 'baseline')}${sample(trans.__('current'), 'current')}`;
}
