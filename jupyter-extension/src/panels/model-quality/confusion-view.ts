import type { ConfusionMatrix } from 'driftline';
import { type ConfusionRow, confusionMatrixFigure, confusionRows } from '../../charts/confusion-matrix.js';
import { formatCount, formatFraction } from '../../format/number-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';

/** A confusion matrix with counts and shares of its rows. */
export function confusionView(title: string, matrix: ConfusionMatrix, context: PanelContext): HTMLElement {
  const { trans } = context;
  const rows = confusionRows(matrix);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const right = rows.reduce((sum, { counts }, at) => sum + (counts[at] ?? 0), 0);
  return chartWithTable(
    {
      title,
      label: trans.__(
        'Heat map of actual against predicted class. The prediction is right for %1 of %2 rows.',
        formatFraction(total > 0 ? right / total : undefined),
        formatCount(total),
      ),
      figure: (style) => confusionMatrixFigure(matrix, style),
      table: () =>
        dataTable<ConfusionRow>({
          caption: trans.__('%1: actual classes in rows, predicted ones in columns', title),
          trans,
          rows,
          columns: [
            {
              title: trans.__('Actual'),
              rowHeader: true,
              cell: ({ actual }) => actual,
              sortBy: ({ actual }) => actual,
            },
            ...matrix.classes.map((predicted, at) => ({
              title: trans.__('Predicted %1', predicted),
              kind: 'number' as const,
              cell: ({ counts, shares }: ConfusionRow) =>
                element(
                  'span',
                  { class: 'driftline-since' },
                  formatCount(counts[at]),
                  element('span', { class: 'driftline-muted' }, ` ${formatFraction(shares[at])}`),
                ),
            })),
            {
              title: trans.__('Rows'),
              kind: 'number',
              cell: (row) => formatCount(row.total),
              sortBy: (row) => row.total,
            },
          ],
        }),
    },
    context,
  );
}
