import { type Bucket, bucketFigure, type CategoryCount, categoryFigure } from '../charts/bucket-bars.js';
import { formatCount, formatFraction, formatNumber } from '../format/number-format.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import type { FeatureStatistics } from './feature-statistics.js';

/** The distribution of one feature of a `statistics.json`: its ten buckets, or its categories. */
export function singleDistribution(feature: FeatureStatistics, context: PanelContext): HTMLElement[] {
  const { trans } = context;
  const { name, buckets, categories } = feature;
  const total = [...buckets, ...categories].reduce((sum, { count }) => sum + count, 0);
  const counts = [
    { title: trans.__('Values'), kind: 'number' as const, cell: ({ count }: { count: number }) => formatCount(count) },
    {
      title: trans.__('Share'),
      kind: 'number' as const,
      cell: ({ count }: { count: number }) => formatFraction(total > 0 ? count / total : 0),
    },
  ];
  if (buckets.length > 0) {
    const label = trans.__('Histogram of %1 in %2 buckets.', name, buckets.length);
    const table = () =>
      dataTable<Bucket>({
        caption: trans.__('Buckets of %1', name),
        trans,
        rows: buckets,
        columns: [
          { title: trans.__('From'), kind: 'number', rowHeader: true, cell: ({ lower }) => formatNumber(lower) },
          { title: trans.__('To'), kind: 'number', cell: ({ upper }) => formatNumber(upper) },
          ...counts,
        ],
      });
    return [
      chartWithTable({ title: name, label, figure: (style) => bucketFigure(buckets, name, style), table }, context),
    ];
  }
  if (categories.length > 0) {
    const label = trans.__('Bars by category of %1.', name);
    const table = () =>
      dataTable<CategoryCount>({
        caption: trans.__('Categories of %1', name),
        trans,
        rows: [...categories].sort((a, b) => b.count - a.count),
        columns: [
          { title: trans.__('Category'), rowHeader: true, cell: ({ value }) => value, sortBy: ({ value }) => value },
          ...counts,
        ],
      });
    return [
      chartWithTable(
        { title: name, label, figure: (style) => categoryFigure(categories, name, style), table },
        context,
      ),
    ];
  }
  return [
    element('h4', {}, name),
    element(
      'p',
      { class: 'driftline-muted' },
      trans.__('The file holds no distribution for this feature: it has no values, or too many different texts.'),
    ),
  ];
}
