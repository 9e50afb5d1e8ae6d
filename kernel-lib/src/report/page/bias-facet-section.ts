import { biasByState, biasState } from '../bias-states.js';
import { facetSentences } from '../bias-words.js';
import { biasDotsChart } from '../charts/bias-dots-chart.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type { BiasMetricReport, FacetBiasReport, ModelBiasReport } from '../model-bias-report.js';
import type { Report, Violation } from '../report.js';
import { clipText, countText, plural } from '../value-text.js';
import { biasCourse, biasFinding } from './bias-finding.js';
import { sidesPart } from './bias-sides.js';
import { biasDefinitions, biasMetricsTable, fairnessTable } from './bias-tables.js';
import { keyEntry, nameOf, wideAndNarrow } from './parts.js';

/** What the section of one group is made from. */
export interface FacetSection {
  readonly report: Report;
  readonly bias: ModelBiasReport;
  readonly facet: FacetBiasReport;
  /** Those about this group. */
  readonly violations: readonly Violation[];
  readonly id: string;
  /** By subject, see `subjectKey`. */
  readonly anchors: ReadonlyMap<string, string>;
  readonly draw: ChartRenderer;
}

/** So many violated metrics are shown at once. */
const OPEN = 3;

/** One group against everybody else: what it says, every metric, the violated ones in full, the counts. */
export function biasFacetSection(section: FacetSection): Html {
  const { facet, bias, violations, id, draw } = section;
  const { title, others, metrics, missing, fairness } = facet;
  const violated = biasByState(metrics, violations).filter(({ status }) => status === 'violated');
  const findings = violated.map((metric) => biasFinding(section, metric));
  const rest = biasByState(metrics.filter(({ status }) => status !== 'violated'));
  const courses = rest.flatMap((metric) => biasCourse(section, metric) ?? []);
  const lost = missing.current ?? 0;
  return html`<section class="group" id="${id}"><h2>${nameOf(title)} <small>against ${nameOf(others)}</small></h2>
${facet.warning !== undefined && html`<p class="warning">Too few for a verdict: ${clipText(facet.warning, 300)}.</p>`}
${facetSentences(facet, bias).map((sentence) => html`<p class="says">${sentence}</p>`)}
${lost > 0 && html`<p class="small">${plural(lost, 'row')} of the window ${lost === 1 ? 'has' : 'have'} no value of ${nameOf(facet.facet)} and ${lost === 1 ? 'counts' : 'count'} among the others, as in the service.</p>`}
${metrics.length > 0 && dots(facet, draw)}
${
  metrics.length > 0 &&
  html`<details class="numbers"><summary>All ${countText(metrics.length)} metrics as a table</summary><div class="folded">${biasMetricsTable(section)}</div></details>
<details class="others"><summary>What the metrics mean here</summary><div class="folded">${biasDefinitions(section)}</div></details>`
}
${findings.slice(0, OPEN)}
${findings.length > OPEN && html`<details class="others"><summary>${plural(findings.length - OPEN, 'more violated metric')}</summary><div class="folded">${findings.slice(OPEN)}</div></details>`}
${sidesPart(facet, bias)}
${courses.length > 0 && html`<details class="others"><summary>${plural(courses.length, 'metric')} without a violation by ${bias.bucket}</summary><div class="charts aligned folded">${courses}</div></details>`}
${fairness.length > 0 && html`<details class="others"><summary>The same under the names of Fairlearn and AIF360</summary><div class="folded">${fairnessTable(fairness)}</div></details>`}</section>
`;
}

/** Every metric as a dot: shares on one axis, all else each on a scale of its own. */
function dots({ metrics, title }: FacetBiasReport, draw: ChartRenderer): Html {
  const isShare = ({ unit, name }: BiasMetricReport): boolean => unit === 'fraction' && name !== 'CI';
  const [shares, others] = [metrics.filter(isShare), metrics.filter((metric) => !isShare(metric))];
  const states = new Set(metrics.map(biasState));
  const key = [
    keyEntry('current, with 95 % interval', 'current', 'dot'),
    ...(states.has('violated') ? [keyEntry('violated', 'violated', 'dot')] : []),
    ...(states.has('drifting') ? [keyEntry('outside, not sure', 'drifting', 'dot')] : []),
    ...(metrics.some(({ status }) => status === 'too-few') ? [keyEntry('too few rows', 'muted', 'hollow')] : []),
    keyEntry('baseline', 'muted', 'diamond'),
    keyEntry('allowed range', 'ok', 'band'),
    keyEntry('equal treatment', 'muted', 'upright'),
  ];
  const chart = (heading: string, of: readonly BiasMetricReport[], shared: boolean): Html | false =>
    of.length > 0 &&
    html`<h4>${heading}</h4>${wideAndNarrow(draw, (width) =>
      biasDotsChart({ title: `${heading}: ${clipText(title)}`, metrics: of, shared }, width),
    )}`;
  return html`<figure class="wide-chart dots"><figcaption><strong>Every metric</strong>${key}</figcaption>
${chart('Differences of shares, on one axis', shares, true)}${chart('Other metrics, each on its own scale', others, false)}</figure>
`;
}
