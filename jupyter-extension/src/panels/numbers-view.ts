import type { Distance, FeatureReport, FeatureSummary } from 'driftline';
import { formatCount, formatFraction, formatNumber, formatPValue, noValue } from '../format/number-format.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';

interface NumberRow {
  readonly title: string;
  readonly value: (summary: FeatureSummary) => string;
}

/** Baseline and current side by side, in numbers; lines that neither has are left out. */
export function numbersView({ baseline, current }: FeatureReport, { trans }: PanelContext): HTMLElement {
  const quantile = (index: number, title: string): NumberRow => ({
    title,
    value: ({ quantiles }) => formatNumber(quantiles?.[index]),
  });
  const rows: NumberRow[] = [
    { title: trans.__('Type'), value: ({ inferredType }) => inferredType },
    { title: trans.__('Values'), value: ({ present }) => formatCount(present) },
    { title: trans.__('Missing'), value: ({ missing }) => formatCount(missing) },
    { title: trans.__('Completeness'), value: ({ completeness }) => formatFraction(completeness) },
    {
      title: trans.__('Distinct'),
      value: ({ distinct, distinctExact }) => (distinctExact ? '' : '≈ ') + formatCount(distinct),
    },
    { title: trans.__('Mean'), value: ({ mean }) => formatNumber(mean) },
    { title: trans.__('Standard deviation'), value: ({ standardDeviation }) => formatNumber(standardDeviation) },
    { title: trans.__('Minimum'), value: ({ min }) => formatNumber(min) },
    quantile(0, trans.__('5 %')),
    quantile(1, trans.__('25 %')),
    quantile(2, trans.__('Median')),
    quantile(3, trans.__('75 %')),
    quantile(4, trans.__('95 %')),
    { title: trans.__('Maximum'), value: ({ max }) => formatNumber(max) },
  ];
  const text = (summary: FeatureSummary | undefined, row: NumberRow): string =>
    summary ? row.value(summary) : noValue;
  return dataTable<NumberRow>({
    caption: trans.__('Numbers'),
    showCaption: true,
    trans,
    rows: rows.filter((row) => [baseline, current].some((summary) => text(summary, row) !== noValue)),
    columns: [
      { title: trans.__('Measure'), rowHeader: true, cell: ({ title }) => title },
      { title: trans.__('Baseline'), kind: 'number', cell: (row) => text(baseline, row) },
      { title: trans.__('Current'), kind: 'number', cell: (row) => text(current, row) },
    ],
  });
}

/** All distances with what each means. */
export function distancesView({ distances }: FeatureReport, { trans }: PanelContext): HTMLElement {
  return dataTable<Distance>({
    caption: trans.__('Distances and what they mean'),
    showCaption: true,
    trans,
    stack: true,
    rows: distances,
    columns: [
      {
        title: trans.__('Distance'),
        rowHeader: true,
        cell: ({ title, definition }) =>
          element('div', { class: 'driftline-what' }, title, element('span', { class: 'driftline-muted' }, definition)),
      },
      {
        title: trans.__('Value'),
        kind: 'number',
        cell: ({ value, threshold }) =>
          threshold !== undefined && value > threshold
            ? statusMark('drifting', formatNumber(value))
            : formatNumber(value),
        sortBy: ({ value }) => value,
      },
      { title: trans.__('Threshold'), kind: 'number', cell: ({ threshold }) => formatNumber(threshold) },
      { title: trans.__('p-value'), kind: 'number', cell: ({ pValue }) => formatPValue(pValue) },
    ],
  });
}
