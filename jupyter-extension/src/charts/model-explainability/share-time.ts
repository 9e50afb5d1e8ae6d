import type { AttributionPoint, ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import { formatNdcg } from '../../format/attribution-format.js';
import { formatCount } from '../../format/number-format.js';
import { bucketAxisTitle, formatBucket } from '../../format/time-format.js';
import { axis, baseLayout, type ChartStyle } from '../figure.js';
import { plotTime } from '../plot-time.js';
import { hoverLines } from './feature-rows.js';

export type Bucket = ModelExplainabilityReport['bucket'];

/** Lengths of buckets. */
const bucketMilliseconds: Readonly<Record<Bucket, number>> = { hour: 3_600_000, day: 86_400_000 };

/** Where the nDCG is drawn, and the shares below it: parts of the chart's height. */
const ndcgDomain = [0.79, 1] as const;
export const shareDomain: readonly [number, number] = [0, 0.72];

/** Buckets in which rows were explained. */
export function explainedPoints({ series }: OutputAttributionReport): readonly AttributionPoint[] {
  return series.filter(({ rows, shares }) => rows > 0 && shares.length > 0);
}

/** All buckets from the first to the last; those that the report leaves out have no rows. */
export function everyBucket(series: readonly AttributionPoint[], bucket: Bucket): readonly AttributionPoint[] {
  const [first, last] = [series[0], series.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(series.map((point) => [Date.parse(point.start), point]));
  const count = Math.round((Date.parse(last.start) - Date.parse(first.start)) / bucketMilliseconds[bucket]) + 1;
  return Array.from({ length: count }, (_, index) => {
    const time = Date.parse(first.start) + index * bucketMilliseconds[bucket];
    return known.get(time) ?? { start: new Date(time).toISOString(), rows: 0, shares: [] };
  });
}

/** The end of the last bucket. */
export function endOf(points: readonly AttributionPoint[], bucket: Bucket): string {
  return new Date(Date.parse(points.at(-1)!.start) + bucketMilliseconds[bucket]).toISOString();
}

/** "5 Mar 2026, 06:00, 97 rows". */
export function bucketWords({ start, rows }: AttributionPoint, bucket: Bucket, { trans }: ChartStyle): string {
  return `${formatBucket(start, bucket)}, ${formatCount(rows)} ${trans.__('rows')}`;
}

/** The nDCG at the middle of each bucket. */
export function ndcgLine(
  { ranking }: OutputAttributionReport,
  points: readonly AttributionPoint[],
  bucket: Bucket,
  style: ChartStyle,
): Record<string, unknown>[] {
  const { colours } = style;
  if (points.every(({ ndcg }) => ndcg === undefined)) return [];
  const below = (ndcg: number | undefined): boolean => ndcg !== undefined && ndcg < ranking.threshold;
  return [
    {
      type: 'scatter',
      mode: points.length > 100 ? 'lines' : 'lines+markers',
      name: 'nDCG',
      yaxis: 'y2',
      x: points.map(({ start }) =>
        plotTime(new Date(Date.parse(start) + bucketMilliseconds[bucket] / 2).toISOString(), bucket),
      ),
      y: points.map(({ ndcg }) => ndcg ?? null),
      connectgaps: false,
      error_y: {
        type: 'data',
        visible: points.some(({ ndcgError }) => ndcgError !== undefined),
        array: points.map(({ ndcgError }) => reachOf(ndcgError)),
        color: colours.muted,
        thickness: points.length > 100 ? 0 : 1,
        width: 0,
      },
      line: { color: colours.current, width: 2 },
      marker: {
        size: 6,
        color: points.map(({ ndcg }) => (below(ndcg) ? colours.violated : colours.current)),
        symbol: points.map(({ ndcg }) => (below(ndcg) ? 'diamond' : 'circle')),
      },
      hovertext: points.map((point) =>
        hoverLines(
          `<b>nDCG ${formatNdcg(point.ndcg)}</b>`,
          ndcgInterval(point) && `${style.trans.__('95 % interval')} ${ndcgInterval(point)}`,
          bucketWords(point, bucket, style),
        ),
      ),
      hoverinfo: 'text',
    },
  ];
}

/** How far the 95 % interval reaches to either side, of a standard error; no number without one. */
function reachOf(error: number | undefined): number {
  return 1.96 * (error ?? Number.NaN);
}

/** The 95 % interval of a bucket's nDCG, by its standard error: "0.81 to 0.87". */
export function ndcgInterval({ ndcg, ndcgError }: AttributionPoint): string | undefined {
  if (ndcg === undefined || ndcgError === undefined) return undefined;
  const [low, high] = [Math.max(0, ndcg - reachOf(ndcgError)), Math.min(1, ndcg + reachOf(ndcgError))];
  return `${formatNdcg(low)} to ${formatNdcg(high)}`;
}

/** What the charts of shares over time have in common: time to the right, and the nDCG with its threshold. */
export function seriesLayout(
  { ranking }: OutputAttributionReport,
  points: readonly AttributionPoint[],
  bucket: Bucket,
  style: ChartStyle,
): Record<string, unknown> {
  const { colours, trans, width } = style;
  const values = points.flatMap(({ ndcg }) => (ndcg === undefined ? [] : [ndcg]));
  const least = Math.min(ranking.threshold, ...values);
  return {
    ...baseLayout(style),
    hovermode: 'closest',
    xaxis: axis(style, bucketAxisTitle(bucket, trans), {
      type: 'date',
      showgrid: false,
      nticks: width < 420 ? 3 : 8,
      tickangle: 0,
      ...(points.length > 0 && {
        range: [plotTime(points[0]!.start, bucket), plotTime(endOf(points, bucket), bucket)],
      }),
    }),
    ...(values.length > 0 && {
      yaxis2: axis(style, 'nDCG', {
        domain: ndcgDomain,
        range: [Math.max(0, least - (1 - least) * 0.15), 1 + (1 - least) * 0.12],
        nticks: 4,
      }),
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          yref: 'y2',
          y0: ranking.threshold,
          y1: ranking.threshold,
          line: { color: colours.text, width: 1.5, dash: 'dot' },
        },
      ],
    }),
  };
}
