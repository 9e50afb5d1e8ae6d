import type { Estimated, FeatureAttributionReport, Pair } from 'driftline';
import { formatBounds, formatShare } from '../../format/attribution-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from '../figure.js';
import { baselineMarker, transparent } from '../sample-markers.js';
import { type AttributionAxis, drawnFeatures, errorBars, hoverLines, hoverName, nameAxis } from './feature-rows.js';

/** A feature with what its bars show. */
export type BarredFeature = Pick<FeatureAttributionReport, 'feature' | 'rank' | 'attribution' | 'share'>;

/** What a bar is as long as. */
export type AttributionMeasure = 'attribution' | 'share';

/** The features that are drawn: those of the baseline's and of the current ranking's top, in the baseline's order. */
export function topFeatures<Feature extends Pick<FeatureAttributionReport, 'rank'>>(
  features: readonly Feature[],
  limit: number = drawnFeatures,
): Feature[] {
  const best = ({ rank }: Feature): number => Math.min(rank.baseline ?? Infinity, rank.current ?? Infinity);
  const kept = new Set([...features].sort((a, b) => best(a) - best(b)).slice(0, limit));
  return features.filter((feature) => kept.has(feature));
}

/** Two bars a feature, baseline over current, each with its 95 % interval. */
export function attributionBarsFigure(
  features: readonly BarredFeature[],
  measure: AttributionMeasure,
  { title, numbers }: AttributionAxis,
  style: ChartStyle,
  names: { readonly baseline?: string; readonly current?: string } = {},
): Figure {
  const { colours, width, trans } = style;
  const shown = topFeatures(features);
  const format = measure === 'share' ? formatShare : numbers.value;
  const samples = [
    {
      key: 'baseline',
      name: names.baseline ?? trans.__('baseline'),
      offset: -0.19,
      marker: baselineMarker(colours),
    },
    {
      key: 'current',
      name: names.current ?? trans.__('current'),
      offset: 0.19,
      marker: { color: transparent(colours.current, 0.38), line: { color: colours.current, width: 1.5 } },
    },
  ] as const;
  const ends = shown.flatMap((feature) => Object.values(feature[measure]).map(({ value, upper }) => upper ?? value));
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const drawn = samples.filter(({ key }) => shown.some((feature) => feature[measure][key] !== undefined));
  const single = drawn.length < 2;
  const bars = drawn.flatMap(({ key, name, offset, marker }) => {
    const rows = shown.flatMap((feature, index) => {
      const estimated = feature[measure][key];
      return estimated === undefined ? [] : [{ feature, index, estimated }];
    });
    return [
      {
        type: 'bar',
        orientation: 'h',
        name,
        y: rows.map(({ index }) => index + (single ? 0 : offset)),
        x: rows.map(({ estimated }) => estimated.value),
        width: single ? 0.6 : 0.36,
        marker,
        error_x: errorBars(
          rows.map(({ estimated }) => estimated),
          colours.text,
        ),
        customdata: rows.map(({ feature }) => feature.feature),
        hovertext: rows.map(({ feature }) =>
          hoverLines(hoverName(feature.feature), ...lines(feature[measure], drawn, format)),
        ),
        hoverinfo: 'text',
        textposition: 'none',
      },
    ];
  });
  return {
    data: bars,
    layout: {
      ...baseLayout(style),
      height: 52 + shown.length * (single ? 24 : 36),
      margin: { l: 8, r: 16, t: 4, b: 40 },
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: axis(style, title, {
        nticks: width < 420 ? 4 : 8,
        range: [low * 1.04, high * 1.04 || Number(low === 0)],
        ...(measure === 'share' && { tickformat: '.0%' }),
      }),
      yaxis: nameAxis(
        shown.map(({ feature }) => feature),
        style,
      ),
    },
  };
}

function lines(
  pair: Pair<Estimated>,
  samples: readonly { readonly key: 'baseline' | 'current'; readonly name: string }[],
  format: (value: number | undefined) => string,
): (string | undefined)[] {
  return samples.map(({ key, name }) => {
    const estimated = pair[key];
    if (estimated === undefined) return undefined;
    const interval = formatBounds(estimated, format);
    return `${name} ${format(estimated.value)}${interval === undefined ? '' : ` (${interval})`}`;
  });
}
