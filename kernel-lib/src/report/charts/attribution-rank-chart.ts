import type { FeatureAttributionReport } from '../model-explainability-report.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';

const ROW = 24;
const TOP = 26;

/**
 * Ranks in the baseline and now, joined by a line for each feature: what changed its rank is drawn strongly.
 *
 * @param features - those that are drawn; ranks beyond `places` are drawn at the foot, with their number.
 */
export function attributionRankChart(
  features: readonly FeatureAttributionReport[],
  places: number,
  width: number,
): Chart {
  const names = Math.min(170, Math.floor((width - 90) / 2));
  const sides = [
    placed(features, places, ({ rank }) => rank.baseline),
    placed(features, places, ({ rank }) => rank.current),
  ] as const;
  const rows = Math.max(1, ...sides.flatMap((side) => [...side.values()].map((row) => row + 1)));
  return {
    width,
    height: TOP + 8 + rows * ROW,
    title: 'Ranks of the features, baseline and current',
    description: features
      .map(({ feature, rank }) => `${fitText(feature, 300)}: ${rank.baseline ?? 'none'} to ${rank.current ?? 'none'}`)
      .join('; '),
    grid: { left: names, right: names, top: TOP, bottom: 8 },
    xAxis: valueAxis('', 0, { min: 0, max: 1, ticks: [], hidden: true }),
    yAxis: categoryAxis('', 0, new Array<undefined>(rows).fill(undefined), { hidden: true, downwards: true }),
    shapes: (coord) => [
      head('Baseline', coord([0, 0])[0] - 8, 'end'),
      head('Current', coord([1, 0])[0] + 8, 'start'),
      ...features.flatMap((feature) =>
        featureShapes(feature, [sides[0].get(feature), sides[1].get(feature)], coord, names),
      ),
    ],
  };
}

/** Rows from the top: ranks up to `places` as they are, those beyond one after the other below. */
function placed(
  features: readonly FeatureAttributionReport[],
  places: number,
  rankOf: (feature: FeatureAttributionReport) => number | undefined,
): Map<FeatureAttributionReport, number> {
  const ranked = features
    .flatMap((feature) => {
      const rank = rankOf(feature);
      return rank === undefined ? [] : [{ feature, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  let foot = places;
  return new Map(ranked.map(({ feature, rank }) => [feature, rank <= places ? rank - 1 : foot++]));
}

function featureShapes(
  { feature, rank, direction }: FeatureAttributionReport,
  [before, now]: readonly [number | undefined, number | undefined],
  coord: (point: readonly [number, number]) => [number, number],
  names: number,
): Shape[] {
  const moved = rank.baseline !== rank.current;
  const strong = moved || direction === 'rose' || direction === 'fell';
  const colour = themed(moved ? 'current' : 'axis');
  const text = strong ? themed('text') : themed('muted');
  const [left, right] = [
    before === undefined ? undefined : coord([0, before]),
    now === undefined ? undefined : coord([1, now]),
  ];
  const shapes: Shape[] = [];
  if (left && right) {
    const style = { stroke: colour, lineWidth: moved ? 2.25 : 1.25 };
    shapes.push({ type: 'line', x1: left[0], y1: left[1], x2: right[0], y2: right[1], style });
  }
  const dot = (point: readonly [number, number]): Shape => ({
    type: 'circle',
    x: point[0],
    y: point[1],
    r: moved ? 3.5 : 2.5,
    style: { fill: colour },
  });
  if (left) {
    const label = fitText(feature, names - 40);
    shapes.push(dot(left), {
      type: 'text',
      text: `${label}  ${rank.baseline}`,
      x: left[0] - 8,
      y: left[1],
      anchor: 'end',
      style: { fill: text },
    });
  }
  if (right) {
    const label = fitText(feature, names - 40);
    shapes.push(dot(right), {
      type: 'text',
      text: `${rank.current}  ${label}`,
      x: right[0] + 8,
      y: right[1],
      anchor: 'start',
      style: { fill: text },
    });
  }
  return shapes;
}

function head(text: string, x: number, anchor: 'start' | 'end'): Shape {
  return { type: 'text', text, x, y: 8, anchor, style: { fill: themed('muted') } };
}
