import { biasChanceText, biasChangeText, biasIntervalText, biasRangeText, biasValueText } from '../bias-number-text.js';
import { allowedOf, biasState, biasStateWord } from '../bias-states.js';
import { biasMeaning, disadvantaged, noValueText, serviceText } from '../bias-words.js';
import { type Html, html } from '../html-template.js';
import type { BiasMetricReport, BiasValue, FairnessMetricReport } from '../model-bias-report.js';
import { clipText } from '../value-text.js';
import type { FacetSection } from './bias-facet-section.js';
import { keyOf } from './bias-finding.js';
import { nameOf } from './parts.js';

/** Every metric of a group in the service's order: value, interval, baseline, allowed range, change. */
export function biasMetricsTable(section: FacetSection): Html {
  const { metrics } = section.facet;
  return html`<table class="metrics bias"><thead><tr><th scope="col">Metric</th><th scope="col">Status</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Current</th><th scope="col" class="number">Allowed</th><th scope="col" class="number">Change</th></tr></thead><tbody>
${(['pre-training', 'post-training'] as const).map((stage) => {
  const own = metrics.filter((metric) => metric.stage === stage);
  return (
    own.length > 0 &&
    html`<tr class="stage"><th colspan="6" scope="colgroup">${stage === 'pre-training' ? 'Of the labels (before training)' : 'Of the predictions (after training)'}</th></tr>
${own.map((metric) => metricRow(section, metric))}`
  );
})}</tbody></table>`;
}

function metricRow(section: FacetSection, metric: BiasMetricReport): Html {
  const { name, title, baseline, current, allowed, change, reason, status } = metric;
  const anchor = status === 'violated' ? undefined : section.anchors.get(keyOf(section, metric));
  const state = biasState(metric);
  const said = current?.error ?? reason;
  return html`<tr${anchor !== undefined && html` id="${anchor}"`}><th scope="row">${nameOf(title, 80)} <code>${clipText(name, 60)}</code></th><td class="state ${state}">${biasStateWord(metric)}${said !== undefined && html`<small class="reason">${clipText(said, 160)}</small>`}</td><td class="number" data-label="Baseline">${valueCell(baseline)}</td><td class="number${state === 'violated' && ' measured'}" data-label="Current">${valueCell(current)}</td><td class="number" data-label="Allowed">${biasRangeText(allowedOf(metric)) ?? '–'}${allowed?.source === 'configured' && html`<small>configured</small>`}</td><td class="number" data-label="Change">${change === undefined ? '–' : html`${biasChangeText(change.value)}<small>${biasChanceText(metric)}</small>`}</td></tr>
`;
}

/** A value with its interval; what the service says where that misleads. */
function valueCell(value: BiasValue | undefined): Html {
  const text = biasValueText(value);
  const interval = value && text !== undefined ? biasIntervalText(value) : undefined;
  return html`${text ?? '–'}${interval !== undefined && html`<small>${interval}</small>`}${
    value?.service && html`<small class="service">service: ${biasValueText(value.service) ?? 'nothing'}</small>`
  }`;
}

/** Each metric in words: what its value means, whom it disadvantages, its definition and how its interval was found. */
export function biasDefinitions(section: FacetSection): Html {
  const { facet, bias } = section;
  return html`<dl class="record meanings">${facet.metrics.map((metric) => {
    const { name, title, definition, current, baseline } = metric;
    const value = current ?? baseline;
    const side = disadvantaged(metric);
    const service = serviceText(current);
    return html`<dt><code>${clipText(name, 60)}</code></dt><dd><strong>${nameOf(title, 100)}</strong><br>${biasMeaning(facet, metric, bias)}${side !== undefined && html` To the disadvantage of ${side === 'group' ? nameOf(facet.title) : nameOf(facet.others)}.`}${service !== '' && ` ${service}`}<br><span class="small">${clipText(definition, 600)} ${metric.fair} is equal treatment.${value?.method !== undefined && ` Interval: ${clipText(value.method, 200)}.`}</span></dd>`;
  })}</dl><p class="small">Who is disadvantaged is said as if the positive value were the favourable one.</p>`;
}

/** Metrics under the names of other libraries, each with its definition. */
export function fairnessTable(metrics: readonly FairnessMetricReport[]): Html {
  return html`<table class="metrics fairness"><thead><tr><th scope="col">Metric</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Current</th><th scope="col" class="number">Equal</th></tr></thead><tbody>
${metrics.map(
  ({ name, title, library, definition, baseline, current, fair }) =>
    html`<tr><th scope="row">${nameOf(title, 100)} <code>${clipText(name, 80)}</code><small class="wrap">${clipText(library, 60)}. ${clipText(definition, 400)}</small></th><td class="number" data-label="Baseline">${fairCell(baseline)}</td><td class="number" data-label="Current">${fairCell(current)}</td><td class="number" data-label="Equal">${fair}</td></tr>
`,
)}</tbody></table>`;
}

function fairCell(value: BiasValue | undefined): Html {
  return value?.error === undefined
    ? valueCell(value)
    : html`–<small class="reason">${clipText(noValueText({ current: value } as BiasMetricReport), 120)}</small>`;
}
