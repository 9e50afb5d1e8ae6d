import { directionMark, shareText } from '../attribution-words.js';
import type { FeatureAttributionReport } from '../model-explainability-report.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, scaleFromZero, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';

const ROW = 34;

/** Shares of attribution as paired bars, baseline above current, with their 95 % intervals; in the order given. */
export function attributionShareChart(features: readonly FeatureAttributionReport[], width: number): Chart {
  const wide = width > 420;
  const names = wide ? 150 : 96;
  const largest = features.reduce(
    (most, { share }) =>
      Math.max(most, share.baseline?.value ?? 0, share.current?.value ?? 0, share.current?.upper ?? 0),
    0,
  );
  return {
    width,
    height: 44 + features.length * ROW,
    title: 'Share of attribution by feature, baseline and current',
    description: features
      .map(
        ({ feature, share }) => `${fitText(feature, 300)} ${sharesText(share.baseline?.value, share.current?.value)}`,
      )
      .join('; '),
    grid: { left: names + 12, right: 62, top: 4, bottom: 40 },
    xAxis: valueAxis('share of all attribution', 26, {
      ...scaleFromZero(largest),
      gridLines: true,
      format: (value) => `${Number((100 * value).toPrecision(3))} %`,
    }),
    yAxis: categoryAxis(
      '',
      0,
      features.map(({ feature }) => fitText(feature, names)),
      { downwards: true, labelColour: themed('text') },
    ),
    shapes: (coord) => features.flatMap((feature, index) => rowShapes(feature, index, coord)),
  };
}

function rowShapes(
  { share, direction }: FeatureAttributionReport,
  index: number,
  coord: (point: readonly [number, number]) => [number, number],
): Shape[] {
  const { baseline, current } = share;
  const [x0, y] = coord([0, index]);
  const x = (value: number): number => coord([value, index])[0];
  const shapes: Shape[] = [];
  if (baseline) shapes.push(bar(x0, x(baseline.value), y - 10, 'baseline'), ...whisker(baseline, x, y - 5.5));
  if (current) shapes.push(bar(x0, x(current.value), y + 1, 'current'), ...whisker(current, x, y + 5.5));
  const end = Math.max(
    x(baseline?.value ?? 0),
    x(baseline?.upper ?? 0),
    x(current?.value ?? 0),
    x(current?.upper ?? 0),
  );
  const mark = directionMark(direction);
  shapes.push({
    type: 'text',
    text: `${shareText((current ?? baseline)?.value ?? 0)}${mark === '' ? '' : ` ${mark}`}`,
    x: end + 6,
    y: y + 5.5,
    anchor: 'start',
    style: { fill: themed(mark === '' ? 'muted' : 'text') },
  });
  return shapes;
}

function bar(x0: number, x1: number, y: number, colour: 'baseline' | 'current'): Shape {
  return { type: 'rect', x: x0, y, width: x1 - x0, height: 9, style: { fill: themed(colour) } };
}

function whisker(
  { lower, upper }: { readonly lower?: number; readonly upper?: number },
  x: (value: number) => number,
  y: number,
): Shape[] {
  if (lower === undefined || upper === undefined) return [];
  const style = { stroke: themed('text'), lineWidth: 1 };
  const [from, to] = [x(lower), x(upper)];
  return [
    { type: 'line', x1: from, y1: y, x2: to, y2: y, style },
    { type: 'line', x1: from, y1: y - 3, x2: from, y2: y + 3, style },
    { type: 'line', x1: to, y1: y - 3, x2: to, y2: y + 3, style },
  ];
}

function sharesText(baseline: number | undefined, current: number | undefined): string {
  const text = (value: number | undefined): string => (value === undefined ? 'none' : shareText(value));
  return `${text(baseline)} to ${text(current)}`;
}
