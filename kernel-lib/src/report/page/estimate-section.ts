import { type Html, html } from '../html-template.js';
import type { ModelQualityReport } from '../model-quality-report.js';
import { changeText, estimateMethodText, estimateVerdict, intervalText, metricText } from '../quality-words.js';
import { clipText } from '../value-text.js';

/** The quality that was estimated without labels, what speaks against it, and what it was worth once labels came. */
export function estimateSection(quality: ModelQualityReport): Html {
  const { estimate, metrics } = quality;
  if (estimate === undefined || estimate.metrics.length === 0) return html``;
  const { doubts } = estimate;
  const errors = estimate.metrics.some(({ error }) => error !== undefined);
  const realised = quality.coverage.labelled > 0;
  const { kind, text } = estimateVerdict(quality);
  return html`<section id="estimate"><h2>Estimated without labels</h2>
<p class="lead">${estimateMethodText(quality)}</p>
${kind === 'trusted' ? html`<p class="ok">${text}</p>` : html`<div class="warning"><p>${text}</p>${doubts.length > 0 && html`<ul>${doubts.map((doubt) => html`<li>${clipText(doubt, 400)}</li>`)}</ul>`}</div>`}
<table class="metrics estimate"><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Estimated</th>${realised && html`<th scope="col" class="number">Realised</th>`}${errors && html`<th scope="col" class="number">Realised less estimated</th>`}</tr></thead><tbody>
${estimate.metrics.map(({ name, title, method, whole, error: off }) => {
  const metric = metrics.find((each) => each.name === name);
  const unit = metric?.unit ?? 'value';
  const cell = (value: NonNullable<typeof whole> | undefined): Html =>
    value === undefined
      ? html`–`
      : html`${metricText(value.value, unit)}${intervalText(value, unit) !== undefined && html`<small>${intervalText(value, unit)}</small>`}`;
  return html`<tr><th scope="row"><bdi>${clipText(title, 80)}</bdi> <span class="small">${method}</span></th><td class="number" data-label="Baseline">${cell(metric?.baseline)}</td><td class="number estimated" data-label="Estimated">${cell(whole)}</td>${realised && html`<td class="number" data-label="Realised">${cell(metric?.current)}</td>`}${errors && html`<td class="number" data-label="Difference">${off === undefined ? '–' : changeText(off, unit)}</td>`}</tr>
`;
})}</tbody></table>
${errors && html`<p class="small">Estimated is of all predictions, realised of those that have their label; the difference is taken over the same rows.</p>`}</section>
`;
}
