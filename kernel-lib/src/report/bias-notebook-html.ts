import {
  biasChanceText,
  biasChangeText,
  biasIntervalText,
  biasNumberText,
  biasRangeText,
  biasValueText,
} from './bias-number-text.js';
import { allowedOf, biasByState, biasState, biasStateWord } from './bias-states.js';
import { facetSentences, noValueText, serviceText } from './bias-words.js';
import { coverageText } from './coverage-text.js';
import { type Html, html, trusted } from './html-template.js';
import type { BiasMetricReport, FacetBiasReport, Intersection, ModelBiasReport } from './model-bias-report.js';
import { amber, cell, numberCell, numberHead, red, table } from './notebook-look.js';
import { clipText, countText, plural } from './value-text.js';

const MOST_CELLS = 100;

/** Coverage and each group's sentences in sight; metrics and where groups meet folded. */
export function biasNotebookParts(bias: ModelBiasReport): Html {
  return html`
<div>${coverageText(bias.coverage)}</div>
${bias.facets.map((facet) => facetPart(facet, bias))}${bias.intersections.map(intersectionPart)}`;
}

function facetPart(facet: FacetBiasReport, bias: ModelBiasReport): Html {
  const { title, others, metrics, warning } = facet;
  return html`<div style="margin-top:10px"><strong><bdi>${clipText(title, 80)}</bdi></strong> against <bdi>${clipText(others, 80)}</bdi></div>
${warning !== undefined && html`<div style="color:${trusted(amber)}">Too few for a verdict: ${clipText(warning, 200)}.</div>`}
${facetSentences(facet, bias).map((sentence) => html`<div>${clipText(sentence, 600)}</div>`)}
${metrics.length > 0 && html`<details><summary>${plural(metrics.length, 'metric')}</summary>${metricsTable(metrics)}</details>`}
`;
}

function metricsTable(metrics: readonly BiasMetricReport[]): Html {
  const heads = ['Baseline', 'Current', '95 %', 'Allowed', 'Change', 'Adjusted p'];
  return html`<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Metric</th><th ${cell}>Status</th>${heads.map((head) => html`<th ${numberHead}>${head}</th>`)}</tr></thead><tbody>
${biasByState(metrics).map((metric) => {
  const { name, title, baseline, current, change } = metric;
  const state = biasState(metric);
  const colour = state === 'violated' ? red : state === 'drifting' ? amber : 'inherit';
  const value = biasValueText(current);
  const service = serviceText(current);
  const why = value === undefined ? `: ${noValueText(metric)}` : '';
  const numbers = [
    biasValueText(baseline),
    value,
    current && value !== undefined ? biasIntervalText(current) : undefined,
    biasRangeText(allowedOf(metric)),
    change && biasChangeText(change.value),
    biasChanceText(metric)?.replace(/^adjusted p (= )?/, ''),
  ];
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(title, 60)}</bdi> (<bdi>${clipText(name, 40)}</bdi>)</th><td ${cell}><span style="color:${trusted(colour)}">${biasStateWord(metric)}</span>${why}${service !== '' && html`<br>${service}`}</td>${numbers.map((text) => html`<td ${numberCell}>${text ?? '–'}</td>`)}</tr>
`;
})}</tbody></table></div>`;
}

/** The colour says the sign, as the number does. */
function intersectionPart({ facets, rows, columns, cells }: Intersection): Html {
  const names = ['DPL', 'DPPL', 'RD', 'AD'].filter((name) => cells.some(({ values }) => values[name]?.current));
  if (names.length === 0) return html``;
  return html`<details><summary>Where <bdi>${clipText(facets[0], 60)}</bdi> and <bdi>${clipText(facets[1], 60)}</bdi> meet</summary><div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Group</th><th ${numberHead}>Rows</th>${names.map((name) => html`<th ${numberHead}>${name}</th>`)}</tr></thead><tbody>
${cells.slice(0, MOST_CELLS).map(
  ({ row, column, size, values }) =>
    html`<tr><th ${cell} scope="row"><bdi>${clipText(rows[row] ?? '', 60)}</bdi>, <bdi>${clipText(columns[column] ?? '', 60)}</bdi></th><td ${numberCell}>${size.current === undefined ? '–' : countText(size.current)}</td>${names.map(
      (name) => {
        const value = values[name]?.current?.value;
        return html`<td ${numberCell}>${value === undefined ? '–' : biasNumberText(value)}</td>`;
      },
    )}</tr>
`,
)}</tbody></table></div>${cells.length > MOST_CELLS && html`<div>${plural(cells.length - MOST_CELLS, 'more cell')}</div>`}</details>
`;
}
