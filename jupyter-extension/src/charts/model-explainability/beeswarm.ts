import type { AttributionDistribution } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from '../figure.js';
import { type AttributionAxis, hoverLines, nameAxis } from './feature-rows.js';

/** Dots of the fullest bin; the others have fewer in proportion, at least one where there is a row. */
export const tallestBin = 9;

/** A row of dots: the attributions of one sample. */
export interface Swarm {
  readonly name: string;
  /** Of `edges.length - 1` bins. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Mean rank of the feature's value by bin, in [0, 1]; absent where values have no order. */
  readonly levels?: readonly (number | null)[];
}

/** Baseline and current of one feature; a sample without rows is left out. */
export function swarmsOf(
  { edges, baseline, current, baselineLevel, currentLevel }: AttributionDistribution,
  names: { readonly baseline: string; readonly current: string },
): Swarm[] {
  const swarm = (
    name: string,
    counts: readonly number[] | undefined,
    levels: readonly (number | null)[] | undefined,
  ): Swarm[] => (counts === undefined ? [] : [{ name, edges, counts, ...(levels && { levels }) }]);
  return [...swarm(names.baseline, baseline, baselineLevel), ...swarm(names.current, current, currentLevel)];
}

/** Rows that a dot of a swarm stands for: samples of different sizes get dots of different weight. */
export function rowsPerDot({ counts }: Swarm): number {
  return Math.max(1, Math.max(0, ...counts) / tallestBin);
}

/** Whether a bin's values are rather low, of the middle, or high; undefined where they have no order. */
export function levelOf(level: number | null | undefined): 'low' | 'middle' | 'high' | undefined {
  if (level === null || level === undefined) return undefined;
  return level < 1 / 3 ? 'low' : level > 2 / 3 ? 'high' : 'middle';
}

const symbols = { low: 'triangle-down', middle: 'circle', high: 'triangle-up' } as const;

/**
 * Attributions as dots around a line for each swarm: where there are more dots, more rows have that attribution. A dot's
 * colour and shape say whether the feature's value is low or high in the sample.
 */
export function beeswarmFigure(
  swarms: readonly Swarm[],
  { title, numbers }: AttributionAxis,
  style: ChartStyle,
): Figure {
  const { colours, trans, width } = style;
  const lane = 0.8 / tallestBin;
  const words = { low: trans.__('low values'), middle: trans.__('middle values'), high: trans.__('high values') };
  const traces = swarms.map((swarm, row) => {
    const perDot = rowsPerDot(swarm);
    const dots = swarm.counts.flatMap((count, bin) => {
      if (!(count > 0)) return [];
      const [from, to] = [swarm.edges[bin] ?? 0, swarm.edges[bin + 1] ?? 0];
      const height = Math.max(1, Math.round(count / perDot));
      const level = levelOf(swarm.levels?.[bin]);
      const text = hoverLines(
        `<b>${trans.__('%1 to %2', numbers.value(from), numbers.value(to))}</b>`,
        trans._n('1 row', '%1 rows', count).replace(String(count), formatCount(count)),
        level && words[level],
      );
      return Array.from({ length: height }, (_, index) => ({
        x: (from + to) / 2,
        y: row + (index - (height - 1) / 2) * lane,
        level: swarm.levels?.[bin] ?? null,
        symbol: level === undefined ? 'circle' : symbols[level],
        text,
      }));
    });
    return {
      type: 'scatter',
      mode: 'markers',
      x: dots.map(({ x }) => x),
      y: dots.map(({ y }) => y),
      marker: {
        size: width < 420 ? 5 : 7,
        symbol: dots.map(({ symbol }) => symbol),
        ...(swarm.levels === undefined
          ? { color: colours.muted }
          : {
              color: dots.map(({ level }) => level ?? 0.5),
              cmin: 0,
              cmax: 1,
              colorscale: [
                [0, colours.current],
                [0.5, colours.baseline],
                [1, colours.violated],
              ],
            }),
      },
      hovertext: dots.map(({ text }) => text),
      hoverinfo: 'text',
    };
  });
  return {
    data: traces,
    layout: {
      ...baseLayout(style),
      height: 56 + swarms.length * (swarms.length > 4 ? 60 : 84),
      margin: { l: 8, r: 12, t: 4, b: 40 },
      hovermode: 'closest',
      xaxis: axis(style, title, { nticks: width < 420 ? 4 : 8 }),
      yaxis: nameAxis(
        swarms.map(({ name }) => name),
        style,
      ),
      shapes: [
        {
          type: 'line',
          yref: 'paper',
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          line: { color: colours.muted, width: 1.25 },
          layer: 'below',
        },
      ],
    },
  };
}
