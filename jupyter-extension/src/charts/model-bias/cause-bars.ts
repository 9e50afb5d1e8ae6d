import { formatBiasChange } from '../../format/bias-format.js';
import { shorten } from '../../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import type { BiasRow } from './fair-scale.js';

/** A part of a metric's change. */
export interface CausePart {
  readonly title: string;
  /** In the metric's unit. */
  readonly value: number;
}

/** Pixels for the number at the end of a bar. */
const numberRoom = 52;

/** Groups of parts, each a sum of its own: by side, by what moved. */
export type CauseParts = readonly (readonly CausePart[])[];

/** The parts of a change as bars from zero, group below group; those that carry it stand out from those that oppose it. */
export function causeBarsFigure(groups: CauseParts, change: number, unit: BiasRow['unit'], style: ChartStyle): Figure {
  const { colours, width } = style;
  const bars = groups.flatMap((parts, group) => parts.map((part) => ({ ...part, group })));
  const place = (index: number): number => index + (bars[index]?.group ?? 0) * 0.6;
  const names = bars.map(({ title }) => shorten(title, width < 420 ? 16 : 30));
  const values = bars.map(({ value }) => value);
  const carries = (value: number): boolean => Math.sign(value) === Math.sign(change);
  const last = place(bars.length - 1);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: bars.map((_, index) => place(index)),
        x: values,
        width: 0.66,
        marker: { color: values.map((value) => (carries(value) ? colours.current : colours.baseline)) },
        text: values.map((value) => formatBiasChange(value, unit)),
        textposition: 'outside',
        cliponaxis: false,
        hovertemplate: bars.map(
          ({ title, value }) => `<b>${plotText(title)}</b><br>${formatBiasChange(value, unit)}<extra></extra>`,
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 44 + Math.ceil((last + 1) * 26),
      margin: { l: 8, r: 8, t: 4, b: 28 },
      hovermode: 'closest',
      xaxis: axis(style, '', {
        title: undefined,
        range: barRange(values, width - 24 - 7 * Math.max(...names.map((name) => name.length))),
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: bars.map((_, index) => place(index)),
        ticktext: names.map((name) => `${plotText(name)} `),
        tickfont: { color: colours.text },
        range: [last + 0.6, -0.6],
        showgrid: false,
      }),
      shapes: [
        {
          type: 'line',
          yref: 'paper',
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          line: { color: colours.muted, width: 1.25 },
        },
      ],
    },
  };
}

/** From zero to the longest bar in each direction, with room for the number at its end. */
function barRange(values: readonly number[], plotWidth: number): readonly [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const ends = Number(low < 0) + Number(high > 0);
  const share = Math.min(0.3, numberRoom / Math.max(plotWidth, 1));
  const room = ((high - low || 1) * share) / Math.max(1 - ends * share, 0.2);
  return [low < 0 ? low - room : -room / 6, high > 0 ? high + room : room / 6];
}
