import type { CategoricalDistribution, FeatureReport, NumericDistribution } from 'driftline';
import { type CategoryRow, categoryBarsFigure, categoryRows } from '../charts/category-bars.js';
import { binTitle, type HistogramBin, histogramBins, histogramFigure } from '../charts/histogram.js';
import { formatCount, formatFraction } from '../format/number-format.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable, type TableColumn } from '../widgets/data-table.js';
import type { PanelContext } from '../widgets/panel-context.js';
import type { SparkSeries } from '../widgets/sparkline.js';

interface Counted {
  readonly baseline: number;
  readonly current: number;
  readonly baselineShare: number;
  readonly currentShare: number;
}

export interface DistributionViewOptions {
  /** "Distribution" unless it is said here. */
  readonly title?: string;
  /** Called after every drawing. */
  readonly onDrawn?: () => void;
}

/** Baseline against current of one feature: overlaid histograms, or bars by category. */
export function distributionView(
  { name, distribution }: Pick<FeatureReport, 'name' | 'distribution'>,
  context: PanelContext,
  options: DistributionViewOptions = {},
): HTMLElement | undefined {
  if (distribution === undefined) return undefined;
  return distribution.kind === 'numeric'
    ? numericView(name, distribution, context, options)
    : categoricalView(name, distribution, context, options);
}

/** The shares of both samples, for a word-sized picture in the feature list. */
export function distributionSpark({ distribution }: FeatureReport, { trans }: PanelContext): SparkSeries[] {
  if (distribution === undefined) return [];
  const rows: readonly Counted[] =
    distribution.kind === 'numeric' ? histogramBins(distribution) : categoryRows(distribution, { trans }).slice(0, 16);
  return [
    { name: 'baseline', values: rows.map(({ baselineShare }) => baselineShare) },
    { name: 'current', values: rows.map(({ currentShare }) => currentShare) },
  ];
}

function numericView(
  name: string,
  distribution: NumericDistribution,
  context: PanelContext,
  { title, onDrawn }: DistributionViewOptions,
): HTMLElement {
  const { trans } = context;
  const bins = histogramBins(distribution);
  const outside = bins
    .filter((bin) => bin.outside !== undefined)
    .reduce((sum, { currentShare }) => sum + currentShare, 0);
  return chartWithTable(
    {
      title: title ?? trans.__('Distribution'),
      ...(onDrawn && { onDrawn }),
      label:
        trans.__('Histograms of %1 on the bins of the baseline, baseline and current overlaid.', name) +
        (outside > 0
          ? ` ${trans.__('%1 of the current values are outside the range of the baseline.', formatFraction(outside))}`
          : ''),
      legend: [
        ['baseline', trans.__('baseline')],
        ['current', trans.__('current')],
        ...(outside > 0 ? [['current-outside', trans.__('current, outside the range of the baseline')] as const] : []),
      ],
      figure: (style) => histogramFigure(distribution, name, style),
      table: () =>
        dataTable<HistogramBin>({
          caption: trans.__('Distribution of %1 on the bins of the baseline', name),
          trans,
          rows: bins,
          columns: [
            { title: trans.__('Values'), rowHeader: true, cell: (bin) => binTitle(bin, bins, context) },
            ...countColumns<HistogramBin>(trans),
          ],
        }),
    },
    context,
  );
}

function categoricalView(
  name: string,
  distribution: CategoricalDistribution,
  context: PanelContext,
  { title, onDrawn }: DistributionViewOptions,
): HTMLElement {
  const { trans } = context;
  const rows = categoryRows(distribution, context);
  const unseen = rows.filter((row) => row.unseen);
  return chartWithTable(
    {
      title: title ?? trans.__('Distribution'),
      ...(onDrawn && { onDrawn }),
      label:
        trans.__('Bars by category of %1, baseline and current side by side.', name) +
        (unseen.length > 0
          ? ` ${trans.__('Not in the baseline: %1.', unseen.map(({ title }) => title).join(', '))}`
          : ''),
      legend: [
        ['baseline', trans.__('baseline')],
        ['current', trans.__('current')],
        ...(unseen.length > 0 ? [['current-outside', trans.__('current, not in the baseline')] as const] : []),
      ],
      figure: (style) => categoryBarsFigure(distribution, name, style),
      table: () =>
        dataTable<CategoryRow>({
          caption: trans.__('Distribution of %1 by category', name),
          trans,
          rows,
          columns: [
            { title: trans.__('Category'), rowHeader: true, cell: ({ title }) => title, sortBy: ({ title }) => title },
            { title: trans.__('In baseline'), cell: (row) => (row.unseen ? trans.__('no, new') : trans.__('yes')) },
            ...countColumns<CategoryRow>(trans, true),
          ],
        }),
    },
    context,
  );
}

function countColumns<Row extends Counted>(
  trans: PanelContext['trans'],
  sortable: boolean = false,
): TableColumn<Row>[] {
  const column = (title: string, value: (row: Row) => number, format: (value: number) => string): TableColumn<Row> => ({
    title,
    kind: 'number',
    cell: (row) => format(value(row)),
    ...(sortable && { sortBy: value }),
  });
  return [
    column(trans.__('Baseline'), ({ baseline }) => baseline, formatCount),
    column(trans.__('Baseline share'), ({ baselineShare }) => baselineShare, formatFraction),
    column(trans.__('Current'), ({ current }) => current, formatCount),
    column(trans.__('Current share'), ({ currentShare }) => currentShare, formatFraction),
  ];
}
