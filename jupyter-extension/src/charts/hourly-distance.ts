import type { FeatureReport } from 'driftline';
import { formatCount, formatNumber } from '../format/number-format.js';
import { bucketAxisTitle, formatTime } from '../format/time-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { plotTime } from './plot-time.js';

/** What the chart of one feature by captured hour shows. */
export interface HourlyDistance {
  readonly series: NonNullable<FeatureReport['series']>;
  readonly threshold?: number;
  /** ISO hour since when a violation of the feature holds. */
  readonly since?: string;
}

/** The distance from the baseline by captured hour, its threshold, and since when a violation holds. */
export function hourlyDistanceFigure({ series, threshold, since }: HourlyDistance, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const first = series[0]?.hour;
  const last = series.at(-1)?.hour;
  const reach = Math.max(0.01, threshold ?? 0, ...series.map(({ distance }) => distance));
  const started = since !== undefined && first !== undefined && last !== undefined && since <= last;
  const earlier = started && since < first;
  return {
    data: [
      {
        type: 'scatter',
        mode: series.length > 200 ? 'lines' : 'lines+markers',
        name: trans.__('distance'),
        x: series.map(({ hour }) => plotTime(hour)),
        y: series.map(({ rows, distance }) => (rows > 0 ? distance : null)),
        connectgaps: false,
        line: { color: colours.current, width: 2 },
        marker: { color: colours.current, size: 6 },
        hovertemplate: series.map(
          ({ hour, rows, distance }) =>
            `<b>${formatTime(hour)}</b><br>${trans.__('distance')} ${formatNumber(distance)}<br>${trans.__('rows')} ${formatCount(rows)}<extra></extra>`,
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 200,
      margin: { l: 48, r: 12, t: 8, b: 44 },
      hovermode: 'closest',
      xaxis: axis(style, bucketAxisTitle('hour', trans), {
        type: 'date',
        showgrid: false,
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, trans.__('distance'), { range: [0, reach * 1.15], nticks: 5 }),
      shapes: [
        ...(threshold === undefined
          ? []
          : [
              {
                type: 'line',
                xref: 'paper',
                x0: 0,
                x1: 1,
                y0: threshold,
                y1: threshold,
                line: { color: colours.text, width: 1.5, dash: 'dot' },
              },
            ]),
        ...(started
          ? [
              {
                type: 'line',
                yref: 'paper',
                y0: 0,
                y1: 1,
                x0: plotTime(earlier ? first : since),
                x1: plotTime(earlier ? first : since),
                line: { color: colours.drifting, width: 2 },
              },
            ]
          : []),
      ],
    },
  };
}
