import type { Report, Violation } from 'driftline';
import { formatMeasure, formatMeasuredAndLimit } from '../format/measure-format.js';
import { formatMetric, formatMetricAndLimit } from '../format/metric-format.js';
import { formatCount, noValue } from '../format/number-format.js';
import { formatTime } from '../format/time-format.js';
import { dataTable } from '../widgets/data-table.js';
import { button, type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';
import { checkWords } from './feature-state.js';

/** The violations as a table that can be sorted; the button in a row goes to its feature. */
export function violationsPanel(report: Report, { trans }: PanelContext, goTo: (feature: string) => void): HTMLElement {
  const metrics = new Map(report.modelQuality?.metrics.map((metric) => [metric.name, metric]));
  const known = new Set([...report.features.map(({ name }) => name), ...metrics.keys()]);
  const measured = (violation: Violation): readonly [string, string] => {
    const metric = metrics.get(violation.feature);
    return metric === undefined
      ? formatMeasuredAndLimit(violation)
      : formatMetricAndLimit(violation.measured, violation.limit, metric.unit);
  };
  const deciding = ({ rules }: Violation): boolean => rules.includes(report.rule);
  const name = ({ feature }: Violation): Child =>
    known.has(feature)
      ? button(
          { class: 'driftline-link', title: trans.__('Show %1', feature) },
          () => goTo(feature),
          metrics.get(feature)?.title ?? feature,
        )
      : feature;
  return dataTable<Violation>({
    caption: trans.__('Violations'),
    trans,
    stack: true,
    rows: report.violations,
    rowAttributes: (violation) => ({ class: deciding(violation) ? undefined : 'driftline-undeciding' }),
    columns: [
      {
        title: metrics.size > 0 ? trans.__('Metric') : trans.__('Feature'),
        rowHeader: true,
        cell: name,
        sortBy: ({ feature }) => feature,
      },
      {
        title: trans.__('What happened'),
        cell: (violation) =>
          element(
            'div',
            { class: 'driftline-what' },
            deciding(violation)
              ? statusMark('violated', checkWords(violation.check, trans))
              : statusMark(
                  'drifting',
                  trans.__('%1 (%2 rule only)', checkWords(violation.check, trans), violation.rules.join(', ')),
                ),
            element('span', { class: 'driftline-muted' }, violation.explanation),
          ),
        sortBy: ({ check }) => check,
      },
      {
        title: trans.__('Measured'),
        kind: 'number',
        cell: (violation) => measured(violation)[0],
        sortBy: ({ measured }) => measured,
      },
      {
        title: trans.__('Limit'),
        kind: 'number',
        cell: (violation) => measured(violation)[1],
        sortBy: ({ limit }) => limit,
      },
      {
        title: trans.__('Baseline'),
        kind: 'number',
        cell: ({ feature, baselineValue, unit }) => {
          const metric = metrics.get(feature);
          return metric ? formatMetric(baselineValue, metric.unit) : formatMeasure(baselineValue, unit);
        },
        sortBy: ({ baselineValue }) => baselineValue,
      },
      ...(metrics.size > 0
        ? []
        : [
            {
              title: trans.__('Rows'),
              kind: 'number' as const,
              cell: ({ rows }: Violation) => formatCount(rows),
              sortBy: ({ rows }: Violation) => rows,
            },
          ]),
      {
        title: trans.__('Since (UTC)'),
        cell: ({ since }) =>
          since === undefined
            ? noValue
            : element(
                'span',
                { class: 'driftline-since' },
                formatTime(since.hour),
                since.orEarlier && element('span', { class: 'driftline-muted' }, ` ${trans.__('or earlier')}`),
                since.until !== undefined &&
                  element('span', { class: 'driftline-muted' }, ` ${trans.__('until %1', formatTime(since.until))}`),
              ),
        sortBy: ({ since }) => since?.hour,
      },
    ],
  });
}
