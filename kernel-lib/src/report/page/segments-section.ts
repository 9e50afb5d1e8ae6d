import { type Html, html } from '../html-template.js';
import type { ModelQualityReport, SegmentReport } from '../model-quality-report.js';
import { changeText, intervalText, metricText, noSegmentsText } from '../quality-words.js';
import { clipText, countText, plural, probabilityText } from '../value-text.js';

/** The groups of rows in which the model got worse, worst first, or that there are none. */
export function segmentsSection(quality: ModelQualityReport): Html {
  const { segments, segmentsSearched, problemType } = quality;
  const none = noSegmentsText(quality);
  if (segments.length === 0 && none === undefined) return html``;
  const lead =
    none ??
    `${plural(segments.length, 'group')} of rows got worse beyond chance${segments.length > 1 ? ', worst first' : ''}; ${segmentsSearched.toLocaleString('en-US')} were looked at, and p-values are corrected for that. Compared is the ${segments[0]!.metric}.`;
  return html`<section id="segments"><h2>Groups of rows</h2>
<p class="lead">${lead}</p>
${segments.length > 0 && segmentsTable(segments, problemType === 'Regression' ? 'value' : 'fraction')}</section>
`;
}

function segmentsTable(segments: readonly SegmentReport[], unit: 'fraction' | 'value'): Html {
  const text = (value: SegmentReport['change']): Html =>
    html`${metricText(value.value, unit)}${small(intervalText(value, unit))}`;
  return html`<table class="segments"><thead><tr><th scope="col">Group</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Current</th><th scope="col" class="number">Change</th><th scope="col" class="number">Adjusted p-value</th></tr></thead><tbody>
${segments.map(({ title, rows, baselineRows, baseline, current, change, adjustedPValue }) => {
  const { lower, upper } = change;
  const interval =
    lower === undefined || upper === undefined ? undefined : `${changeText(lower, unit)} to ${changeText(upper, unit)}`;
  return html`<tr><th scope="row"><bdi>${clipText(title, 200)}</bdi></th><td class="number" data-label="Rows">${countText(rows)}<small>${countText(baselineRows)} in the baseline</small></td><td class="number" data-label="Baseline">${text(baseline)}</td><td class="number" data-label="Current">${text(current)}</td><td class="number measured" data-label="Change">${changeText(change.value, unit)}${small(interval)}</td><td class="number" data-label="Adjusted p-value">${probabilityText(adjustedPValue)}</td></tr>
`;
})}</tbody></table>`;
}

function small(text: string | undefined): Html | false {
  return text !== undefined && html`<small>${text}</small>`;
}
