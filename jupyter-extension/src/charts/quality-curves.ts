import type { ConfusionMatrix, CurvePoints, Pair } from 'driftline';
import { formatMetric } from '../format/metric-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';

/** What the curves are called, where they are not baseline and current. */
export type CurveNames = Pair<string>;

/** The receiver operating characteristic, with the line of guessing. */
export function rocFigure(curves: Pair<CurvePoints>, style: ChartStyle, names: CurveNames = {}): Figure {
  const { trans } = style;
  const titles = { x: trans.__('false positive rate'), y: trans.__('true positive rate') };
  return curvesFigure(curves, { ...titles, ...names }, { x0: 0, y0: 0, x1: 1, y1: 1 }, style);
}

/** Precision against recall; `prevalence`, the share of positives, is the precision of guessing. */
export function precisionRecallFigure(
  curves: Pair<CurvePoints>,
  prevalence: number | undefined,
  style: ChartStyle,
  names: CurveNames = {},
): Figure {
  const { trans } = style;
  const guessing = prevalence === undefined ? undefined : { x0: 0, y0: prevalence, x1: 1, y1: prevalence };
  return curvesFigure(curves, { x: trans.__('recall'), y: trans.__('precision'), ...names }, guessing, style);
}

/** The share of rows whose actual class is `positive`; undefined where the matrix does not have it, or no rows. */
export function classShare(matrix: ConfusionMatrix | undefined, positive: string | undefined): number | undefined {
  const at = positive === undefined ? -1 : (matrix?.classes.indexOf(positive) ?? -1);
  if (matrix === undefined || at < 0) return undefined;
  const sums = matrix.counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = sums.reduce((sum, count) => sum + count, 0);
  return total > 0 ? (sums[at] ?? 0) / total : undefined;
}

/**
 * The height of the drawn curve at `at`; where it is vertical, the upper end. Undefined outside the curve's range. The
 * points may run in either direction.
 */
export function readCurve({ x, y }: CurvePoints, at: number): number | undefined {
  let best: number | undefined;
  const take = (value: number): void => {
    if (Number.isFinite(value) && (best === undefined || value > best)) best = value;
  };
  for (let i = 0; i < x.length; i++) {
    const [x0, y0, x1, y1] = [x[i]!, y[i]!, x[i + 1], y[i + 1]];
    if (x0 === at) take(y0);
    if (x1 === undefined || y1 === undefined || (x0 - at) * (x1 - at) >= 0) continue;
    take(y0 + ((at - x0) / (x1 - x0)) * (y1 - y0));
  }
  return best;
}

interface Line {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function curvesFigure(
  { baseline, current }: Pair<CurvePoints>,
  titles: { readonly x: string; readonly y: string } & CurveNames,
  guessing: Line | undefined,
  style: ChartStyle,
): Figure {
  const { colours, trans } = style;
  const curve = (points: CurvePoints | undefined, name: string, colour: string) =>
    points === undefined
      ? []
      : [
          {
            type: 'scatter',
            mode: 'lines',
            name,
            x: points.x,
            y: points.y,
            line: { color: colour, width: 2 },
            hovertemplate: points.x.map(
              (x, index) =>
                `<b>${name}</b><br>${titles.x} ${formatMetric(x, 'fraction')}<br>${titles.y} ${formatMetric(points.y[index], 'fraction')}<extra></extra>`,
            ),
          },
        ];
  const ends = { range: [-0.01, 1.01], nticks: 6, tickformat: '.1f' };
  return {
    data: [
      ...curve(baseline, titles.baseline ?? trans.__('baseline'), colours.baseline),
      ...curve(current, titles.current ?? trans.__('current'), colours.current),
    ],
    layout: {
      ...baseLayout(style),
      height: 300,
      margin: { l: 48, r: 12, t: 8, b: 44 },
      hovermode: 'closest',
      xaxis: axis(style, titles.x, ends),
      yaxis: axis(style, titles.y, ends),
      shapes: guessing === undefined ? [] : [guessLine(guessing, style)],
    },
  };
}

/** The dotted line of a model that knows nothing, or of one that is exactly right in its probabilities. */
export function guessLine(line: Line, { colours }: ChartStyle): Readonly<Record<string, unknown>> {
  return { type: 'line', layer: 'below', ...line, line: { color: colours.muted, width: 1.5, dash: 'dot' } };
}
