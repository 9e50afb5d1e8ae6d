import type { DependenceBin, FeatureAttributionReport } from 'driftline';
import { dependenceFigure } from '../../charts/model-explainability/dependence.js';
import { formatCount } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { estimatedCell } from './attribution-cells.js';
import { longestName } from './attribution-words.js';
import { attributionAxis, type ShownReport } from './shown-report.js';

/** What the feature adds by its value: whether the model now treats the same value otherwise, or meets other values. */
export function dependenceView(
  { feature, dependence = [] }: FeatureAttributionReport,
  report: ShownReport,
  context: PanelContext,
): HTMLElement | undefined {
  const { trans } = context;
  const bins = dependence.filter(({ mean }) => mean.baseline ?? mean.current);
  if (bins.length === 0) return undefined;
  const title = trans.__('Attribution by value');
  const sampled = (key: 'baseline' | 'current'): boolean => bins.some(({ mean }) => mean[key] !== undefined);
  const legend: (readonly [LegendKey, string])[] = [
    ...(sampled('baseline') ? [['baseline-mark', trans.__('baseline, 95 % interval')] as const] : []),
    ...(sampled('current') ? [['current-mark', trans.__('current, 95 % interval')] as const] : []),
  ];
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__(
        'The mean attribution of %1 by its value in %2 bins, baseline against current, and the share of rows with each value.',
        shorten(feature, longestName),
        bins.length,
      ),
      legend,
      figure: (style) => dependenceFigure(bins, feature, attributionAxis(report, trans), style),
      table: () => dependenceTable(title, bins, report, context),
      note: trans.__(
        'Where both marks of a value agree, the model treats it as before, and what changed is how often it comes.',
      ),
    },
    context,
  );
}

function dependenceTable(
  caption: string,
  rows: readonly DependenceBin[],
  { numbers }: ShownReport,
  { trans }: PanelContext,
): HTMLElement {
  const sample = (key: 'baseline' | 'current', mean: string, count: string) => [
    {
      title: mean,
      kind: 'number' as const,
      cell: (bin: DependenceBin) => estimatedCell(bin.mean[key], numbers.value),
      sortBy: (bin: DependenceBin) => bin.mean[key]?.value,
    },
    {
      title: count,
      kind: 'number' as const,
      cell: (bin: DependenceBin) => formatCount(bin.rows[key]),
      sortBy: (bin: DependenceBin) => bin.rows[key],
    },
  ];
  return dataTable<DependenceBin>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      { title: trans.__('Value'), rowHeader: true, cell: ({ title }) => shorten(title, longestName) },
      ...sample('baseline', trans.__('Baseline'), trans.__('Baseline rows')),
      ...sample('current', trans.__('Current'), trans.__('Current rows')),
    ],
  });
}
