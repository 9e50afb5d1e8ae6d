import type { BiasMetricReport, BiasValue, FacetBiasReport, ModelBiasReport, Violation } from 'driftline';
import {
  biasNumber,
  formatBiasChange,
  formatBiasInterval,
  formatBiasRange,
  formatBiasValue,
  formatP,
} from '../../format/bias-format.js';
import { noValue } from '../../format/number-format.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon, statusMark } from '../../widgets/status-mark.js';
import { allowedRange, biasTone, biasToneWords } from './bias-state.js';
import { withoutCause } from './bias-words.js';
import { causeView } from './cause-view.js';
import { biasSeriesView } from './series-view.js';

/** One metric of a facet group: what it means, both values, its range, what the service says, its course, its cause. */
export function biasMetricDetail(
  metric: BiasMetricReport,
  facet: FacetBiasReport,
  bias: ModelBiasReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const own = violations.filter(({ feature }) => feature === metric.name);
  const tone = biasTone(metric);
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h5', { tabindex: '-1' }, trans.__('%1 (%2)', metric.title, metric.name)),
      statusMark(tone, biasToneWords(metric, tone, trans)),
    ),
    element('p', { class: 'driftline-muted' }, metric.definition),
    ...own.flatMap(({ explanation }) =>
      explanation === '' ? [] : [element('p', {}, withoutCause(explanation, metric))],
    ),
    element('dl', { class: 'driftline-facts' }, ...metricFacts(metric, context)),
    serviceNote(metric, context),
    causeView(metric, facet, context),
    biasSeriesView(metric, bias, own, context),
  ].filter((part) => part instanceof HTMLElement);
}

function metricFacts(metric: BiasMetricReport, { trans }: PanelContext): HTMLElement[] {
  const { baseline, current, change, unit, fair, reason } = metric;
  const allowed = allowedRange(metric);
  const range = formatBiasRange(allowed, unit);
  const fairWords = trans.__('%1 is equal', String(fair));
  return [
    ...(baseline === undefined ? [] : [valueFact(trans.__('Baseline'), baseline, metric, trans)]),
    current === undefined
      ? fact(trans.__('Current'), noValue, reason)
      : valueFact(trans.__('Current'), current, metric, trans),
    range === undefined || allowed === undefined
      ? fact(trans.__('Equal treatment'), String(fair))
      : fact(
          trans.__('Allowed'),
          range,
          allowed.source === 'configured'
            ? trans.__('as configured; %1', fairWords)
            : trans.__('as far off as the baseline; %1', fairWords),
        ),
    ...(change === undefined
      ? []
      : [
          fact(
            trans.__('Change'),
            formatBiasChange(change.value, unit),
            [
              formatBiasInterval({ ...change, method: '' }, unit),
              change.adjustedPValue !== undefined && trans.__('adjusted p %1', formatP(change.adjustedPValue)),
            ]
              .filter((note) => typeof note === 'string')
              .join('; '),
          ),
        ]),
  ];
}

function valueFact(
  name: string,
  value: BiasValue,
  { unit, reason }: BiasMetricReport,
  trans: PanelContext['trans'],
): HTMLElement {
  if (biasNumber(value) === undefined) return fact(name, noValue, value.error ?? reason);
  const interval = formatBiasInterval(value, unit);
  const note =
    interval === undefined
      ? undefined
      : value.method === undefined
        ? interval
        : trans.__('%1, %2', interval, value.method);
  return fact(name, formatBiasValue(value, unit), note);
}

/** What `analysis.json` says where that misleads, and why. */
function serviceNote({ baseline, current, unit }: BiasMetricReport, { trans }: PanelContext): HTMLElement | undefined {
  const samples = [
    [trans.__('baseline'), baseline?.service],
    [trans.__('current'), current?.service],
  ] as const;
  const told = samples.flatMap(([name, service]) =>
    service === undefined ? [] : [{ name, text: formatBiasValue(service, unit), reason: service.reason }],
  );
  if (told.length === 0) return undefined;
  const reasons = [...new Set(told.map(({ reason }) => reason))];
  const values = told.map(({ name, text }) => trans.__('%1 (%2)', text, name)).join(', ');
  return element(
    'p',
    { class: 'driftline-service' },
    statusIcon('drifting'),
    element(
      'span',
      {},
      trans.__('The service’s number misleads: it says %1 in analysis.json.', values),
      ' ',
      reasons.join(' '),
    ),
  );
}
