import type { MetricReport, MetricValue, ModelQualityReport, Violation } from 'driftline';
import { formatInterval, formatMetric, formatMetricAndLimit } from '../../format/metric-format.js';
import { formatFraction, noValue } from '../../format/number-format.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { metricSeriesView } from './metric-series-view.js';
import { limitWords, metricTone, metricToneWords } from './metric-words.js';

/** One metric: what it means, both values with their intervals, its limit, and how it went over the window. */
export function metricDetail(
  metric: MetricReport,
  quality: ModelQualityReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const tone = metricTone(metric);
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h4', { tabindex: '-1' }, metric.title),
      statusMark(tone, metricToneWords(tone, trans)),
      element('code', { class: 'driftline-muted' }, metric.name),
    ),
    element(
      'p',
      { class: 'driftline-muted' },
      metric.definition,
      !metric.service && ` ${trans.__('The service does not have this metric.')}`,
    ),
    ...violations.flatMap(({ explanation }) => (explanation === '' ? [] : [element('p', {}, explanation)])),
    element('dl', { class: 'driftline-facts' }, ...metricFacts(metric, context)),
    metricSeriesView(metric, quality, violations, context),
  ];
}

function metricFacts(metric: MetricReport, { trans }: PanelContext): HTMLElement[] {
  const { baseline, current, reason, falseAlarm, better } = metric;
  const value = (name: string, of: MetricValue): HTMLElement =>
    fact(name, formatMetricAndLimit(of.value, metric.threshold, metric.unit)[0], valueNote(of, metric, trans));
  const limit = limitWords(metric);
  return [
    ...(baseline === undefined ? [] : [value(trans.__('Baseline'), baseline)]),
    current === undefined ? fact(trans.__('Current'), noValue, reason) : value(trans.__('Current'), current),
    ...(limit === undefined
      ? []
      : [
          fact(trans.__('Limit'), limit, better === 'higher' ? trans.__('more is better') : trans.__('less is better')),
        ]),
    ...(falseAlarm === undefined
      ? []
      : [
          fact(
            trans.__('False alarm'),
            formatFraction(falseAlarm),
            trans.__("chance that the service's rule alarms although the model is as good as in the baseline"),
          ),
        ]),
  ];
}

function valueNote(value: MetricValue, { unit }: MetricReport, trans: PanelContext['trans']): string | undefined {
  const interval = formatInterval(value, unit);
  const notes = [
    interval && (value.method === undefined ? interval : trans.__('%1, %2', interval, value.method)),
    value.standardDeviation !== undefined &&
      trans.__("the service's standard deviation %1", formatMetric(value.standardDeviation, unit)),
  ].filter((note) => typeof note === 'string');
  return notes.length > 0 ? notes.join('; ') : undefined;
}
