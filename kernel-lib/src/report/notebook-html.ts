import { attributionNotebookParts } from './attribution-notebook-html.js';
import { impactOf, impactText } from './attribution-words.js';
import { biasNotebookParts } from './bias-notebook-html.js';
import {
  byDrift,
  deciding,
  featureState,
  monitorWord,
  stateWord,
  statusWord,
  subjectNoun,
  undeciding,
  whatHappened,
} from './check-words.js';
import { coverageText } from './coverage-text.js';
import { type Html, html, trusted } from './html-template.js';
import type { Estimated, MetricReport, ModelQualityReport } from './model-quality-report.js';
import { amber, cell, green, numberCell, numberHead, red, table } from './notebook-look.js';
import {
  changeText,
  estimateVerdict,
  intervalText,
  isBestConstant,
  isOfClass,
  limitText,
  metricState,
  metricStateWord,
  metricsByState,
  metricText,
  noSegmentsText,
} from './quality-words.js';
import type { FeatureReport, Report, Violation } from './report.js';
import {
  clipText,
  countText,
  distanceText,
  measuredAndLimit,
  numberText,
  percentText,
  plural,
  probabilityText,
  sampleText,
  sinceText,
  windowText,
} from './value-text.js';

/**
 * The report as a fragment for notebooks without the extension, for nbconvert and for viewers: headline, violations,
 * and the features, or the metrics, groups and estimate of model quality, or the metrics of bias, or what a model rests on, folded. Inline styles, no script, no pictures.
 */
export function notebookHtml(report: Report): string {
  const colour = report.status === 'violations' ? red : report.status === 'ok' ? green : amber;
  const decided = deciding(report.violations, report.rule);
  const others = undeciding(report.violations, report.rule);
  const { read } = report.current;
  const noun = subjectNoun(report);
  return html`<div style="max-width:60em;line-height:1.45">
<div style="font-size:.9em;opacity:.75">${monitorWord(report.monitorType)} · ${clipText(report.title)}</div>
<div style="font-size:1.2em;margin:2px 0 6px"><strong style="color:${colour}">${statusWord(report)}</strong> · ${clipText(report.headline, 400)}</div>
<div style="font-size:.9em;opacity:.85">${report.window && html`${windowText(report.window)} · `}current ${sampleText(report.current)} · baseline ${sampleText(report.baseline)}${read !== undefined && read.quarantined > 0 && html` · ${plural(read.quarantined, 'line')} quarantined`}</div>
${decided.length > 0 && violationsTable(decided, report, noun)}
${others.length > 0 && html`<details><summary>${plural(others.length, 'more violation')} under the other rule (${report.rule} decides)</summary>${violationsTable(others, report, noun)}</details>`}${report.modelQuality && qualityParts(report.modelQuality)}${report.modelBias && biasNotebookParts(report.modelBias)}${report.modelExplainability && attributionNotebookParts(report, report.modelExplainability)}
${report.features.length > 0 && html`<details><summary>${plural(report.features.length, 'feature')}, worst first</summary>${featuresTable(report.features)}</details>`}
${report.notes.length > 0 && html`<details><summary>${plural(report.notes.length, 'note')}</summary><ul>${report.notes.map((note) => html`<li>${clipText(note, 400)}</li>`)}</ul></details>`}
</div>`.markup;
}

function violationsTable(violations: readonly Violation[], report: Report, noun: string): Html {
  const { impactSource } = report;
  return html`<table ${table}><thead><tr><th ${cell}>${noun}</th><th ${cell}>What happened</th><th ${numberCell}>Measured</th><th ${numberCell}>Limit</th><th ${cell}>Since (UTC)</th></tr></thead><tbody>
${violations.map((violation) => {
  const [measured, limit] = measuredAndLimit(violation);
  const impact = impactOf(report, violation.feature);
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(violation.feature, 60)}</bdi>${violation.facet && html`<br><bdi>${clipText(violation.facet.title, 60)}</bdi>`}${violation.label !== undefined && html`<br><bdi>${clipText(violation.label, 60)}</bdi>`}</th><td ${cell}><strong>${whatHappened(violation)}</strong><br>${clipText(violation.explanation, 400)}${impact && impactSource && html`<br><span style="opacity:.75">${impactText(impact, impactSource)}</span>`}</td><td ${numberCell}><span style="color:${red}">${measured}</span></td><td ${numberCell}>${limit}</td><td ${cell}>${sinceText(violation.since) || '–'}</td></tr>
`;
})}</tbody></table>`;
}

function featuresTable(features: readonly FeatureReport[]): Html {
  const compared = byDrift(features);
  const rows = [...compared, ...features.filter(({ drift }) => drift === undefined)];
  return html`<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Feature</th><th ${cell}>Status</th><th ${numberHead}>Distance</th><th ${numberHead}>Threshold</th><th ${numberHead}>Lower 95 % bound</th><th ${numberHead}>Present, baseline</th><th ${numberHead}>Present, current</th><th ${numberHead}>Mean, baseline</th><th ${numberHead}>Mean, current</th></tr></thead><tbody>
