import { impactOf, impactOrderText, impactText } from '../attribution-words.js';
import { subjectKey } from '../bias-states.js';
import { deciding, subjectNoun, undeciding, whatHappened } from '../check-words.js';
import { type Html, html } from '../html-template.js';
import type { Report, Since, Violation } from '../report.js';
import {
  clipText,
  countText,
  measuredAndLimit,
  measureText,
  percentText,
  plural,
  sinceText,
  windowText,
} from '../value-text.js';
import { nameOf } from './parts.js';

/** What is wrong: the deciding rule's violations first, then what only the other rule flags. */
export function violationsSection(report: Report, anchors: ReadonlyMap<string, string>): Html {
  const { violations, rule } = report;
  if (violations.length === 0) return html``;
  const decided = deciding(violations, rule);
  const others = undeciding(violations, rule);
  const fold = report.modelBias !== undefined && others.length > MOST_OTHERS;
  const rest =
    others.length === 0
      ? []
      : [
          html`<tbody class="group"><tr><th colspan="6" scope="colgroup">${decided.length === 0 ? 'Flagged' : 'Also flagged'} by the other rule only, which does not decide here</th></tr></tbody>
`,
          ...others.map((violation) => violationRows(violation, report, anchors, 'other')),
        ];
  return html`<section id="violations"><h2>Violations</h2>
<p class="lead">Decided by the <em>${rule}</em> rule${rule === 'significant' ? significantWords(report) : ", the service's own"}. Times are UTC.${report.impactSource && ` ${impactOrderText(report.impactSource)}`}</p>
${decided.length > 0 && violationsTable(report, [...decided.map((violation) => violationRows(violation, report, anchors, '')), ...(fold ? [] : rest)])}
${decided.length === 0 && !fold && violationsTable(report, rest)}
${fold && html`<details class="others"><summary>${plural(others.length, 'more violation')} under the other rule only, which does not decide here</summary><div class="folded">${violationsTable(report, rest.slice(1))}</div></details>`}</section>
`;
}

/** Bias metrics by the dozen break the service's rule by chance. */
const MOST_OTHERS = 4;

function violationsTable(report: Report, bodies: readonly Html[]): Html {
  return html`<table class="violations"><thead><tr><th scope="col">${subjectNoun(report)}</th><th scope="col">What happened</th><th scope="col" class="number">Measured</th><th scope="col" class="number">Limit</th><th scope="col">Since</th><th scope="col">Rules</th></tr></thead>
${bodies}</table>`;
}

function significantWords({ modelQuality, modelBias, modelExplainability }: Report): string {
  if (modelExplainability) return ', which asks for the upper 95 % bound of nDCG below its threshold';
  if (modelBias) {
    return ', which asks for the whole 95 % interval outside the allowed range, and for a growth that chance does not explain';
  }
  return modelQuality === undefined
    ? ', which asks for effect size and significance together'
    : ', which asks for the whole 95 % interval beyond the limit';
}

/** Of a metric its values, of all else the share of rows that carry it. Ratios of an hour's few rows say nothing. */
function beforeAndAfter({ check, unit }: Violation, { before, after }: Since): string | undefined {
  if (check === 'bias_drift_check') return undefined;
  if (check === 'feature_attribution_drift_check')
    return `${measureText(before, unit)} before, ${measureText(after, unit)} after`;
  const metric = check === 'LessThanThreshold' || check === 'GreaterThanThreshold';
  return metric
    ? `${measureText(before, unit)} before, ${measureText(after, unit)} after`
    : `${percentText(before)} of rows before, ${percentText(after)} after`;
}

function violationRows(violation: Violation, report: Report, anchors: ReadonlyMap<string, string>, look: string): Html {
  const { impactSource } = report;
  const impact = impactOf(report, violation.feature);
  const [measured, limit] = measuredAndLimit(violation);
  const anchor = anchors.get(subjectKey(violation));
  const name = nameOf(violation.feature);
  const { since, rows, query, baselineValue } = violation;
  const shift = since && beforeAndAfter(violation, since);
  return html`<tbody class="${look}"><tr><th scope="row">${anchor === undefined ? name : html`<a href="#${anchor}">${name}</a>`}${violation.facet && html`<small class="facet">${nameOf(violation.facet.title, 80)}</small>`}${violation.label !== undefined && html` <small class="facet">${nameOf(violation.label, 80)}</small>`}</th><td class="what">${whatHappened(violation)}</td><td class="number measured" data-label="Measured">${measured}</td><td class="number" data-label="Limit">${limit}</td><td data-label="Since">${sinceText(since) || '–'}${shift !== undefined && html`<br><span class="small">${shift}</span>`}</td><td data-label="Rules">${violation.rules.join(', ')}</td></tr>
<tr class="detail"><td colspan="6"><p>${clipText(violation.explanation, 600)}</p>${impact && impactSource && html`<p class="impact">${impactText(impact, impactSource)}</p>`}
<details><summary>Details${query && ' and records'}</summary><dl class="record folded"><dt>The service's wording</dt><dd>${clipText(violation.description, 600)}</dd><dt>Check</dt><dd><code>${violation.check}</code></dd>${baselineValue !== undefined && html`<dt>In the baseline</dt><dd>${measureText(baselineValue, violation.unit)}</dd>`}${rows !== undefined && html`<dt>Rows that carry it</dt><dd>${countText(rows)}</dd>`}${
    query &&
    html`<dt>Records</dt><dd><pre>${clipText(query.sql, 4000)}</pre><span class="small">${clipText(query.source, 300)}${query.window && html`, ${windowText(query.window)}`}</span></dd>`
  }</dl></details></td></tr></tbody>
`;
}
