import type { AttributionNumbers } from '../../format/attribution-format.js';
import { shorten } from '../../format/shorten.js';
import { axis, type ChartStyle, plotText } from '../figure.js';

/** An axis of attributions: its title, and how its numbers are written under the pointer. */
export interface AttributionAxis {
  readonly title: string;
  readonly numbers: AttributionNumbers;
}

/** Features in one chart; the table beside it has them all. */
export const drawnFeatures = 20;

/** A vertical axis with one line a name, the first on top; lines are 1 apart from 0. */
export function nameAxis(
  names: readonly string[],
  style: ChartStyle,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const length = style.width < 420 ? 14 : style.width < 640 ? 20 : 28;
  return axis(style, '', {
    title: undefined,
    tickvals: names.map((_, index) => index),
    ticktext: names.map((name) => `${plotText(shorten(name, length))} `),
    tickfont: { color: style.colours.text },
    range: [names.length - 0.5, -0.5],
    showgrid: false,
    ...more,
  });
}

/** A name of data in a hover text: its middle is cut out where it is endless. */
export function hoverName(name: string): string {
  return `<b>${plotText(shorten(name, 60))}</b>`;
}

/** What a mark says under the pointer: lines of text that plotly.js takes as they are, without its own templates. */
export function hoverLines(...lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined).join('<br>');
}

/** Error bars about values; none where there is no interval. */
export function errorBars(
  values: readonly { readonly value: number; readonly lower?: number; readonly upper?: number }[],
  colour: string,
): Record<string, unknown> {
  return {
    type: 'data',
    symmetric: false,
    visible: values.some(({ lower, upper }) => lower !== undefined && upper !== undefined),
    array: values.map(({ value, upper }) => (upper === undefined ? Number.NaN : Math.max(0, upper - value))),
    arrayminus: values.map(({ value, lower }) => (lower === undefined ? Number.NaN : Math.max(0, value - lower))),
    color: colour,
    thickness: 1.25,
    width: 3,
  };
}
