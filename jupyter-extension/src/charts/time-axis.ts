import { isLocal } from '../format/time-format.js';
import { axis, type ChartStyle } from './figure.js';
import { plotTime } from './plot-time.js';

/** A range of time that several charts show. */
export interface ShownSpan {
  readonly from: Date;
  readonly to: Date;
}

/** An axis of time over a span; dragging along it chooses a part. */
export function timeAxis(
  style: ChartStyle,
  { from, to }: ShownSpan,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const { trans, width } = style;
  return axis(style, isLocal() ? trans.__('time (local)') : trans.__('time (UTC)'), {
    type: 'date',
    showgrid: false,
    nticks: width < 420 ? 4 : 8,
    tickangle: 0,
    range: [plotTime(from.toISOString()), plotTime(to.toISOString())],
    fixedrange: false,
    ...more,
  });
}

/** What the layout of a chart needs so that a part of its time axis can be chosen by dragging. */
export const brushing: Readonly<Record<string, unknown>> = { dragmode: 'zoom' };
