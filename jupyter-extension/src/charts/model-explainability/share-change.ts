import type { OutputAttributionReport } from 'driftline';
import { formatPoints, formatShare } from '../../format/attribution-format.js';
import type { ChartStyle, Figure } from '../figure.js';
import { plotTime } from '../plot-time.js';
import { topFeatures } from './attribution-bars.js';
import { hoverLines, hoverName, nameAxis } from './feature-rows.js';
import { type Bucket, bucketWords, endOf, everyBucket, ndcgLine, seriesLayout, shareDomain } from './share-time.js';

/** Features with a line of the heat map. */
const heatLines = 12;
/** The weakest scale, as a share: smaller changes do not get a full colour. */
const leastScale = 0.02;
/** Pixels of a cell in which a sign can be read. */
const roomForSign = 12;

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
  const top = changeScale(output);
  const cellWidth = (style.width - 120) / points.length;
  const edges = [...points.map(({ start }) => start), endOf(points, bucket)];
  return {
    data: [
      {
        type: 'heatmap',
        x: edges.map((edge) => plotTime(edge, bucket)),
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
        text: changes.map((line) => line.map((change) => (cellWidth < roomForSign ? '' : signOf(change, top)))),
        texttemplate: '%{text}',
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

/** A sign for changes of some size, so that colour is not all that tells them. */
function signOf(change: number | null, top: number): string {
  if (change === null || Math.abs(change) < top / 4) return '';
  return change > 0 ? '+' : '−';
}

/** The share that the strongest colour stands for. */
export function changeScale({ features, series }: OutputAttributionReport): number {
  const changes = topFeatures(features, heatLines).flatMap((feature) => {
    const { baseline } = feature.share;
    if (baseline === undefined) return [];
    const place = features.indexOf(feature);
    return series.map(({ shares }) => Math.abs((shares[place] ?? baseline.value) - baseline.value));
  });
  return Math.max(leastScale, ...changes);
}
