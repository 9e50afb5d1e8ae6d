import type { OutputAttributionReport } from 'driftline';
import { formatShare } from '../../format/attribution-format.js';
import { shorten } from '../../format/shorten.js';
import { mix } from '../colour-contrast.js';
import { axis, type ChartStyle, type Figure, plotText } from '../figure.js';
import { plotTime } from '../plot-time.js';
import { topFeatures } from './attribution-bars.js';
import { hoverLines, hoverName } from './feature-rows.js';
import { type Bucket, bucketWords, endOf, everyBucket, ndcgLine, seriesLayout, shareDomain } from './share-time.js';

/** Features with a band of their own; the others share one. */
const bands = 6;

/** Each feature's share of attribution by bucket as bands that add up to 1, with a gap where there are no rows, under the bucket's nDCG. */
export function shareBandsFigure(output: OutputAttributionReport, bucket: Bucket, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const points = everyBucket(output.series, bucket);
  const shown = topFeatures(output.features, bands);
  const places = shown.map((feature) => output.features.indexOf(feature));
  const shares = points.map((point) => {
    const own = places.map((place) => point.shares[place] ?? 0);
    const others = point.shares.reduce((sum, share) => sum + share, 0) - own.reduce((sum, share) => sum + share, 0);
    return [...own, Math.max(0, others)];
  });
  const names = [
    ...shown.map(({ feature }) => feature),
    ...(output.features.length > bands ? [trans.__('others')] : []),
  ];
  const times = [...points.map(({ start }) => start), endOf(points, bucket)];
  const shapes = ['', '/', '', '\\', '', '.', ''];
  const traces = names.map((name, index) => {
    const colour = index === shown.length ? colours.baseline : rgb(mix(colours.current, colours.surface, index / 7));
    const values = shares.map((share) => share[index] ?? 0);
    return {
      type: 'scatter',
      mode: 'lines',
      stackgroup: 'shares',
      name: plotText(shorten(name, 40)),
      x: times.map((time) => plotTime(time, bucket)),
      y: [...values, values.at(-1) ?? 0],
      line: { shape: 'hv', width: 1, color: colours.background },
      fillcolor: colour,
      fillpattern: {
        shape: shapes[index] ?? '',
        bgcolor: colour,
        fgcolor: colours.background,
        fgopacity: 0.5,
        size: 7,
        solidity: 0.2,
      },
      hovertext: [...points, points.at(-1)!].map((point, at) =>
        hoverLines(
          hoverName(name),
          bucketWords(point, bucket, style),
          formatShare(values[Math.min(at, values.length - 1)]),
        ),
      ),
      hoverinfo: 'text',
    };
  });
  const labelLength = width < 420 ? 12 : 22;
  return {
    data: [...traces, ...ndcgLine(output, points, bucket, style)],
    layout: {
      ...seriesLayout(output, points, bucket, style),
      height: 380,
      margin: { l: 52, r: Math.min(160, labelLength * 7 + 12), t: 8, b: 44 },
      yaxis: axis(style, trans.__('share'), { domain: shareDomain, range: [0, 1], tickformat: '.0%', nticks: 6 }),
      annotations: bandLabels(names, shares.findLast((_, at) => (points[at]?.rows ?? 0) > 0) ?? [], labelLength, style),
    },
  };
}

/** Names beside the ends of their bands, moved apart where they would overlap. */
function bandLabels(
  names: readonly string[],
  shares: readonly number[],
  length: number,
  { colours }: ChartStyle,
): Record<string, unknown>[] {
  const apart = 0.062;
  let sum = 0;
  const middles = names.map((_, index) => {
    const share = shares[index] ?? 0;
    sum += share;
    return sum - share / 2;
  });
  for (let index = 1; index < middles.length; index++) {
    middles[index] = Math.max(middles[index]!, middles[index - 1]! + apart);
  }
  let ceiling = 1 - apart / 3;
  for (let index = middles.length - 1; index >= 0; index--) {
    middles[index] = Math.min(middles[index]!, ceiling);
    ceiling = middles[index]! - apart;
  }
  return names.map((name, index) => ({
    xref: 'paper',
    x: 1,
    xanchor: 'left',
    xshift: 6,
    y: middles[index],
    showarrow: false,
    text: plotText(shorten(name, length)),
    font: { color: colours.text, size: 11 },
  }));
}

function rgb(channels: readonly number[]): string {
  return `rgb(${channels.map(Math.round).join(',')})`;
}
