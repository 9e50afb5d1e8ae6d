import { shareText } from '../attribution-words.js';
import type { OutputAttributionReport } from '../model-explainability-report.js';
import { themed } from '../theme.js';
import { fitText, type Shape, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { bucketAxis, timeBuckets } from './time-buckets.js';

/** Features with a band of their own; the others are one. */
const DRAWN = 6;
const LABEL = 15;

/** A band: the place of a feature in the report, or all others. */
interface Band {
  readonly title: string;
  readonly shareAt: (shares: readonly number[]) => number;
  readonly fill: string;
}

/**
 * Shares of attribution over time as stacked columns, the largest features of the window at the foot, their names beside
 * the last; undefined for fewer than two buckets. Buckets without rows are gaps.
 */
export function shareCourseChart(
  { features, series }: OutputAttributionReport,
  bucket: 'hour' | 'day',
  width: number,
): Chart | undefined {
  const starts = timeBuckets(
    series.map(({ start }) => start),
    bucket,
  );
  const filled = series.filter(({ shares }) => shares.length > 0);
  if (starts.length < 2 || filled.length === 0) return undefined;
  const bands = bandsOf(features.map(({ feature, share }) => ({ feature, size: share.current?.value ?? 0 })));
  const names = width > 420 ? 150 : 110;
  const places = new Map(starts.map((start, index) => [Date.parse(start), index]));
  return {
    width,
    height: 290,
    title: `Share of attribution by ${bucket}`,
    description: bands
      .map(({ title, shareAt }) => {
        const [first, last] = [filled[0]!, filled.at(-1)!];
        return `${title}: ${shareText(shareAt(first.shares))} at first, ${shareText(shareAt(last.shares))} at last`;
      })
      .join('; '),
    grid: { left: 56, right: names, top: 10, bottom: 46 },
    xAxis: bucketAxis(starts, bucket, width - names),
    yAxis: valueAxis('share of all attribution', 42, {
      min: 0,
      max: 1,
      ticks: [0, 0.25, 0.5, 0.75, 1],
      gridLines: true,
      format: (value) => `${100 * value} %`,
    }),
    shapes: (coord) => [
      ...filled.flatMap(({ start, shares }) => column(places.get(Date.parse(start)), shares, bands, coord)),
      ...labels(bands, filled.at(-1)!.shares, coord([starts.length - 0.5, 0])[0], names, coord),
    ],
  };
}

function bandsOf(features: readonly { readonly feature: string; readonly size: number }[]): Band[] {
  const order = features.map((_, place) => place).sort((a, b) => features[b]!.size - features[a]!.size);
  const own = order.slice(0, features.length <= DRAWN + 1 ? DRAWN + 1 : DRAWN);
  const rest = order.slice(own.length);
  const bands = own.map((place, index): Band => {
    const part = Math.round(92 - (index * 74) / Math.max(1, own.length - 1));
    return {
      title: fitText(features[place]!.feature, 300),
      shareAt: (shares) => shares[place] ?? 0,
      fill: `color-mix(in oklab,${themed('current')} ${part}%,${themed('background')})`,
    };
  });
  if (rest.length === 0) return bands;
  const others: Band = {
    title: `${rest.length} others`,
    shareAt: (shares) => rest.reduce((sum, place) => sum + (shares[place] ?? 0), 0),
    fill: themed('grid'),
  };
  return [...bands, others];
}

function column(
  place: number | undefined,
  shares: readonly number[],
  bands: readonly Band[],
  coord: (point: readonly [number, number]) => [number, number],
): Shape[] {
  if (place === undefined) return [];
  const [left] = coord([place - 0.46, 0]);
  const [right] = coord([place + 0.46, 0]);
  let below = 0;
  return bands.map(({ shareAt, fill }): Shape => {
    const [, foot] = coord([place, below]);
    below += shareAt(shares);
    const [, top] = coord([place, Math.min(1, below)]);
    return { type: 'rect', x: left, y: top, width: right - left, height: foot - top, style: { fill } };
  });
}

/** Names beside the last column, moved apart where they would touch. */
function labels(
  bands: readonly Band[],
  shares: readonly number[],
  x: number,
  room: number,
  coord: (point: readonly [number, number]) => [number, number],
): Shape[] {
  let below = 0;
  let last = Number.POSITIVE_INFINITY;
  return bands.map(({ title, shareAt }): Shape => {
    const share = shareAt(shares);
    const [, middle] = coord([0, below + share / 2]);
    below += share;
    last = Math.min(middle, last - LABEL);
    return {
      type: 'text',
      text: fitText(title, room - 14),
      x: x + 8,
      y: last,
      anchor: 'start',
      style: { fill: themed('text') },
    };
  });
}
