import type { CalibrationBin, Pair } from 'driftline';
import { formatInterval, formatMetric } from '../format/metric-format.js';
import { formatCount } from '../format/number-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { guessLine } from './quality-curves.js';

/** The share of positives against the predicted probability, with intervals; on the diagonal both are the same. */
export function calibrationFigure({ baseline, current }: Pair<readonly CalibrationBin[]>, style: ChartStyle): Figure {
  const { colours, trans } = style;
  const ends = { range: [-0.02, 1.02], nticks: 6, tickformat: '.1f' };
  return {
    data: [
      ...calibrationLine(baseline, { name: trans.__('baseline'), colour: colours.baseline, symbol: 'square' }, style),
      ...calibrationLine(current, { name: trans.__('current'), colour: colours.current, symbol: 'circle' }, style),
    ],
    layout: {
      ...baseLayout(style),
      height: 300,
      margin: { l: 48, r: 12, t: 8, b: 44 },
      hovermode: 'closest',
      xaxis: axis(style, trans.__('mean predicted probability'), ends),
      yaxis: axis(style, trans.__('share of positives'), ends),
      shapes: [guessLine({ x0: 0, y0: 0, x1: 1, y1: 1 }, style)],
    },
  };
}

function calibrationLine(
  bins: readonly CalibrationBin[] | undefined,
  { name, colour, symbol }: { readonly name: string; readonly colour: string; readonly symbol: string },
  { trans }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  const filled = (bins ?? []).filter(({ rows }) => rows > 0);
  if (filled.length === 0) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines+markers',
      name,
      x: filled.map(({ predicted }) => predicted),
      y: filled.map(({ observed }) => observed.value),
      line: { color: colour, width: 1.5 },
      marker: { color: colour, size: 7, symbol },
      error_y: {
        type: 'data',
        symmetric: false,
        array: filled.map(({ observed }) => Math.max(0, (observed.upper ?? observed.value) - observed.value)),
        arrayminus: filled.map(({ observed }) => Math.max(0, observed.value - (observed.lower ?? observed.value))),
        color: colour,
        thickness: 1.25,
        width: 3,
      },
      hovertemplate: filled.map(({ lower, upper, rows, predicted, observed }) => {
        const interval = formatInterval(observed, 'fraction');
        return `<b>${name}</b>, ${trans.__('scores %1 to %2', formatMetric(lower, 'fraction'), formatMetric(upper, 'fraction'))}<br>${trans.__('predicted')} ${formatMetric(predicted, 'fraction')}<br>${trans.__('positives')} ${formatMetric(observed.value, 'fraction')}${interval === undefined ? '' : ` (${interval})`}<br>${trans.__('rows')} ${formatCount(rows)}<extra></extra>`;
      }),
    },
  ];
}
