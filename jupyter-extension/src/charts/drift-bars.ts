import type { FeatureReport, Report } from 'driftline';
import { formatDistance, formatNumber } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';

/** Features in one chart; the table beside it has them all. */
export const driftBarsLimit = 30;

/** A feature whose distribution was compared, and what came of it. */
export interface ComparedFeature {
  readonly name: string;
  readonly drift: NonNullable<FeatureReport['drift']>;
  /** `violated` by the drift check under the deciding rule; `drifting`: beyond its threshold, but not violated; `within` it. */
  readonly outcome: 'violated' | 'drifting' | 'within';
}

/** The features that were compared, the largest distance in units of its threshold first. */
export function comparedFeatures({
  features,
  violations,
  rule,
}: Pick<Report, 'features' | 'violations' | 'rule'>): ComparedFeature[] {
  const violated = new Set(
    violations
      .filter(({ check, rules }) => check === 'baseline_drift_check' && rules.includes(rule))
      .map(({ feature }) => feature),
  );
  const ratio = ({ drift }: ComparedFeature): number =>
    drift.threshold > 0 ? drift.distance / drift.threshold : drift.distance;
  return features
    .flatMap(({ name, drift }): ComparedFeature[] => {
      if (drift === undefined) return [];
      const outcome = violated.has(name) ? 'violated' : drift.distance > drift.threshold ? 'drifting' : 'within';
      return [{ name, drift, outcome }];
    })
    .sort((a, b) => ratio(b) - ratio(a));
}

/** A horizontal bar a feature: its distance, a whisker down to the lower 95 % bound, and its threshold as a line. */
export function driftBarsFigure(features: readonly ComparedFeature[], style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const shown = features.slice(0, driftBarsLimit);
  const labelLength = width < 420 ? 14 : width < 640 ? 20 : 28;
  const reach = Math.max(0.01, ...shown.map(({ drift }) => Math.max(drift.distance, drift.threshold)));
  const outcomes = [
    { outcome: 'violated', title: trans.__('violation'), marker: { color: colours.violated } },
    {
      outcome: 'drifting',
      title: trans.__('beyond threshold, no violation'),
      marker: {
        color: colours.surface,
        line: { color: colours.drifting, width: 1 },
        pattern: { shape: '/', fgcolor: colours.drifting, size: 6, solidity: 0.3 },
      },
    },
    { outcome: 'within', title: trans.__('within threshold'), marker: { color: colours.baseline } },
  ] as const;
  const bars = outcomes.flatMap(({ outcome, title, marker }) => {
    const rows = shown.flatMap((feature, index) => (feature.outcome === outcome ? [{ ...feature, index }] : []));
    if (rows.length === 0) return [];
    return [
      {
        type: 'bar',
        orientation: 'h',
        name: title,
        y: rows.map(({ index }) => index),
        x: rows.map(({ drift }) => drift.distance),
        customdata: rows.map(({ name }) => name),
        marker,
        error_x: {
          type: 'data',
          symmetric: false,
          array: rows.map(() => 0),
          arrayminus: rows.map(({ drift }) => Math.max(0, drift.distance - drift.lowerBound)),
          color: colours.text,
          thickness: 1.25,
          width: 3,
        },
        hovertemplate: rows.map(
          ({ name, drift }) =>
            `<b>${plotText(name)}</b><br>${trans.__('distance')} ${formatNumber(drift.distance)}<br>${trans.__('lower 95 % bound')} ${formatNumber(drift.lowerBound)}<br>${trans.__('threshold')} ${formatNumber(drift.threshold)}<extra></extra>`,
        ),
      },
    ];
  });
  const thresholds = {
    type: 'scatter',
    mode: 'lines',
    name: trans.__('threshold'),
    x: shown.flatMap(({ drift }) => [drift.threshold, drift.threshold, null]),
    y: shown.flatMap((_, index) => [index - 0.5, index + 0.5, null]),
    line: { color: colours.text, width: 1.5, dash: 'dot' },
    hoverinfo: 'skip',
  };
  return {
    data: [...bars, thresholds],
    layout: {
      ...baseLayout(style),
      height: 56 + shown.length * 24,
      margin: { l: 8, r: 52, t: 6, b: 40 },
      bargap: 0.35,
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: axis(style, trans.__('distance from the baseline'), {
        range: [0, reach * 1.02],
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: shown.map((_, index) => index),
        ticktext: shown.map(({ name }) => `${plotText(shorten(name, labelLength))} `),
        range: [shown.length - 0.5, -0.5],
        showgrid: false,
      }),
      annotations: shown.map(({ drift, outcome }, index) => ({
        xref: 'paper',
        x: 1,
        xanchor: 'left',
        xshift: 8,
        y: index,
        showarrow: false,
        text: outcome === 'violated' ? `<b>${formatDistance(drift.distance)}</b>` : formatDistance(drift.distance),
        font: { color: outcome === 'within' ? colours.muted : colours[outcome] },
      })),
    },
  };
}
