import {
  byDrift,
  deciding,
  featureState,
  monitorWord,
  stateWord,
  statusWord,
  undeciding,
  whatHappened,
} from './check-words.js';
import { type Html, html, trusted } from './html-template.js';
import type { FeatureReport, Report, Violation } from './report.js';
import {
  clipText,
  distanceText,
  measuredAndLimit,
  numberText,
  percentText,
  plural,
  sampleText,
  sinceText,
  windowText,
} from './value-text.js';

// Notebooks are light or dark whatever the system prefers, and keep inline styles only: text takes the notebook's own
// colour, and these four are readable on white and on near-black.
const red = '#d0532f';
const amber = '#a97713';
const green = '#26906f';
const line = 'border:0;border-bottom:1px solid rgba(128,128,128,.35)';
const cell = trusted(`style="text-align:left;vertical-align:top;padding:4px 14px 4px 0;background:none;${line}"`);
const numberCell = trusted(
  `style="text-align:right;vertical-align:top;padding:4px 14px 4px 0;background:none;white-space:nowrap;font-variant-numeric:tabular-nums;${line}"`,
);
const numberHead = trusted(
  `style="text-align:right;vertical-align:bottom;padding:4px 14px 4px 0;background:none;${line}"`,
);
const table = trusted('style="border-collapse:collapse;border:0;margin:8px 0;font-size:inherit;background:none"');

/**
 * The report as a fragment for notebooks without the extension, for nbconvert and for viewers: headline, violations,
 * and the features folded. Inline styles, no script, no pictures.
 */
export function notebookHtml(report: Report): string {
  const colour = report.status === 'violations' ? red : report.status === 'ok' ? green : amber;
  const decided = deciding(report.violations, report.rule);
  const others = undeciding(report.violations, report.rule);
  const { read } = report.current;
  return html`<div style="max-width:60em;line-height:1.45">
<div style="font-size:.9em;opacity:.75">${monitorWord(report.monitorType)} · ${clipText(report.title)}</div>
<div style="font-size:1.2em;margin:2px 0 6px"><strong style="color:${colour}">${statusWord(report)}</strong> · ${clipText(report.headline, 400)}</div>
<div style="font-size:.9em;opacity:.85">${report.window && html`${windowText(report.window)} · `}current ${sampleText(report.current)} · baseline ${sampleText(report.baseline)}${read !== undefined && read.quarantined > 0 && html` · ${plural(read.quarantined, 'line')} quarantined`}</div>
${decided.length > 0 && violationsTable(decided)}
${others.length > 0 && html`<details><summary>${plural(others.length, 'more violation')} under the other rule (${report.rule} decides)</summary>${violationsTable(others)}</details>`}
${report.features.length > 0 && html`<details><summary>${plural(report.features.length, 'feature')}, worst first</summary>${featuresTable(report.features)}</details>`}
${report.notes.length > 0 && html`<details><summary>${plural(report.notes.length, 'note')}</summary><ul>${report.notes.map((note) => html`<li>${clipText(note, 400)}</li>`)}</ul></details>`}
</div>`.markup;
}

function violationsTable(violations: readonly Violation[]): Html {
  return html`<table ${table}><thead><tr><th ${cell}>Feature</th><th ${cell}>What happened</th><th ${numberCell}>Measured</th><th ${numberCell}>Limit</th><th ${cell}>Since (UTC)</th></tr></thead><tbody>
${violations.map((violation) => {
  const [measured, limit] = measuredAndLimit(violation);
  return html`<tr><th ${cell} scope="row"><bdi>${clipText(violation.feature, 60)}</bdi></th><td ${cell}><strong>${whatHappened(violation)}</strong><br>${clipText(violation.explanation, 400)}</td><td ${numberCell}><span style="color:${red}">${measured}</span></td><td ${numberCell}>${limit}</td><td ${cell}>${sinceText(violation.since) || '–'}</td></tr>
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
