import { type Html, html } from '../html-template.js';
import type { Estimated, MetricReport, ModelQualityReport } from '../model-quality-report.js';
import { clipText, countText, numberText, percentText, plural, probabilityText } from '../value-text.js';
import { dataTable, nameOf } from './parts.js';

const STATUS = { violated: 'violated', ok: 'ok', 'not-judged': 'not-compared' } as const;
const STATUS_WORDS = { violated: 'violated', ok: 'ok', 'not-judged': 'not judged' } as const;

/** A metric's value: three decimals where it is small, so that columns align. */
export function metricText(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(3) : numberText(value);
}

function withInterval({ value, lower, upper }: Estimated): Html {
  return html`${metricText(value)}${lower !== undefined && upper !== undefined && html`<span class="small">${metricText(lower)} to ${metricText(upper)}</span>`}`;
}

/** Metrics, baseline against current, with their limits. */
export function metricsTable(metrics: readonly MetricReport[]): Html {
  return html`<div class="metrics">${dataTable(
    ['Metric', 'Status', 'Baseline', 'Current', 'Limit', 'False alarm'],
    metrics.map(({ title, status, baseline, current, reason, threshold, comparison, falseAlarm }) => [
      html`${clipText(title, 80)}${current === undefined && reason !== undefined && html`<span class="small">${clipText(reason, 120)}</span>`}`,
      html`<span class="${STATUS[status]}">${STATUS_WORDS[status]}</span>`,
      baseline === undefined ? '–' : withInterval(baseline),
      current === undefined ? '–' : withInterval(current),
      threshold === undefined ? '–' : `${comparison === 'LessThanThreshold' ? '≥' : '≤'} ${metricText(threshold)}`,
      falseAlarm === undefined ? '–' : percentText(falseAlarm),
    ]),
    [2, 3, 4, 5],
  )}</div><p class="small">Below each value its 95 % interval. False alarm: the chance that the service's rule alarms on a window of this size although the model is as good as in the baseline.</p>`;
}

/** The groups in which quality fell most. */
export function segmentsSection({ segments, segmentsSearched, coverage }: ModelQualityReport): Html {
  if (coverage.labelled === 0 || segmentsSearched === 0) return html``;
  const searched = plural(segmentsSearched, 'group');
  if (segments.length === 0) {
    return html`<section id="segments"><h2>Where it got worse</h2><p class="lead">No group of rows got worse beyond chance; ${searched} were looked at.</p></section>
`;
  }
  const share = segments[0]?.metric === 'error rate';
  const text = (value: number): string => (share ? percentText(value) : numberText(value));
  const range = ({ value, lower, upper }: Estimated): Html =>
    html`${text(value)}${lower !== undefined && upper !== undefined && html`<span class="small">${text(lower)} to ${text(upper)}</span>`}`;
  return html`<section id="segments"><h2>Where it got worse</h2><p class="lead">Groups of rows whose ${segments[0]!.metric} rose beyond chance, and more than that of all others; ${searched} were looked at.</p>
<div class="scroll metrics">${dataTable(
    ['Group', 'Rows', 'Baseline', 'Current', 'Change', 'Adjusted p'],
    segments.map(({ title, rows, baseline, current, change, adjustedPValue }) => [
      nameOf(title, 200),
      countText(rows),
      range(baseline),
      range(current),
      html`<span class="violated">${change.value > 0 && '+'}${range(change)}</span>`,
      probabilityText(adjustedPValue),
    ]),
    [1, 2, 3, 4, 5],
  )}</div></section>
`;
}

/** Quality estimated without labels, and what speaks against it. */
export function estimateSection({ estimate, metrics }: ModelQualityReport): Html {
  if (estimate === undefined || estimate.metrics.length === 0) return html``;
  const realised = new Map(metrics.map(({ name, current }) => [name, current?.value]));
  const known = estimate.metrics.some(({ error }) => error !== undefined);
  const [first] = estimate.metrics;
  return html`<section id="estimate"><h2>Estimated without labels</h2>
<p class="lead">${first?.method === 'DLE' ? 'Direct loss estimation: from models of the errors in the baseline.' : 'Confidence-based performance estimation: from the scores alone, calibrated on the baseline.'} It cannot see a change in what the right answer is; only labels do.</p>
${estimate.doubts.length > 0 && html`<p>Not to be trusted without a second look:</p><ul class="doubts">${estimate.doubts.map((doubt) => html`<li>${clipText(doubt, 400)}</li>`)}</ul>`}
<div class="scroll metrics">${dataTable(
    ['Metric', 'Estimated', ...(known ? ['Realised', 'Realised less estimated'] : [])],
    estimate.metrics.map(({ name, title, whole, error }) => {
      const value = realised.get(name);
      return [
        clipText(title, 80),
        whole === undefined ? '–' : withInterval(whole),
        ...(known
          ? [
              value === undefined ? '–' : metricText(value),
              error === undefined ? '–' : `${error > 0 ? '+' : ''}${metricText(error)}`,
            ]
          : []),
      ];
    }),
    [1, 2, 3],
  )}</div></section>
`;
}
