import type { AttributionPoint, OutputAttributionReport } from 'driftline';
import { formatPoints, formatShare } from '../../format/attribution-format.js';
import type { ChartStyle, Figure } from '../figure.js';
import { plotTime } from '../plot-time.js';
import { topFeatures } from './attribution-bars.js';
import { hoverLines, hoverName, nameAxis } from './feature-rows.js';
import {
  type Bucket,
  bucketMilliseconds,
  bucketWords,
  endOf,
  ndcgLine,
  seriesLayout,
  shareDomain,
} from './share-time.js';

/** Features with a line of the heat map. */
const heatLines = 12;
/** The weakest scale, as a share: smaller changes do not get a full colour. */
const leastScale = 0.02;

/** By feature and bucket how far the share is from the baseline's: blue below, red above, under the bucket's nDCG. */
export function shareChangeFigure(output: OutputAttributionReport, bucket: Bucket, style: ChartStyle): Figure {
  const { colours, trans } = style;
  const points = everyBucket(output.series, bucket);
  const shown = topFeatures(output.features, heatLines).filter(({ share }) => share.baseline !== undefined);
  const changes = shown.map((feature) => {
    const place = output.features.indexOf(feature);
    return points.map((point) => {
      const share = point.shares[place];
      return share === undefined ? null : share - (feature.share.baseline?.value ?? 0);
    });
  });
  const top = Math.max(leastScale, ...changes.flat().map((change) => Math.abs(change ?? 0)));
  const edges = [...points.map(({ start }) => start), endOf(points, bucket)];
  return {
    data: [
      {
        type: 'heatmap',
        x: edges.map(plotTime),
        y: shown.map((_, index) => index),
        z: changes,
        zmin: -top,
        zmax: top,
        colorscale: [
          [0, colours.current],
          [0.5, colours.surface],
          [1, colours.violated],
        ],
        showscale: false,
        xgap: points.length > 60 ? 0 : 1,
        ygap: 2,
        hoverongaps: false,
        hovertext: shown.map((feature, line) =>
          points.map((point, at) => {
            const change = changes[line]?.[at];
            return hoverLines(
              hoverName(feature.feature),
              bucketWords(point, bucket, style),
              change === null || change === undefined
                ? trans.__('no rows')
                : trans.__(
                    '%1, baseline %2 (%3 points)',
                    formatShare(point.shares[output.features.indexOf(feature)]),
                    formatShare(feature.share.baseline?.value),
                    formatPoints(change),
                  ),
            );
          }),
        ),
        hoverinfo: 'text',
      },
      ...ndcgLine(output, points, bucket, style),
    ],
    layout: {
      ...seriesLayout(output, points, bucket, style),
      height: 170 + shown.length * 22,
      margin: { l: 52, r: 12, t: 8, b: 44 },
      yaxis: nameAxis(
        shown.map(({ feature }) => feature),
        style,
        { domain: shareDomain },
      ),
    },
  };
}

/** All buckets from the first to the last; those that the report leaves out have no rows. */
function everyBucket(series: readonly AttributionPoint[], bucket: Bucket): readonly AttributionPoint[] {
  const [first, last] = [series[0], series.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(series.map((point) => [Date.parse(point.start), point]));
  const count = Math.round((Date.parse(last.start) - Date.parse(first.start)) / bucketMilliseconds[bucket]) + 1;
  return Array.from({ length: count }, (_, index) => {
    const time = Date.parse(first.start) + index * bucketMilliseconds[bucket];
    return known.get(time) ?? { start: new Date(time).toISOString(), rows: 0, shares: [] };
  });
}
