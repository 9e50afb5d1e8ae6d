import { type Html, html } from '../html-template.js';
import type { MetricReport, ModelQualityReport } from '../model-quality-report.js';
import {
  type ClassMetrics,
  changeText,
  falseAlarmText,
  intervalText,
  isBestConstant,
  isOfClass,
  limitText,
  limitWord,
  metricState,
  metricStateWord,
  metricsByClass,
  metricsByState,
  metricText,
} from '../quality-words.js';
import type { Rule } from '../report.js';
import { clipText, plural } from '../value-text.js';
import { dataTable, nameOf } from './parts.js';

/** All metrics, baseline against current: those with a limit first, the yardsticks of a constant classifier folded. */
export function metricsSection(
  { metrics, coverage }: ModelQualityReport,
  rule: Rule,
  anchors: ReadonlyMap<string, string>,
): Html {
  const constants = metrics.filter(isBestConstant);
  const own = metricsByState(metrics.filter((metric) => !isBestConstant(metric) && !isOfClass(metric)));
  const classes = metricsByClass(metrics);
  if (metrics.length === 0) return html``;
  const judged = own.filter(({ threshold }) => threshold !== undefined);
  return html`<section id="metrics"><h2>Metrics</h2>
<p class="lead">${coverage.labelled === 0 ? 'Metrics are measured once labels are there; these are the baseline’s.' : html`${plural(judged.length, 'metric')} ${judged.length === 1 ? 'has' : 'have'} a limit. Intervals are at 95 %.`}</p>
${metricsTable(own, anchors)}
${own.some(({ falseAlarm }) => falseAlarm !== undefined) && falseAlarmWords(own, rule)}
${own.length > 0 && definitions('What the metrics are', own)}
${
  constants.length > 0 &&
  html`<details class="others"><summary>${plural(constants.length, 'metric')} of a classifier that always gives the same answer, for comparison</summary><div class="folded">${metricsTable(constants, anchors)}${definitions('What they are', constants)}</div></details>`
}
${classes.length > 0 && classTable(classes)}</section>
`;
}

function metricsTable(metrics: readonly MetricReport[], anchors: ReadonlyMap<string, string>): Html {
  const chances = metrics.some(({ falseAlarm }) => falseAlarm !== undefined);
  const limits = metrics.some(({ threshold }) => threshold !== undefined);
  const heads = html`<th scope="col">Metric</th>${limits && html`<th scope="col">Status</th>`}<th scope="col" class="number">Baseline</th><th scope="col" class="number">Current</th>${limits && html`<th scope="col" class="number">Limit</th>`}${chances && html`<th scope="col" class="number">False alarms</th>`}`;
  return html`<table class="metrics${!limits && ' unlimited'}"><thead><tr>${heads}</tr></thead><tbody>
${metrics.map((metric) => {
  const { name, title, definition, baseline, current, falseAlarm } = metric;
  const state = metricState(metric);
  const anchor = anchors.get(name);
  const limit = limitText(metric);
  return html`<tr${anchor !== undefined && html` id="${anchor}"`}><th scope="row" title="${definition}"><bdi>${clipText(title, 80)}</bdi> <code>${clipText(name, 80)}</code></th>${limits && html`<td class="state ${state}">${metricStateWord(state)}</td>`}<td class="number" data-label="Baseline">${baseline === undefined ? '–' : valueCell(baseline, metric)}</td><td class="number${state === 'violated' && ' measured'}" data-label="Current">${current === undefined ? html`–${metric.reason !== undefined && html`<small class="reason">${clipText(metric.reason, 80)}</small>`}` : valueCell(current, metric)}</td>${limits && html`<td class="number" data-label="Limit">${limit === undefined ? '–' : html`${limit}<small>${limitWord(metric)}</small>`}</td>`}${chances && html`<td class="number" data-label="False alarms">${falseAlarm === undefined ? '–' : falseAlarmText(falseAlarm)}</td>`}</tr>
`;
})}</tbody></table>`;
}

function valueCell(value: NonNullable<MetricReport['current']>, { unit }: MetricReport): Html {
  const interval = intervalText(value, unit);
  return html`${metricText(value.value, unit)}${interval !== undefined && html`<small>${interval}</small>`}`;
}

function falseAlarmWords(metrics: readonly MetricReport[], rule: Rule): Html {
  const half = metrics.some(({ falseAlarm = 0 }) => falseAlarm > 0.2);
  return html`<p class="small">False alarms: how many windows of this size would break the limit by the service’s own rule, from a model that is as good as in the baseline.${
    half &&
    ` A limit that is the baseline’s own value is broken by about half of them${rule === 'significant' ? '; the rule that decides here asks for the whole interval' : ''}.`
  }</p>`;
}

function definitions(title: string, metrics: readonly MetricReport[]): Html {
  return html`<details><summary>${title}</summary><dl class="record folded">${metrics.map(
    ({ title: name, definition, service, current, baseline }) => {
      const method = (current ?? baseline)?.method;
      return html`<dt><bdi>${clipText(name, 80)}</bdi></dt><dd>${clipText(definition, 600)}${!service && html` <span class="small">The service does not have it.</span>`}${method !== undefined && html` <span class="small">Interval: ${method}.</span>`}</dd>`;
    },
  )}</dl></details>`;
}

/** Recall, precision and F1 of each class, the classes that lost most first. */
function classTable(classes: readonly ClassMetrics[]): Html {
  const names = ['recall', 'precision', 'f1'] as const;
  const rows = classes.map(({ name, metrics }) => [
    nameOf(name, 60),
    ...names.flatMap((metric) => {
      const { baseline, current } = metrics[metric] ?? {};
      return [
        baseline === undefined ? '–' : metricText(baseline.value, 'fraction'),
        current === undefined ? '–' : metricText(current.value, 'fraction'),
      ];
    }),
    metrics.f1?.current && metrics.f1.baseline
      ? changeText(metrics.f1.current.value - metrics.f1.baseline.value, 'fraction')
      : '–',
  ]);
  const heads = ['Recall', 'Precision', 'F1'].flatMap((name) => [`${name}, baseline`, 'current']);
  return html`<h3 class="by-class">By class</h3><p class="lead">The classes whose F1 score fell most come first.</p>
<div class="scroll">${dataTable(['Class', ...heads, 'F1 change'], rows, [1, 2, 3, 4, 5, 6, 7])}</div>`;
}
