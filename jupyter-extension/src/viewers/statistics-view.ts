import { formatCount, formatFraction, formatNumber } from '../format/number-format.js';
import { dataTable } from '../widgets/data-table.js';
import { button, element, uniqueId } from '../widgets/element.js';
import { filteredTable } from '../widgets/filtered-table.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { sparkline } from '../widgets/sparkline.js';
import { type FeatureStatistics, readFeatureStatistics } from './feature-statistics.js';
import { at, numberAt, versionText } from './file-content.js';
import { metricsView } from './metrics-view.js';
import { singleDistribution } from './single-distribution.js';
import { viewerHead } from './viewer-head.js';

/** A `statistics.json`: its features with their distributions, or the metrics of a model. */
export function statisticsView(value: unknown, context: PanelContext): HTMLElement {
  const { trans } = context;
  const features = readFeatureStatistics(value);
  const metrics = metricsView(value, context);
  const rows = numberAt(value, 'dataset', 'item_count');
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(trans.__('Statistics'), [
      [trans.__('Rows'), rows === undefined ? undefined : formatCount(rows)],
      [trans.__('Features'), features.length > 0 ? formatCount(features.length) : undefined],
      [trans.__('From'), at(value, 'dataset', 'start_time')],
      [trans.__('To'), at(value, 'dataset', 'end_time')],
      [trans.__('Evaluated'), at(value, 'dataset', 'evaluation_time')],
      [trans.__('Format version'), versionText(value)],
    ]),
    features.length > 0 && featuresSection(features, context),
    ...metrics,
    features.length === 0 &&
      metrics.length === 0 &&
      element('p', { class: 'driftline-muted' }, trans.__('The file lists no features.')),
  );
}

function featuresSection(features: readonly FeatureStatistics[], context: PanelContext): HTMLElement {
  const { trans, charts } = context;
  const id = uniqueId('distribution');
  const detail = element('div', {
    id,
    class: 'driftline-detail',
    role: 'region',
    'aria-label': trans.__('Distribution'),
  });
  let chosen = features.find(({ buckets, categories }) => buckets.length + categories.length > 0);
  const show = (feature: FeatureStatistics, from: HTMLElement): void => {
    chosen = feature;
    charts.release(detail);
    for (const each of table.querySelectorAll('.driftline-link'))
      each.setAttribute('aria-pressed', String(each === from));
    detail.replaceChildren(...singleDistribution(feature, context));
    detail.scrollIntoView?.({ block: 'nearest' });
  };
  const number = (
    title: string,
    key: 'completeness' | 'missing' | 'distinct' | 'mean' | 'standardDeviation' | 'min' | 'max',
    format: (value: number | undefined) => string,
  ) => ({
    title,
    kind: 'number' as const,
    cell: (feature: FeatureStatistics) => format(feature[key]),
    sortBy: (feature: FeatureStatistics) => feature[key],
  });
  const table = filteredTable(
    trans,
    features,
    ({ name }) => name,
    (rows) =>
      dataTable<FeatureStatistics>({
        caption: trans.__('Features'),
        trans,
        rows,
        empty: trans.__('No feature has this in its name.'),
        columns: [
          {
            title: trans.__('Feature'),
            rowHeader: true,
            cell: (feature) => {
              const node = button(
                {
                  class: 'driftline-link',
                  'aria-controls': id,
                  'aria-pressed': String(feature === chosen),
                  title: trans.__('Show the distribution of %1', feature.name),
                },
                () => show(feature, node),
                feature.name,
              );
              return node;
            },
            sortBy: ({ name }) => name,
          },
          {
            title: trans.__('Type'),
            cell: ({ inferredType }) => inferredType,
            sortBy: ({ inferredType }) => inferredType,
          },
          { title: trans.__('Distribution'), cell: spark },
          number(trans.__('Completeness'), 'completeness', formatFraction),
          number(trans.__('Missing'), 'missing', formatCount),
          number(trans.__('Distinct'), 'distinct', formatCount),
          number(trans.__('Mean'), 'mean', formatNumber),
          number(trans.__('Std. deviation'), 'standardDeviation', formatNumber),
          number(trans.__('Minimum'), 'min', formatNumber),
          number(trans.__('Maximum'), 'max', formatNumber),
        ],
      }),
  );
  if (chosen) detail.append(...singleDistribution(chosen, context));
  return element('section', {}, table, detail);
}

function spark({ buckets, categories }: FeatureStatistics): Node | undefined {
  const values =
    buckets.length > 0
      ? buckets.map(({ count }) => count)
      : categories
          .map(({ count }) => count)
          .sort((a, b) => b - a)
          .slice(0, 16);
  return values.length > 0 ? sparkline([{ name: 'baseline', values }]) : undefined;
}
