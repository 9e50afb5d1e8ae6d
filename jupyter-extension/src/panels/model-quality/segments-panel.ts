import type { Estimated, MetricReport, ModelQualityReport, SegmentReport } from 'driftline';
import { formatInterval, formatMetric } from '../../format/metric-format.js';
import { formatCount, formatPValue } from '../../format/number-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon, statusMark } from '../../widgets/status-mark.js';

/** The groups of rows in which quality fell, or that there are none. */
export function segmentsPanel(
  { segments, segmentsSearched, problemType }: ModelQualityReport,
  { trans }: PanelContext,
): HTMLElement {
  if (segments.length === 0) {
    return element(
      'div',
      { class: 'driftline-empty' },
      statusIcon(segmentsSearched > 0 ? 'ok' : 'quiet'),
      element(
        'p',
        {},
        segmentsSearched > 0
          ? trans._n(
              'One group of rows was looked at; it is not worse than the baseline beyond chance.',
              '%1 groups of rows were looked at; none is worse than the baseline beyond chance.',
              segmentsSearched,
            )
          : trans.__('No group of rows has enough labels to be looked at.'),
      ),
    );
  }
  const unit: MetricReport['unit'] = problemType === 'Regression' ? 'value' : 'fraction';
  const estimated = (title: string, of: (segment: SegmentReport) => Estimated) => ({
    title,
    kind: 'number' as const,
    cell: (segment: SegmentReport) => formatMetric(of(segment).value, unit),
    sortBy: (segment: SegmentReport) => of(segment).value,
  });
  return element(
    'div',
    {},
    dataTable<SegmentReport>({
      caption: trans.__('Groups of rows in which quality fell'),
      trans,
      stack: true,
      rows: segments,
      columns: [
        { title: trans.__('Group'), rowHeader: true, cell: ({ title }) => title, sortBy: ({ title }) => title },
        {
          title: trans.__('What happened'),
          cell: (segment) => changeCell(segment, unit, trans),
          sortBy: ({ change }) => change.value,
        },
        estimated(trans.__('Baseline'), ({ baseline }) => baseline),
        estimated(trans.__('Current'), ({ current }) => current),
        { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows), sortBy: ({ rows }) => rows },
        {
          title: trans.__('Baseline rows'),
          kind: 'number',
          cell: ({ baselineRows }) => formatCount(baselineRows),
          sortBy: ({ baselineRows }) => baselineRows,
        },
        {
          title: trans.__('Adjusted p'),
          kind: 'number',
          cell: ({ adjustedPValue }) => formatPValue(adjustedPValue),
          sortBy: ({ adjustedPValue }) => adjustedPValue,
        },
      ],
    }),
    element(
      'p',
      { class: 'driftline-note' },
      trans.__('%1 groups were looked at; p-values are corrected for that.', formatCount(segmentsSearched)),
    ),
  );
}

function changeCell(
  { metric, change }: SegmentReport,
  unit: MetricReport['unit'],
  trans: PanelContext['trans'],
): HTMLElement {
  const interval = formatInterval(change, unit);
  return element(
    'div',
    { class: 'driftline-what' },
    statusMark('drifting', trans.__('%1 worse by %2', metric, formatMetric(change.value, unit))),
    interval !== undefined && element('span', { class: 'driftline-muted' }, trans.__('95 % interval %1', interval)),
  );
}