${rows.map((feature) => {
  const { drift, baseline, current } = feature;
  const state = featureState(feature);
  const colour = state === 'violated' ? red : state === 'drifting' ? amber : 'inherit';
  const number = (value: number | undefined, text: (value: number) => string): Html =>
    html`<td ${numberCell}>${value === undefined ? '–' : text(value)}</td>`;
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(feature.name, 60)}</bdi></th><td ${cell}><span style="color:${trusted(colour)}">${stateWord(state)}</span>${feature.reason !== undefined && html`: ${clipText(feature.reason)}`}</td>${number(drift?.distance, distanceText)}${number(drift?.threshold, distanceText)}${number(drift?.lowerBound, distanceText)}${number(baseline?.completeness, percentText)}${number(current?.completeness, percentText)}${number(baseline?.mean, numberText)}${number(current?.mean, numberText)}</tr>
`;
})}</tbody></table></div>`;
}

/** Coverage in sight; metrics, groups of rows and the estimate folded. */
function qualityParts(quality: ModelQualityReport): Html {
  const { coverage, metrics, segments, estimate } = quality;
  const none = noSegmentsText(quality);
  const shown = metricsByState(metrics.filter((metric) => !isBestConstant(metric) && !isOfClass(metric)));
  return html`
<div>${coverageText(coverage)}${none !== undefined && ` ${none}`}</div>
${shown.length > 0 && coverage.labelled > 0 && html`<details><summary>${plural(shown.length, 'metric')}</summary>${metricsTable(shown)}</details>`}
${segments.length > 0 && html`<details><summary>${plural(segments.length, 'group')} of rows got worse</summary>${segmentsTable(quality)}</details>`}
${estimate !== undefined && estimate.metrics.length > 0 && html`<details${coverage.labelled === 0 && html` open`}><summary>Estimated without labels</summary>${estimateParts(quality)}</details>`}`;
}

function numbers(...values: readonly (string | undefined)[]): Html {
  return html`${values.map((value) => html`<td ${numberCell}>${value ?? '–'}</td>`)}`;
}

function numberHeads(...heads: readonly string[]): Html {
  return html`${heads.map((head) => html`<th ${numberHead}>${head}</th>`)}`;
}

function metricsTable(metrics: readonly MetricReport[]): Html {
  return html`<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Metric</th><th ${cell}>Status</th>${numberHeads('Baseline', 'Current', '95 %', 'Limit')}</tr></thead><tbody>
${metrics.map((metric) => {
  const { title, unit, baseline, current, reason } = metric;
  const state = metricState(metric);
  const colour = state === 'violated' ? red : state === 'drifting' ? amber : 'inherit';
  const limit = limitText(metric);
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(title, 60)}</bdi></th><td ${cell}><span style="color:${trusted(colour)}">${metricStateWord(state)}</span>${current === undefined && reason !== undefined && `: ${clipText(reason)}`}</td>${numbers(
    baseline && metricText(baseline.value, unit),
    current && metricText(current.value, unit),
    current && intervalText(current, unit),
    limit && `${metric.comparison === 'GreaterThanThreshold' ? '≤' : '≥'} ${limit}`,
  )}</tr>
`;
})}</tbody></table></div>`;
}

function segmentsTable({ segments, problemType }: ModelQualityReport): Html {
  const unit = problemType === 'Regression' ? 'value' : 'fraction';
  return html`<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Group</th>${numberHeads('Rows', 'Baseline', 'Current', 'Change', 'Adjusted p-value')}</tr></thead><tbody>
${segments.map(
  ({ title, rows, baseline, current, change, adjustedPValue }) =>
    html`<tr><th ${cell} scope="row"><bdi>${clipText(title)}</bdi></th>${numbers(
      countText(rows),
      metricText(baseline.value, unit),
      metricText(current.value, unit),
      changeText(change.value, unit),
      probabilityText(adjustedPValue),
    )}</tr>
`,
)}</tbody></table></div>`;
}

function estimateParts(quality: ModelQualityReport): Html {
  const { metrics, estimate } = quality;
  const { kind, text } = estimateVerdict(quality);
  const colour = kind === 'trusted' ? 'inherit' : amber;
  return html`<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Metric</th><th ${cell}>Method</th>${numberHeads('Baseline', 'Estimated', '95 %', 'Realised', 'Realised less estimated')}</tr></thead><tbody>
${estimate!.metrics.map(({ name, title, method, whole, error }) => {
  const metric = metrics.find((each) => each.name === name);
  const unit = metric?.unit ?? 'value';
  const known = (value: Estimated | undefined): string | undefined => value && metricText(value.value, unit);
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(title, 60)}</bdi></th><td ${cell}>${method}</td>${numbers(
    known(metric?.baseline),
    known(whole),
    whole && intervalText(whole, unit),
    known(metric?.current),
    error === undefined ? undefined : changeText(error, unit),
  )}</tr>
`;
})}</tbody></table></div><div><span style="color:${trusted(colour)}">${text}</span>${estimate!.doubts.length > 0 && html`<ul>${estimate!.doubts.map((doubt) => html`<li>${clipText(doubt, 400)}</li>`)}</ul>`}</div>`;
}
