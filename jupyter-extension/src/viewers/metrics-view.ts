import { formatCount, formatNumber } from '../format/number-format.js';
import { isRecord } from '../report/read-report.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { asText, at } from './file-content.js';

/** The metrics of a model-quality `statistics.json`: each group as a table, and the confusion matrix as one. */
export function metricsView(value: unknown, context: PanelContext): HTMLElement[] {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([key, group]) => key.endsWith('_metrics') && isRecord(group))
    .map(([key, group]) => groupSection(key, group as Readonly<Record<string, unknown>>, context));
}

function groupSection(key: string, group: Readonly<Record<string, unknown>>, context: PanelContext): HTMLElement {
  const { trans } = context;
  const title = sentence(key);
  const scalars = Object.entries(group).filter(([, metric]) => !isRecord(metric) || 'value' in metric);
  const shown = new Set([...scalars.map(([name]) => name), 'confusion_matrix']);
  const others = Object.keys(group).filter((name) => !shown.has(name));
  return element(
    'section',
    {},
    element('h3', {}, title),
    dataTable({
      caption: title,
      trans,
      rows: scalars,
      columns: [
        { title: trans.__('Metric'), rowHeader: true, cell: ([name]) => name, sortBy: ([name]) => name },
        {
          title: trans.__('Value'),
          kind: 'number',
          cell: ([, metric]) => figure(at(metric, 'value') ?? metric),
          sortBy: ([, metric]) => asText(at(metric, 'value')),
        },
        {
          title: trans.__('Std. deviation'),
          kind: 'number',
          cell: ([, metric]) => figure(at(metric, 'standard_deviation')),
        },
      ],
    }),
    isRecord(group['confusion_matrix']) && confusionMatrix(group['confusion_matrix'], context),
    others.length > 0 &&
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__('Also in the file, and not shown here: %1.', others.join(', ')),
      ),
  );
}

function confusionMatrix(matrix: Readonly<Record<string, unknown>>, { trans }: PanelContext): HTMLElement {
  const predicted = [...new Set(Object.values(matrix).flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))];
  return dataTable({
    caption: trans.__('Confusion matrix: actual in rows, predicted in columns'),
    showCaption: true,
    trans,
    rows: Object.entries(matrix),
    columns: [
      { title: trans.__('Actual'), rowHeader: true, cell: ([actual]) => actual },
      ...predicted.map((label) => ({
        title: label,
        kind: 'number' as const,
        cell: ([, row]: [string, unknown]) => figure(at(row, label)),
      })),
    ],
  });
}

function figure(value: unknown): string {
  if (typeof value !== 'number') return asText(value);
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/** `binary_classification_metrics` as `Binary classification metrics`. */
export function sentence(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
