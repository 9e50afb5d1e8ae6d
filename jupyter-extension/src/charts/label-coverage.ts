import type { LabelCoverage } from 'driftline';
import { formatCount, formatFraction } from '../format/number-format.js';
import { bucketAxisTitle, formatTime } from '../format/time-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { plotTime } from './plot-time.js';
import { transparent } from './sample-markers.js';

const hour = 3_600_000;

/** Predictions by captured hour, as stacked bars: those with their label, and above them those still without. */
export function labelCoverageFigure(hours: LabelCoverage['hours'], style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const few = hours.length <= 72;
  const shared = {
    type: 'bar',
    x: hours.map((each) => plotTime(each.hour)),
    offset: 0,
    width: hour * (few ? 0.86 : 1),
    hovertemplate: hours.map(
      ({ hour: start, predictions, labelled }) =>
        `<b>${formatTime(start)}</b><br>${trans.__('predictions')} ${formatCount(predictions)}<br>${trans.__('with label')} ${formatCount(labelled)}${predictions > 0 ? ` (${formatFraction(labelled / predictions)})` : ''}<extra></extra>`,
    ),
  };
  return {
    data: [
      {
        ...shared,
        name: trans.__('with label'),
        y: hours.map(({ labelled }) => labelled),
        marker: { color: colours.current },
      },
      {
        ...shared,
        name: trans.__('without label yet'),
        y: hours.map(({ predictions, labelled }) => Math.max(0, predictions - labelled)),
        marker: {
          color: transparent(colours.baseline, 0.3),
          line: { color: colours.baseline, width: few ? 1 : 0 },
          pattern: { shape: '/', fgcolor: colours.baseline, size: 6, solidity: 0.35 },
        },
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 200,
      margin: { l: 48, r: 12, t: 8, b: 44 },
      barmode: 'stack',
      hovermode: 'closest',
      xaxis: axis(style, bucketAxisTitle('hour', trans), {
        type: 'date',
        showgrid: false,
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, trans.__('predictions'), { rangemode: 'tozero', nticks: 5 }),
    },
  };
}
