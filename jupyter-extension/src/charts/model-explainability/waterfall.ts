import type { ExplainedRow } from 'driftline';
import { shorten } from '../../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import { transparent } from '../sample-markers.js';
import { type AttributionAxis, hoverLines, hoverName } from './feature-rows.js';

/** Features with a step of their own; the smaller ones share one. */
export const drawnSteps = 10;
/** Pixels for the number at the end of a bar. */
const numberRoom = 56;

/** One step of the way from the expected value to the answer. */
export interface WaterfallStep {
  readonly title: string;
  readonly from: number;
  readonly by: number;
}

/** The way from the expected value to the answer, the smallest contributions first; `rest` names those that share a step. */
export function waterfallSteps(
  { features }: ExplainedRow,
  expected: number,
  words: { readonly rest: (count: number) => string; readonly missing: string },
): WaterfallStep[] {
  const own = features.length > drawnSteps + 1 ? features.slice(0, drawnSteps) : features;
  const others = features.slice(own.length);
  const parts = own.map(({ feature, value, attribution }) => ({
    title: `${shorten(feature, 40)} = ${value === null ? words.missing : shorten(value, 30)}`,
    by: attribution,
  }));
  if (others.length > 0) {
    parts.push({ title: words.rest(others.length), by: others.reduce((sum, { attribution }) => sum + attribution, 0) });
  }
  let at = expected;
  return parts.reverse().map(({ title, by }) => {
    const from = at;
    at += by;
    return { title, from, by };
  });
}

/**
 * Bars that each begin where the one below ended: from the expected value at the bottom to the answer at the top. What
 * raises the answer is filled, what lowers it hatched.
 */
export function waterfallFigure(
  steps: readonly WaterfallStep[],
  ends: { readonly expected: number; readonly answer: number },
  { title: unit, numbers }: AttributionAxis,
  style: ChartStyle,
): Figure {
  const { colours, trans, width } = style;
  const length = width < 420 ? 16 : width < 640 ? 26 : 40;
  const count = steps.length;
  const places = steps.map((_, index) => count - index);
  const reached = [ends.expected, ends.answer, ...steps.flatMap(({ from, by }) => [from, from + by])];
  const [low, high] = [Math.min(...reached), Math.max(...reached)];
  const plotWidth = Math.max(
    80,
    width - 24 - Math.min(length, Math.max(8, ...steps.map(({ title }) => title.length))) * 7,
  );
  const room = ((high - low || 1) * numberRoom) / Math.max(plotWidth - 2 * numberRoom, 60);
  const vertical = (x: number, y0: number, y1: number, dash: string): Record<string, unknown> => ({
    type: 'line',
    ...{ x0: x, x1: x, y0, y1 },
    line: { color: colours.muted, width: 1.25, dash },
  });
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: places,
        base: steps.map(({ from }) => from),
        x: steps.map(({ by }) => by),
        width: 0.66,
        marker: {
          color: steps.map(({ by }) => (by < 0 ? transparent(colours.drifting, 0.3) : colours.current)),
          line: { color: steps.map(({ by }) => (by < 0 ? colours.drifting : colours.current)), width: 1 },
          pattern: {
            shape: steps.map(({ by }) => (by < 0 ? '/' : '')),
            fgcolor: colours.drifting,
            size: 6,
            solidity: 0.35,
          },
        },
        text: steps.map(({ by }) => numbers.step(by)),
        textposition: 'outside',
        cliponaxis: false,
        hovertext: steps.map(({ title, from, by }) =>
          hoverLines(
            hoverName(title),
            numbers.step(by),
            trans.__('from %1 to %2', numbers.value(from), numbers.value(from + by)),
          ),
        ),
        hoverinfo: 'text',
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 66 + (count + 2) * 28,
      margin: { l: 8, r: 12, t: 4, b: 40 },
      hovermode: 'closest',
      xaxis: axis(style, unit, { range: [low - room, high + room], nticks: width < 420 ? 4 : 8 }),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: [0, ...places, count + 1],
        ticktext: [
          `<b>${trans.__('answer')} ${numbers.value(ends.answer)}</b> `,
          ...steps.map(({ title }) => `${plotText(shorten(title, length))} `),
          `${trans.__('expected')} ${numbers.value(ends.expected)} `,
        ],
        tickfont: { color: colours.text },
        range: [count + 1.5, -0.5],
        showgrid: false,
      }),
      shapes: [vertical(ends.expected, count + 1.4, count - 0.4, 'dash'), vertical(ends.answer, -0.4, 1.4, 'solid')],
    },
  };
}
