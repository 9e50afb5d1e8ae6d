import { type Html, html } from '../html-template.js';
import type { BiasSide, FacetBiasReport, ModelBiasReport } from '../model-bias-report.js';
import type { ConfusionMatrix } from '../model-quality-report.js';
import { clipText, countText, percentText } from '../value-text.js';
import { matrixTable } from './confusion-section.js';
import { nameOf } from './parts.js';

/** Rows, labels and predictions of both sides, and their confusion matrices side by side. */
export function sidesPart(facet: FacetBiasReport, { label }: ModelBiasReport): Html {
  const { advantaged, disadvantaged, title, others } = facet;
  const sides = [
    { name: title, of: disadvantaged },
    { name: others, of: advantaged },
  ];
  if (sides.every(({ of }) => of.baseline === undefined && of.current === undefined)) return html``;
  const predicted = sides.some(({ of }) => (of.current ?? of.baseline)?.confusion !== undefined);
  const positive = clipText(label.positive, 40);
  const rows = sides.flatMap(({ name, of }) =>
    (['baseline', 'current'] as const).flatMap((sample) => {
      const side = of[sample];
      return side === undefined ? [] : [{ name, sample, side }];
    }),
  );
  const matrices = rows.flatMap(({ name, sample, side }) => {
    const matrix = matrixOf(side, positive);
    return matrix === undefined ? [] : [{ name, sample, matrix }];
  });
  return html`<h3 class="by-side">Rows, labels${predicted && ' and predictions'} of both sides</h3>
<table class="metrics sides"><thead><tr><th scope="col">Side</th><th scope="col">Sample</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Label ${positive}</th>${predicted && html`<th scope="col" class="number">Predicted ${positive}</th>`}</tr></thead><tbody>
${rows.map(
  ({ name, sample, side }) =>
    html`<tr><th scope="row">${nameOf(name)}</th><td>${sample}</td><td class="number" data-label="Rows">${countText(side.rows)}</td><td class="number" data-label="Label ${positive}">${share(side.positiveLabels, side.rows)}</td>${predicted && html`<td class="number" data-label="Predicted ${positive}">${side.confusion === undefined ? '–' : share(side.confusion.truePositives + side.confusion.falsePositives, side.rows)}</td>`}</tr>
`,
)}</tbody></table>
${
  matrices.length > 0 &&
  html`<details class="others"${matrices.length > 0 && html` open`}><summary>Confusion matrices side by side</summary><div class="matrices folded">${matrices.map(
    ({ name, sample, matrix }) =>
      html`<div><h4>${nameOf(name, 60)}</h4>${matrixTable(sample === 'baseline' ? 'Baseline' : 'Current', matrix, matrix.classes, matrix.classes)}</div>`,
  )}</div></details>`
}`;
}

function share(part: number, whole: number): Html {
  return html`${whole === 0 ? '–' : percentText(part / whole)}<small>${countText(part)}</small>`;
}

/** The positive class last, as in a table of the service. */
function matrixOf({ confusion }: BiasSide, positive: string): ConfusionMatrix | undefined {
  if (confusion === undefined) return undefined;
  const { trueNegatives, falsePositives, falseNegatives, truePositives } = confusion;
  return {
    classes: [positive === '' ? 'other' : `not ${positive}`, positive],
    counts: [
      [trueNegatives, falsePositives],
      [falseNegatives, truePositives],
    ],
  };
}
