import type { FeatureReport, Report, Since } from '../report.js';
import { themed } from '../theme.js';
import { countText, distanceText, timeText } from '../value-text.js';
import { type CategoryAxis, categoryAxis, fitText, type Shape, scaleFromZero, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { sinceLabel, sinceMarker } from './since-marker.js';

/** Rows by captured hour, as bars. */
export function rowsChart(hours: Report['hours'], width: number): Chart {
  const most = Math.max(...hours.map(({ rows }) => rows), 0);
  const empty = hours.filter(({ rows }) => rows === 0).length;
  return {
    width,
    height: 170,
    title: 'Rows per hour',
    description: `${hours.length} hours, at most ${countText(most)} rows in one; ${empty} hours are empty.`,
    grid: { left: 60, right: 16, top: 14, bottom: 46 },
    xAxis: timeAxis(hours, width),
    yAxis: valueAxis('rows', 44, { ...scaleFromZero(most, 3), gridLines: true, format: (value) => axisNumber(value) }),
    shapes: (coord) => {
      const step = coord([1, 0])[0] - coord([0, 0])[0];
      const thick = Math.max(1, Math.min(step * 0.78, 26));
      return hours.map(({ rows }, index): Shape => {
        const [x, y0] = coord([index, 0]);
        const [, y] = coord([index, rows]);
        const left = x - thick / 2;
        if (rows === 0) {
          const style = { stroke: themed('violated'), lineWidth: 2 };
          return { type: 'line', x1: left, y1: y0 - 1, x2: left + thick, y2: y0 - 1, style };
        }
        const style = { fill: themed('current'), opacity: 0.85 };
        return { type: 'rect', x: left, y, width: thick, height: y0 - y, style };
      });
    },
  };
}

/** A feature's distance by hour, its threshold, and since when it is violated. Hours without rows are gaps. */
export function seriesChart(feature: FeatureReport, since: Since | undefined): Chart | undefined {
  const series = feature.series ?? [];
  if (series.length < 2) return undefined;
  const width = 460;
  const threshold = feature.drift?.threshold;
  const most = Math.max(...series.map(({ distance }) => distance), threshold ?? 0);
  const changed = since === undefined ? -1 : series.findIndex(({ hour }) => Date.parse(hour) >= Date.parse(since.hour));
  const before = since !== undefined && Date.parse(since.hour) < Date.parse(series[0]!.hour);
  const changeWords =
    since === undefined ? '' : ` Violated since ${timeText(since.hour)}${since.orEarlier ? ' or earlier' : ''}.`;
  return {
    width,
    height: 250,
    title: `${fitText(feature.name, 400)}: distance by hour`,
    description: `${series.length} hours, the largest distance is ${distanceText(Math.max(...series.map(({ distance }) => distance)))}.${changeWords}`,
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis: timeAxis(series, width),
    yAxis: valueAxis('distance', 42, {
      ...scaleFromZero(most),
      gridLines: true,
      format: (value) => axisNumber(value),
    }),
    shapes: (coord) => {
      const points = series.map(({ rows, distance }, index) => (rows === 0 ? undefined : coord([index, distance])));
      const [left, bottom] = coord([0, 0]);
      const right = coord([series.length - 1, 0])[0];
      const step = (right - left) / Math.max(1, series.length - 1);
      const shapes: Shape[] = [];
      if (threshold !== undefined) {
        const [, y] = coord([0, threshold]);
        const style = { stroke: themed('threshold'), lineWidth: 1.25, lineDash: '4 3' };
        shapes.push({ type: 'line', x1: left - step / 2, y1: y, x2: right + step / 2, y2: y, style });
      }
      shapes.push(...lines(points));
      if (changed >= 0 || before) {
        const x = before ? left - step / 2 : left + changed * step - step / 2;
        shapes.push(...sinceMarker(sinceLabel(since!, before), x, bottom, width));
      }
      return shapes;
    },
  };
}

/** Polylines through the points that are there; a dot at each while they are few. */
function lines(points: readonly ([number, number] | undefined)[]): Shape[] {
  const runs: [number, number][][] = [[]];
  for (const point of points) {
    if (point === undefined) runs.push([]);
    else runs.at(-1)!.push(point);
  }
  const style: Shape['style'] = { stroke: themed('current'), fill: 'none', lineWidth: 1.75, lineJoin: 'round' };
  const polylines = runs
    .filter((run) => run.length > 1)
    .map((run): Shape => ({ type: 'polyline', points: run, style }));
  const dots = points.length <= 48 ? runs.flat() : runs.filter((run) => run.length === 1).flat();
  return [
    ...polylines,
    ...dots.map(([x, y]): Shape => ({ type: 'circle', x, y, r: 2.2, style: { fill: themed('current') } })),
  ];
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A category axis over hours: clock times within two days, days beyond. */
export function timeAxis(hours: readonly { readonly hour: string }[], width: number): CategoryAxis {
  const times = hours.map(({ hour }) => new Date(hour));
  const first = times[0];
  const short = hours.length <= 48;
  const name = short && first !== undefined ? `hour (UTC), from ${day.format(first)}` : 'day (UTC)';
  const every = Math.max(1, Math.ceil(hours.length / (width / 62)));
  const step = short ? ([1, 2, 3, 4, 6, 12].find((hoursApart) => hoursApart >= every) ?? 12) : Math.ceil(every / 24);
  const shown = (index: number): boolean => {
    const time = times[index];
    if (time === undefined || Number.isNaN(time.getTime())) return false;
    if (short) return time.getUTCHours() % step === 0;
    return time.getUTCHours() === 0 && Math.floor(time.getTime() / 86_400_000) % step === 0;
  };
  const labels = times.map((time, index) => {
    if (!shown(index)) return undefined;
    return short ? `${String(time.getUTCHours()).padStart(2, '0')}:00` : day.format(time);
  });
  return categoryAxis(name, 28, labels);
}
