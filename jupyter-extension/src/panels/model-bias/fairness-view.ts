import type { FacetBiasReport, FairnessMetricReport } from 'driftline';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { valueCell } from './bias-cells.js';

/** The same rows under the names of other libraries, folded, with what each name means. */
export function fairnessView({ fairness, title }: FacetBiasReport, { trans }: PanelContext): HTMLElement | undefined {
  if (fairness.length === 0) return undefined;
  const libraries = [...new Set(fairness.flatMap(({ library }) => library.split(' and ')))].join(', ');
  const unit = ({ fair }: FairnessMetricReport): 'ratio' | 'fraction' => (fair === 1 ? 'ratio' : 'fraction');
  return element(
    'details',
    { class: 'driftline-folded' },
    element(
      'summary',
      {},
      trans._n('1 metric under its name in %2', '%1 metrics under their names in %2', fairness.length, libraries),
    ),
    dataTable<FairnessMetricReport>({
      caption: trans.__('Metrics of %1 under the names of other libraries', title),
      trans,
      stack: true,
      rows: fairness,
      columns: [
        {
          title: trans.__('Metric'),
          rowHeader: true,
          cell: (metric) =>
            element(
              'div',
              { class: 'driftline-what' },
              metric.title,
              element('code', { class: 'driftline-muted' }, metric.name),
            ),
          sortBy: (metric) => metric.title,
        },
        { title: trans.__('Definition'), cell: ({ definition }) => definition },
        { title: trans.__('Library'), cell: ({ library }) => library, sortBy: ({ library }) => library },
        { title: trans.__('Baseline'), kind: 'number', cell: (metric) => valueCell(metric.baseline, unit(metric)) },
        { title: trans.__('Current'), kind: 'number', cell: (metric) => valueCell(metric.current, unit(metric)) },
        { title: trans.__('Equal treatment'), kind: 'number', cell: ({ fair }) => String(fair) },
      ],
    }),
  );
}
