import type { CategoricalDistribution, Report } from 'driftline';
import { type CategoryRow, categoryBarsFigure, categoryRows } from '../../charts/category-bars.js';
import {
  binTitle,
  type HistogramBin,
  histogramBins,
  histogramFigure,
  type OverlaidDistribution,
} from '../../charts/histogram.js';
import { formatCount, formatFraction } from '../../format/number-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { chooser } from '../../widgets/chooser.js';
import { dataTable, type TableColumn } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { section } from '../../widgets/section.js';
import { formatComparedChange } from './compared-format.js';
import type { ComparedMeasure } from './comparison-rows.js';
import { type NotOverlaid, overlaidDistribution } from './overlaid-distribution.js';

type Counted = Pick<HistogramBin, 'baseline' | 'current' | 'baselineShare' | 'currentShare'>;

/** The distributions of both windows over one another, by feature in the order of the table; undefined where there are none. */
export function overlaidView(
  rows: readonly ComparedMeasure[],
  left: Report,
  right: Report,
  context: PanelContext,
): HTMLElement | undefined {
  const { trans } = context;
  const featureOf = ({ features }: Report, name: string): Report['features'][number] | undefined =>
    features.find((feature) => feature.name === name);
  const found = rows
    .filter(({ key }) => featureOf(left, key)?.distribution ?? featureOf(right, key)?.distribution)
    .map((row) => ({ row, overlaid: overlaidDistribution(featureOf(left, row.key), featureOf(right, row.key)) }));
  if (found.length === 0) return undefined;
  const { node } = chooser(
    {
      items: found,
      name: ({ row }) => row.title,
      parts: ({ row }) => [
        element('span', { class: 'driftline-name', title: row.title }, row.title),
        element('span', { class: 'driftline-number driftline-muted' }, formatComparedChange(row)),
      ],
      detail: ({ row, overlaid }) => [
        element('h4', { tabindex: '-1' }, row.title),
        typeof overlaid === 'string' ? whyNot(overlaid, context) : distribution(row.title, overlaid, context),
      ],
      filterWords: trans.__('Filter features'),
      countWords: (count, all) => trans.__('%1 of %2 features', count, all),
    },
    context,
  );
  node.classList.add('driftline-compare-features');
  return section(trans.__('Both windows over one another'), node);
}

function whyNot(reason: NotOverlaid, { trans }: PanelContext): HTMLElement {
  const words: Readonly<Record<NotOverlaid, string>> = {
    'not-counted': trans.__('One of the two reports has no distribution of this feature.'),
    'other-bins': trans.__('The two reports count on other bins, because their baselines differ.'),
    'other-kinds': trans.__('It has numbers on one side, and categories on the other.'),
    'other-categories': trans.__('The two reports name other categories, and sum up the rest.'),
  };
  return element(
    'p',
    {},
    `${words[reason]} ${trans.__('Compare the windows of capture directly to see both over one another.')}`,
  );
}

function distribution(
  name: string,
  overlaid: OverlaidDistribution | CategoricalDistribution,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const legend = (more: string, any: boolean): NonNullable<Parameters<typeof chartWithTable>[0]['legend']> => [
    ['baseline', trans.__('baseline: the left window')],
    ['current', trans.__('current: the right window')],
    ...(any ? [['current-outside', more] as const] : []),
  ];
  if (overlaid.kind === 'numeric') {
    const bins = histogramBins(overlaid);
    return chartWithTable(
      {
        title: trans.__('Distribution'),
        label: trans.__('Histograms of %1 in both windows, overlaid, on the bins of the monitor.', name),
        legend: legend(
          trans.__("current, outside the range of the monitor's baseline"),
          bins.some(({ outside }) => outside !== undefined),
        ),
        figure: (style) => histogramFigure(overlaid, name, style),
        table: () =>
          dataTable<HistogramBin>({
            caption: trans.__('Distribution of %1 in both windows', name),
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
  const rows = categoryRows(overlaid, context);
  return chartWithTable(
    {
      title: trans.__('Distribution'),
      label: trans.__('Bars by category of %1, both windows side by side.', name),
      legend: legend(
        trans.__('current, not in the left window'),
        rows.some(({ unseen }) => unseen),
      ),
      figure: (style) => categoryBarsFigure(overlaid, name, style),
      table: () =>
        dataTable<CategoryRow>({
          caption: trans.__('Distribution of %1 in both windows', name),
          trans,
          rows,
          columns: [
            { title: trans.__('Category'), rowHeader: true, cell: ({ title }) => title },
            ...countColumns<CategoryRow>(trans),
          ],
        }),
    },
    context,
  );
}

function countColumns<Row extends Counted>(trans: PanelContext['trans']): TableColumn<Row>[] {
  return [
    { title: trans.__('Baseline'), kind: 'number', cell: ({ baseline }) => formatCount(baseline) },
    { title: trans.__('Baseline share'), kind: 'number', cell: ({ baselineShare }) => formatFraction(baselineShare) },
    { title: trans.__('Current'), kind: 'number', cell: ({ current }) => formatCount(current) },
    { title: trans.__('Current share'), kind: 'number', cell: ({ currentShare }) => formatFraction(currentShare) },
  ];
}
