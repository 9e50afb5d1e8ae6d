import type { RankingDrift } from 'driftline';
import { formatBounds, formatNdcg } from '../../format/attribution-format.js';
import { formatNumber } from '../../format/number-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from '../figure.js';
import { errorBars, hoverLines } from './feature-rows.js';

/** The nDCG with its 95 % interval on a scale up to 1; the part below the threshold is shaded. */
export function ndcgScaleFigure({ value, lower, upper, threshold, status }: RankingDrift, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const least = Math.min(value, lower ?? value, threshold);
  const left = Math.max(0, least - (1 - least) * 0.25 - 0.01);
  const violated = status === 'violated';
  const colour = violated ? colours.violated : colours.current;
  const interval = { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
  const intervalWords = formatBounds(interval, (end) => formatNdcg(end));
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: [value],
        y: [0],
        error_x: { ...errorBars([{ value, ...interval }], colour), thickness: 3, width: 7 },
        marker: {
          color: colour,
          size: 11,
          symbol: violated ? 'diamond' : 'circle',
        },
        hovertext: [
          hoverLines(`nDCG ${formatNdcg(value)}`, intervalWords && `${trans.__('95 % interval')} ${intervalWords}`),
        ],
        hoverinfo: 'text',
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 84,
      margin: { l: 12, r: 16, t: 22, b: 26 },
      hovermode: 'closest',
      xaxis: axis(style, '', { title: undefined, range: [left, 1 + (1 - left) * 0.02], nticks: width < 420 ? 4 : 8 }),
      yaxis: axis(style, '', { title: undefined, range: [-1, 1], visible: false }),
      shapes: [
        {
          type: 'rect',
          yref: 'paper',
          y0: 0,
          y1: 1,
          x0: left,
          x1: threshold,
          fillcolor: colours.violated,
          opacity: 0.08,
          line: { width: 0 },
          layer: 'below',
        },
        {
          type: 'line',
          yref: 'paper',
          y0: 0,
          y1: 1,
          x0: threshold,
          x1: threshold,
          line: { color: colours.text, width: 1.5, dash: 'dot' },
        },
      ],
      annotations: [
        {
          yref: 'paper',
          y: 1,
          yanchor: 'bottom',
          x: threshold,
          xanchor: 'right',
          showarrow: false,
          text: trans.__('drifted below %1', formatNumber(threshold)),
          font: { color: colours.muted, size: 11 },
        },
      ],
    },
  };
}
