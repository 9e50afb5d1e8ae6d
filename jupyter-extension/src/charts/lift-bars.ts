import type { LiftBin, Pair } from 'driftline';
import { formatCount, formatFraction, formatNumber } from '../format/number-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { baselineMarker, currentMarker } from './sample-markers.js';

/** How many times the share of positives each tenth of the scores has, the highest scores first; 1 is no better than chance. */
export function liftFigure({ baseline, current }: Pair<readonly LiftBin[]>, style: ChartStyle): Figure {
  const { colours, trans } = style;
  const bars = (bins: readonly LiftBin[] | undefined, name: string, marker: object) =>
    bins === undefined
      ? []
      : [
          {
            type: 'bar',
            name,
            x: bins.map(({ decile }) => decile),
            y: bins.map(({ lift }) => lift),
            marker,
            hovertemplate: bins.map(
              ({ decile, rows, positives, lift }) =>
                `<b>${trans.__('tenth %1', decile)}</b>, ${name}<br>${trans.__('lift')} ${formatNumber(lift, 3)}<br>${trans.__('positives')} ${formatFraction(positives)}<br>${trans.__('rows')} ${formatCount(rows)}<extra></extra>`,
            ),
          },
        ];
  const deciles = [...new Set([...(baseline ?? []), ...(current ?? [])].map(({ decile }) => decile))];
  return {
    data: [
      ...bars(baseline, trans.__('baseline'), baselineMarker(colours)),
      ...bars(
        current,
        trans.__('current'),
        currentMarker(
          colours,
          (current ?? []).map(() => false),
        ),
      ),
    ],
    layout: {
      ...baseLayout(style),
      height: 300,
      margin: { l: 48, r: 12, t: 8, b: 44 },
      barmode: 'group',
      bargap: 0.25,
      bargroupgap: 0.05,
      hovermode: 'closest',
      xaxis: axis(style, trans.__('tenth of the rows, highest scores first'), { tickvals: deciles, showgrid: false }),
      yaxis: axis(style, trans.__('lift'), { rangemode: 'tozero', nticks: 6 }),
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          y0: 1,
          y1: 1,
          line: { color: colours.muted, width: 1.5, dash: 'dot' },
        },
      ],
    },
  };
}
