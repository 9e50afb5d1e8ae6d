import type { Chart, ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, type HtmlPart, html } from '../html-template.js';
import { clipText } from '../value-text.js';

/** A chart with its title, its key, and the same numbers as a table, folded. */
export function figure(title: HtmlPart, key: readonly Html[], picture: HtmlPart, table: Html, look = ''): Html {
  return html`<figure class="${look}"><figcaption><strong>${title}</strong>${key}</figcaption>
${picture}
<details><summary>The same as a table</summary><div class="folded scroll">${table}</div></details></figure>
`;
}

/** How an entry of a key is drawn; those from `dot` on are of bias pages. */
export type KeyLook = 'fill' | 'dash' | 'whisker' | 'line' | 'dot' | 'hollow' | 'diamond' | 'band' | 'upright';

/** An entry of a chart's key. */
export function keyEntry(label: string, colour: string, look: KeyLook = 'fill'): Html {
  return html`<span class="key ${look}" style="--key:var(--${colour})">${label}</span>`;
}

const narrow = 400;
const wide = 900;

/** A picture for wide screens and paper, and one for narrow screens. */
export function wideAndNarrow(draw: ChartRenderer, chart: (width: number) => Chart): Html {
  return bothWidths(draw, wide, chart);
}

/** A picture for a part of the page, and one for narrow screens, whose texts keep their size. */
export function bothWidths(draw: ChartRenderer, width: number, chart: (width: number) => Chart): Html {
  return html`<div class="wide">${draw(chart(width))}</div><div class="narrow">${draw(chart(narrow))}</div>`;
}

/** A name from the data: it keeps its own direction and is cut when it is endless. */
export function nameOf(name: string, length = 120): Html {
  return html`<bdi>${clipText(name, length)}</bdi>`;
}

/** A table. Cells in `numbers` columns (zero-based) are aligned right; the first cell of a row is its head. */
export function dataTable(
  heads: readonly HtmlPart[],
  rows: readonly (readonly HtmlPart[])[],
  numbers: readonly number[] = [],
  caption?: string,
): Html {
  const look = (column: number): Html | undefined => (numbers.includes(column) ? html` class="number"` : undefined);
  return html`<table>${caption !== undefined && html`<caption>${caption}</caption>`}<thead><tr>${heads.map(
    (head, column) => html`<th scope="col"${look(column)}>${head}</th>`,
  )}</tr></thead><tbody>
${rows.map(
  (row) => html`<tr>${row.map((cell, column) =>
    column === 0 ? html`<th scope="row"${look(column)}>${cell}</th>` : html`<td${look(column)}>${cell}</td>`,
  )}</tr>
`,
)}</tbody></table>`;
}
