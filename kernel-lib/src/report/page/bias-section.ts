import { subjectKey, violationsOf } from '../bias-states.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { coverageText } from '../coverage-text.js';
import { type Html, html } from '../html-template.js';
import type { ModelBiasReport } from '../model-bias-report.js';
import type { Report } from '../report.js';
import { clipText, plural } from '../value-text.js';
import { biasFacetSection } from './bias-facet-section.js';
import { intersectionsSection } from './bias-intersections.js';
import { coverageFigure } from './coverage-section.js';

/** Everything of a bias check, in the order of reading: group by group, those with violations first, then where groups meet. */
export function biasSections(
  report: Report,
  bias: ModelBiasReport,
  anchors: ReadonlyMap<string, string>,
  draw: ChartRenderer,
): Html {
  const facets = bias.facets.map((facet, place) => ({ facet, place, found: violationsOf(facet, report) }));
  const decided = (violations: Report['violations']): number =>
    violations.filter(({ rules }) => rules.includes(report.rule)).length;
  const sorted = [...facets].sort((a, b) => decided(b.found) - decided(a.found));
  return html`${sorted.map(({ facet, place, found }) =>
    biasFacetSection({ report, bias, facet, violations: found, id: `group-${place + 1}`, anchors, draw }),
  )}${intersectionsSection(bias.intersections)}${labelsSection(bias, draw)}`;
}

/** Ids of the metrics of each group: what violations link to. */
export function biasAnchors({ facets }: ModelBiasReport): Map<string, string> {
  return new Map(
    facets.flatMap(({ facet, value, title, metrics }, place) =>
      metrics.map(({ name }, index): [string, string] => [
        subjectKey({ feature: name, facet: { name: facet, value, title } }),
        `metric-${place + 1}-${index + 1}`,
      ]),
    ),
  );
}

/** How many rows have their label, and where all of it was found. */
function labelsSection({ coverage, addressing, label, comparisons }: ModelBiasReport, draw: ChartRenderer): Html {
  const { prediction, probability, threshold, groupVariable } = addressing;
  const { unmatchedLabels, repeatedLabels } = coverage;
  const asides = [
    ...(unmatchedLabels > 0 ? [`${plural(unmatchedLabels, 'label')} without a prediction in the window`] : []),
    ...(repeatedLabels > 0 ? [`${plural(repeatedLabels, 'label')} came again: the last one counts`] : []),
  ];
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Label', addressing.label],
    ['Positive', `${clipText(label.name)}: ${clipText(label.positive)}`],
    ['Prediction', prediction],
    [
      'Probability',
      probability && `${clipText(probability)}${threshold === undefined ? '' : `, positive above ${threshold}`}`,
    ],
    ['Group variable', groupVariable],
    [
      'Comparisons',
      comparisons > 0 ? `${comparisons}, over which p-values are corrected for false discoveries` : undefined,
    ],
  ];
  return html`<section id="labels"><h2>Labels</h2>
<p class="lead">${coverageText(coverage)}${asides.length > 0 && ` ${asides.join('; ')}.`}</p>
${coverageFigure(coverage, draw)}
<details><summary>Where they were found</summary><dl class="record folded">${facts.map(
    ([name, text]) => text !== undefined && html`<dt>${name}</dt><dd><bdi>${clipText(text, 300)}</bdi></dd>`,
  )}</dl></details></section>
`;
}
