import { reportLate } from '../../main-area/report-late.js';
import { type ChartWithTableOptions, chartWithTable } from '../../widgets/chart-with-table.js';
import { linkTo } from './copy-link.js';
import type { Dashboard } from './dashboard.js';

/**
 * A chart over the dashboard's range: dragging along it chooses another range for all, its menu copies a link to the view, and
 * whether the reader looks at its table is kept when it is made again.
 *
 * @param name - unique within the dashboard.
 */
export function timeFigure(dashboard: Dashboard, name: string, options: ChartWithTableOptions): HTMLElement {
  const { shownAs, context } = dashboard;
  return chartWithTable(
    {
      ...options,
      link: () => linkTo(dashboard),
      start: shownAs.get(name) ?? 'chart',
      onChoose: (kind) => shownAs.set(name, kind),
      onDrawn: () => dashboard.drawn(),
      onBrush: (from, to) => {
        dashboard.brush(from, to).catch(reportLate);
      },
    },
    context,
  );
}
