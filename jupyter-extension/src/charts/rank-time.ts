import { shorten } from '../format/shorten.js';
import { formatWindow } from '../format/time-format.js';
import { eventMarks, type TimeEvent } from './event-marks.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { type MeasurePoint, middleOf } from './measure-points.js';
import { selectedWindow } from './measure-time.js';
import { plotTime } from './plot-time.js';
import { brushing, type ShownSpan, timeAxis } from './time-axis.js';

/** A feature's place in the ranking by attribution, execution by execution. */
export interface RankLine {
  readonly feature: string;
  /** From 1; by the shares of the newest baseline. */
  readonly baseline?: number;
  /** Those of them that have a rank are drawn. */
  readonly points: readonly MeasurePoint[];
}

/** Features in one chart. */
export const drawnRankLines = 12;

/** The lines of a chart: those that rank highest in the baseline or now, in the order of now. */
export function topRankLines(lines: readonly RankLine[]): RankLine[] {
  const best = (line: RankLine): number => Math.min(line.baseline ?? Infinity, lastRank(line) ?? Infinity);
  return [...lines]
    .sort((a, b) => best(a) - best(b))
    .slice(0, drawnRankLines)
    .sort((a, b) => (lastRank(a) ?? Infinity) - (lastRank(b) ?? Infinity));
}

/** The rank in the newest execution that has one. */
export function lastRank({ points }: RankLine): number | undefined {
  return points.findLast(({ rank }) => rank !== undefined)?.rank;
}

/**
 * Places in the ranking against time, first on top: dotted from the baseline's place at the left edge. Features that stand
 * elsewhere now than in the baseline are drawn strong, those that fell dashed. `customdata` is the feature.
 */
export function rankTimeFigure(
  {
    lines,
    span,
    events,
    selected,
  }: {
    readonly lines: readonly RankLine[];
    readonly span: ShownSpan;
    readonly events: readonly TimeEvent[];
    readonly selected?: string;
  },
  style: ChartStyle,
): Figure {
  const { colours, trans, width } = style;
  const shown = topRankLines(lines);
  const ranks = shown.flatMap((line) => [line.baseline, ...line.points.map(({ rank }) => rank)]);
  const lowest = Math.max(1, ...ranks.filter((rank) => rank !== undefined));
  const length = width < 420 ? 12 : 22;
  const named = shown.filter(({ baseline }) => baseline !== undefined);
  const marks = eventMarks(events, style);
  const beside =
    width < 560 ? 14 : 34 + 7.6 * Math.max(0, ...shown.map(({ feature }) => Math.min(length, feature.length)));
  return {
    data: [...shown.flatMap((line) => rankTraces(line, span, style)), ...marks.data],
    layout: {
      ...baseLayout(style),
      ...brushing,
      height: 76 + lowest * 24,
      margin: { l: 8, r: beside, t: 16, b: 44 },
      hovermode: 'closest',
      xaxis: timeAxis(style, span),
      yaxis: axis(style, '', {
        title: undefined,
        range: [lowest + 0.6, 0.4],
        tickvals: named.map(({ baseline }) => baseline),
        ticktext: named.map(({ feature, baseline }) => `${plotText(shorten(feature, length))}  ${baseline} `),
        ticks: '',
        showgrid: false,
      }),
      annotations:
        width < 560
          ? []
          : shown.flatMap((line) => {
              const rank = lastRank(line);
              if (rank === undefined) return [];
              const moved = rank !== line.baseline;
              const name = `${rank}  ${plotText(shorten(line.feature, length))}`;
              return [
                {
                  xref: 'paper',
                  x: 1,
                  xanchor: 'left',
                  xshift: 6,
                  y: rank,
                  showarrow: false,
                  text: moved ? `<b>${name}</b>` : name,
                  font: { color: moved ? colours.text : colours.muted },
                },
              ];
            }),
      ...marks.layout,
      shapes: [...selectedWindow(shown[0]?.points ?? [], selected, style), ...marks.shapes],
      meta: { name: trans.__('ranks') },
    },
  };
}

function rankTraces(line: RankLine, { from }: ShownSpan, { colours, trans }: ChartStyle): Record<string, unknown>[] {
  const { feature, baseline } = line;
  const points = line.points.filter(({ rank }) => rank !== undefined);
  const [first] = points;
  const last = lastRank(line);
  if (first === undefined || last === undefined) return [];
  const fell = baseline !== undefined && last > baseline;
  const rose = baseline !== undefined && last < baseline;
  const color = fell ? colours.drifting : rose ? colours.current : colours.baseline;
  const time = (point: MeasurePoint): string => plotTime(new Date(middleOf(point)).toISOString());
  const name = plotText(shorten(feature, 60));
  const of = baseline === undefined ? trans.__('not in the baseline') : trans.__('%1 in the baseline', baseline);
  return [
    ...(baseline === undefined
      ? []
      : [
          {
            type: 'scatter',
            mode: 'lines',
            name: trans.__('from the baseline'),
            x: [plotTime(from.toISOString()), time(first)],
            y: [baseline, first.rank],
            line: { color, width: 1.25, dash: 'dot' },
            hoverinfo: 'skip',
          },
        ]),
    {
      type: 'scatter',
      mode: 'lines+markers',
      name,
      x: points.map(time),
      y: points.map(({ rank }) => rank),
      customdata: points.map(() => feature),
      line: { color, width: rose || fell ? 3 : 1.5, dash: fell ? 'dash' : 'solid' },
      marker: {
        color,
        size: points.length > 100 ? 3 : 8,
        symbol: fell ? 'triangle-down' : rose ? 'triangle-up' : 'circle',
      },
      hovertext: points.map(
        (point) =>
          `<b>${name}</b><br>${trans.__('place %1', point.rank)}, ${of}<br>${formatWindow({ start: point.start, end: point.scheduledTime })}`,
      ),
      hoverinfo: 'text',
    },
  ];
}
