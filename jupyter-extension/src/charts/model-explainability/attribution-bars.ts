import type { Estimated, FeatureAttributionReport, Pair } from 'driftline';
import { formatBounds, formatShare } from '../../format/attribution-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from '../figure.js';
import { baselineMarker, transparent } from '../sample-markers.js';
import { type AttributionAxis, drawnFeatures, errorBars, hoverLines, hoverName, nameAxis } from './feature-rows.js';

/** What a bar is as long as. */
export type AttributionMeasure = 'attribution' | 'share';

/** The features that are drawn: those of the baseline's and of the current ranking's top, in the baseline's order. */
export function topFeatures(
  features: readonly FeatureAttributionReport[],
  limit: number = drawnFeatures,
): FeatureAttributionReport[] {
  const best = ({ rank }: FeatureAttributionReport): number =>
    Math.min(rank.baseline ?? Infinity, rank.current ?? Infinity);
  const kept = new Set([...features].sort((a, b) => best(a) - best(b)).slice(0, limit));
  return features.filter((feature) => kept.has(feature));
}

/** Two bars a feature, baseline over current, each with its 95 % interval. */
export function attributionBarsFigure(
  features: readonly FeatureAttributionReport[],
  measure: AttributionMeasure,
  { title, numbers }: AttributionAxis,
  style: ChartStyle,
): Figure {
  const { colours, width, trans } = style;
  const shown = topFeatures(features);
  const format = measure === 'share' ? formatShare : numbers.value;
  const samples = [
    {
      key: 'baseline',
      name: trans.__('baseline'),
      offset: -0.19,
      marker: baselineMarker(colours),
    },
    {
      key: 'current',
      name: trans.__('current'),
      offset: 0.19,
      marker: { color: transparent(colours.current, 0.38), line: { color: colours.current, width: 1.5 } },
    },
  ] as const;
  const reach = Math.max(
    0,
    ...shown.flatMap((feature) => Object.values(feature[measure]).map(({ value, upper }) => upper ?? value)),
  );
  const bars = samples.flatMap(({ key, name, offset, marker }) => {
    const rows = shown.flatMap((feature, index) => {
      const estimated = feature[measure][key];
      return estimated === undefined ? [] : [{ feature, index, estimated }];
    });
    if (rows.length === 0) return [];
    return [
      {
        type: 'bar',
        orientation: 'h',
        name,
        y: rows.map(({ index }) => index + offset),
        x: rows.map(({ estimated }) => estimated.value),
        width: 0.36,
        marker,
        error_x: errorBars(
          rows.map(({ estimated }) => estimated),
          colours.text,
        ),
        customdata: rows.map(({ feature }) => feature.feature),
        hovertext: rows.map(({ feature }) =>
          hoverLines(hoverName(feature.feature), ...lines(feature[measure], format, trans)),
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
      height: 52 + shown.length * 36,
      margin: { l: 8, r: 16, t: 4, b: 40 },
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: axis(style, title, {
        nticks: width < 420 ? 4 : 8,
        range: [0, reach * 1.04 || 1],
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
  format: (value: number | undefined) => string,
  trans: ChartStyle['trans'],
): (string | undefined)[] {
  return [[trans.__('baseline'), pair.baseline] as const, [trans.__('current'), pair.current] as const].map(
    ([name, estimated]) => {
      if (estimated === undefined) return undefined;
      const interval = formatBounds(estimated, format);
      return `${name} ${format(estimated.value)}${interval === undefined ? '' : ` (${interval})`}`;
    },
  );
}
