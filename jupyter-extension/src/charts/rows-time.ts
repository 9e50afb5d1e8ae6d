import { formatCount } from '../format/number-format.js';
import { formatTime } from '../format/time-format.js';
import type { DriftSlot } from './drift-grid.js';
import { eventMarks, type TimeEvent } from './event-marks.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { plotTime } from './plot-time.js';
import { brushing, type ShownSpan, timeAxis } from './time-axis.js';

/** Rows of every captured hour, or of every window where hours are not known, as bars of the slots' widths. */
export function rowsTimeFigure(
  {
    slots,
    span,
    events,
  }: { readonly slots: readonly DriftSlot[]; readonly span: ShownSpan; readonly events: readonly TimeEvent[] },
  style: ChartStyle,
): Figure {
  const { colours, trans } = style;
  const marks = eventMarks(events, style);
  const lengths = slots.map(({ start, end }) => Date.parse(end) - Date.parse(start));
  return {
    data: [
      {
        type: 'bar',
        name: trans.__('rows'),
        x: slots.map(({ start }, index) => plotTime(new Date(Date.parse(start) + lengths[index]! / 2).toISOString())),
        y: slots.map(({ rows }) => rows),
        width: lengths.map((length) => length * 0.92),
        customdata: slots.map(({ scheduledTime }) => scheduledTime),
        marker: { color: colours.baseline },
        hovertext: slots.map(
          ({ start, rows }) => `<b>${formatTime(start)}</b><br>${trans.__('rows')} ${formatCount(rows)}`,
        ),
        hoverinfo: 'text',
      },
      ...marks.data,
    ],
    layout: {
      ...baseLayout(style),
      ...brushing,
      height: 150,
      margin: { l: 56, r: 14, t: 14, b: 44 },
      hovermode: 'closest',
      xaxis: timeAxis(style, span),
      yaxis: axis(style, trans.__('rows'), { rangemode: 'tozero', nticks: 4 }),
      ...marks.layout,
      shapes: [...marks.shapes],
    },
  };
}
