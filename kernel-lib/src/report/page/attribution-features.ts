import { attributionText, boundsText, movedFeatures, scaleWord } from '../attribution-words.js';
import { beeswarmChart } from '../charts/attribution-beeswarm-chart.js';
import { dependenceChart } from '../charts/attribution-dependence-chart.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type {
  AttributionDistribution,
  DependenceBin,
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from '../model-explainability-report.js';
import { countText, percentText } from '../value-text.js';
import { dataTable, figure, keyEntry, nameOf, wideAndNarrow } from './parts.js';

const SWARMS = 12;
const OPEN = 4;
/** Features whose dependence is drawn: a report's size is bounded. */
const DEPENDENCES = 20;

/** How the attributions of single features spread, and how they follow the feature's value. */
export function featureDetails(
  output: OutputAttributionReport,
  { scale }: ModelExplainabilityReport,
  draw: ChartRenderer,
  id: string,
): Html {
  const unit = scaleWord(scale);
  return html`${swarmSection(output, unit, draw, id)}${dependenceSection(output, unit, draw, id)}`;
}

function swarmSection({ features }: OutputAttributionReport, unit: string, draw: ChartRenderer, id: string): Html {
  const shown = features.filter(({ distribution }) => distribution !== undefined).slice(0, SWARMS);
  if (shown.length === 0) return html``;
  return html`<section id="${id}-spread"><h2>How attributions spread</h2>
<p class="lead">Each feature: the baseline above (pale), the window below. The higher a mark, the more rows have that attribution (by the root of their number).</p>
<div class="wide-chart">${figure(
    'Attributions of the rows',
    [
      html`<span class="key level"><span class="ramp" aria-hidden="true"></span>low to high value of the feature</span>`,
      keyEntry('values without order', 'muted'),
    ],
    wideAndNarrow(draw, (width) => beeswarmChart(shown, unit, width)),
    spreadTable(shown),
  )}</div></section>
`;
}

/** The quarters of each spread, out of its bins. */
function spreadTable(features: readonly FeatureAttributionReport[]): Html {
  const at = (edges: readonly number[], counts: readonly number[] | undefined, share: number): string => {
    const total = counts?.reduce((sum, count) => sum + count, 0) ?? 0;
    if (counts === undefined || total === 0) return '–';
    let below = 0;
    const bin = counts.findIndex((count) => {
      below += count;
      return below >= share * total;
    });
    return attributionText((edges[bin]! + edges[bin + 1]!) / 2);
  };
  const row = ({ edges, baseline, current }: AttributionDistribution): string[] =>
    [0.25, 0.5, 0.75].flatMap((share) => [at(edges, baseline, share), at(edges, current, share)]);
  return dataTable(
    ['Feature', '25 %, baseline', 'current', '50 %, baseline', 'current', '75 %, baseline', 'current'],
    features.map(({ feature, distribution }) => [nameOf(feature, 80), ...row(distribution!)]),
    [1, 2, 3, 4, 5, 6],
    'To the width of a bin',
  );
}

function dependenceSection(output: OutputAttributionReport, unit: string, draw: ChartRenderer, id: string): Html {
  const moved = movedFeatures(output);
  const ordered = [...moved, ...output.features.filter((feature) => !moved.includes(feature))]
    .filter((feature) => dependenceChart(feature, unit) !== undefined)
    .slice(0, DEPENDENCES);
  if (ordered.length === 0) return html``;
  const [open, folded] = [ordered.slice(0, OPEN), ordered.slice(OPEN)];
  const charts = (some: readonly FeatureAttributionReport[]): Html =>
    html`<div class="charts">${some.map((feature) => dependenceFigure(feature, unit, draw))}</div>`;
  return html`<section id="${id}-values"><h2>How attributions follow the value</h2>
<p class="lead">The mean attribution of the rows with about the same value. Where both samples agree, the model reads the value as before, and only the values have moved.</p>
${charts(open)}
${folded.length > 0 && html`<details><summary>${folded.length} more features</summary><div class="folded">${charts(folded)}</div></details>`}</section>
`;
}

function dependenceFigure(feature: FeatureAttributionReport, unit: string, draw: ChartRenderer): Html {
  return figure(
    nameOf(feature.feature, 60),
    [keyEntry('baseline', 'baseline', 'dot'), keyEntry('current', 'current', 'dot')],
    draw(dependenceChart(feature, unit)!),
    dependenceTable(feature.dependence ?? []),
  );
}

function dependenceTable(bins: readonly DependenceBin[]): Html {
  const [before, now] = (['baseline', 'current'] as const).map((side) =>
    bins.reduce((sum, { rows }) => sum + (rows[side] ?? 0), 0),
  );
  const share = (rows: number | undefined, total: number): string =>
    rows === undefined ? '–' : `${countText(rows)} (${percentText(total === 0 ? 0 : rows / total)})`;
  return dataTable(
    ['Value', 'Rows, baseline', 'Rows, current', 'Mean, baseline', 'Mean, current'],
    bins.map(({ title, rows, mean }) => [
      nameOf(title, 60),
      share(rows.baseline, before!),
      share(rows.current, now!),
      ...[mean.baseline, mean.current].map((value) => {
        const bounds = value && boundsText(value);
        return html`${value === undefined ? '–' : attributionText(value.value)}${bounds !== undefined && html` <small>${bounds}</small>`}`;
      }),
    ]),
    [1, 2, 3, 4],
  );
}
