import type { FeatureAttributionReport } from 'driftline';
import { shorten } from '../../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import { topFeatures } from './attribution-bars.js';
import { hoverLines, hoverName } from './feature-rows.js';

/** Features in one slope chart. */
export const drawnRanks = 12;

type Direction = FeatureAttributionReport['direction'];

/**
 * A line a feature from its place in the baseline's ranking to that in the current one. Those whose share rose or fell
 * beyond chance are drawn strong, the fallen dashed; the others thin.
 */
export function rankSlopeFigure(features: readonly FeatureAttributionReport[], style: ChartStyle): Figure {
  const { colours, width, trans } = style;
  const shown = topFeatures(features, drawnRanks);
  const places = { baseline: placesAmong(shown, 'baseline'), current: placesAmong(shown, 'current') };
  const length = width < 420 ? 11 : width < 640 ? 18 : 26;
  const looks: Readonly<Record<Direction, { readonly color: string; readonly width: number; readonly dash: string }>> =
    {
      rose: { color: colours.current, width: 3, dash: 'solid' },
      fell: { color: colours.drifting, width: 3, dash: 'dash' },
      unchanged: { color: colours.baseline, width: 1.5, dash: 'solid' },
      'not-judged': { color: colours.baseline, width: 1.5, dash: 'dot' },
    };
  const label = (feature: FeatureAttributionReport, side: 'baseline' | 'current'): Record<string, unknown>[] => {
    const [rank, place] = [feature.rank[side], places[side].get(feature)];
    if (rank === undefined || place === undefined) return [];
    const name = plotText(shorten(feature.feature, length));
    const strong = feature.direction === 'rose' || feature.direction === 'fell';
    const text = side === 'baseline' ? `${name}  ${rank}` : `${rank}  ${name}`;
    return [
      {
        x: side === 'baseline' ? 0 : 1,
        xanchor: side === 'baseline' ? 'right' : 'left',
        xshift: side === 'baseline' ? -8 : 8,
        y: place,
        showarrow: false,
        text: strong ? `<b>${text}</b>` : text,
        font: { color: strong ? colours.text : colours.muted },
      },
    ];
  };
  const room = Math.min(0.42, (length * 7.2 + 34) / Math.max(width, 1));
  const reach = room / Math.max(0.16, 1 - 2 * room);
  return {
    data: shown.map((feature) => ({
      type: 'scatter',
      mode: 'lines+markers',
      x: [0, 1],
      y: [places.baseline.get(feature) ?? null, places.current.get(feature) ?? null],
      line: looks[feature.direction],
      marker: {
        color: looks[feature.direction].color,
        size: 8,
        symbol:
          feature.direction === 'fell' ? 'triangle-down' : feature.direction === 'rose' ? 'triangle-up' : 'circle',
      },
      customdata: [feature.feature, feature.feature],
      hovertext: hoverLines(
        hoverName(feature.feature),
        trans.__('place %1 in the baseline, %2 now', feature.rank.baseline ?? '–', feature.rank.current ?? '–'),
      ),
      hoverinfo: 'text',
    })),
    layout: {
      ...baseLayout(style),
      height: 56 + shown.length * 26,
      margin: { l: 4, r: 4, t: 28, b: 8 },
      hovermode: 'closest',
      xaxis: axis(style, '', {
        title: undefined,
        range: [-reach, 1 + reach],
        side: 'top',
        tickvals: [0, 1],
        ticktext: [trans.__('baseline'), trans.__('current')],
        showgrid: false,
        ticks: '',
      }),
      yaxis: axis(style, '', { title: undefined, range: [shown.length + 0.6, 0.4], visible: false }),
      annotations: shown.flatMap((feature) => [...label(feature, 'baseline'), ...label(feature, 'current')]),
    },
  };
}

/** The order of the drawn features in one sample, from 1: those between them that are not drawn leave no gap. */
function placesAmong(
  features: readonly FeatureAttributionReport[],
  side: 'baseline' | 'current',
): ReadonlyMap<FeatureAttributionReport, number> {
  const ranked = features.filter(({ rank }) => rank[side] !== undefined);
  ranked.sort((a, b) => (a.rank[side] ?? 0) - (b.rank[side] ?? 0));
  return new Map(ranked.map((feature, index) => [feature, index + 1]));
}
