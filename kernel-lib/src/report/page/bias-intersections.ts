import { biasNumberText } from '../bias-number-text.js';
import { type Html, html } from '../html-template.js';
import type { Intersection, IntersectionCell } from '../model-bias-report.js';
import { plural } from '../value-text.js';
import { nameOf } from './parts.js';

/** Groups shown at most, of each facet. */
const MOST_ROWS = 24;
const MOST_COLUMNS = 12;

const metrics: Readonly<Record<string, string>> = {
  DPL: 'Labels (DPL)',
  DPPL: 'Predictions (DPPL)',
  RD: 'Recall (RD)',
  AD: 'Accuracy (AD)',
};

/** Where groups of two facets meet, as heatmaps: each meeting against everybody outside it. */
export function intersectionsSection(intersections: readonly Intersection[]): Html {
  if (intersections.length === 0) return html``;
  return html`<section id="intersections"><h2>Where groups meet</h2>
<p class="lead">Each cell compares the rows in it with all rows outside it. <span class="heat above sample">Above 0</span> the rows in the cell are worse off, <span class="heat below sample">below 0</span> everybody else, if the positive value is the favourable one.</p>
${intersections.map(crossing)}</section>
`;
}

function crossing({ facets, rows, columns, cells }: Intersection): Html {
  const names = Object.keys(metrics).filter((name) => cells.some(({ values }) => values[name]?.current));
  const largest = Math.max(
    ...cells.flatMap(({ values }) => names.map((name) => Math.abs(values[name]?.current?.value ?? 0))),
  );
  const left = Math.max(0, rows.length - MOST_ROWS) + Math.max(0, columns.length - MOST_COLUMNS);
  return html`<h3 class="by-class">${nameOf(facets[0])} and ${nameOf(facets[1])}</h3>
<div class="matrices">${names.map((name) => heatmap(name, rows, columns, cells, largest))}</div>${left > 0 && html`<p class="small">${plural(left, 'group')} left out.</p>`}`;
}

function heatmap(
  metric: string,
  rows: readonly string[],
  columns: readonly string[],
  cells: readonly IntersectionCell[],
  largest: number,
): Html {
  const shown = columns.slice(0, MOST_COLUMNS);
  const at = new Map(cells.map((cell) => [`${cell.row}/${cell.column}`, cell]));
  return html`<div class="scroll"><table class="matrix crossing"><caption><strong>${metrics[metric]}</strong></caption><thead><tr><td></td>${shown.map(
    (column) => html`<th scope="col">${nameOf(column, 40)}</th>`,
  )}</tr></thead><tbody>
${rows.slice(0, MOST_ROWS).map(
  (
    row,
    i,
  ) => html`<tr><th scope="row">${nameOf(row, 40)}</th>${shown.map((_, j) => heatCell(at.get(`${i}/${j}`), metric, largest))}</tr>
`,
)}</tbody></table></div>`;
}

/** Value, interval, and what it was in the baseline; the colour says the sign, its strength the size. */
function heatCell(cell: IntersectionCell | undefined, metric: string, largest: number): Html {
  const { baseline, current } = cell?.values[metric] ?? {};
  const rows = cell?.size.current;
  const count = rows === undefined ? '' : plural(rows, 'row');
  if (current === undefined) return html`<td class="heat">–<small>${count}</small></td>`;
  const { value, lower, upper } = current;
  const strength = largest === 0 ? 0 : Math.abs(value) / largest;
  const look = value > 0 ? ' above' : value < 0 ? ' below' : '';
  const interval =
    lower === undefined || upper === undefined ? '' : `${biasNumberText(lower)} to ${biasNumberText(upper)}`;
  return html`<td class="heat${look}" style="--share:${strength.toFixed(3)}"><strong>${biasNumberText(value)}</strong><small>${interval}</small>${baseline && html`<small>was ${biasNumberText(baseline.value)}</small>`}<small>${count}</small></td>`;
}
