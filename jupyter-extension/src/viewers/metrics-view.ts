import type { ConfusionMatrix, CurvePoints } from 'driftline';
import { formatCount, formatNumber } from '../format/number-format.js';
import { confusionView } from '../panels/model-quality/confusion-view.js';
import { precisionRecallView, rocView } from '../panels/model-quality/curve-view.js';
import { bestConstantWords, isBestConstant } from '../panels/model-quality/metric-words.js';
import { isRecord } from '../report/read-report.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { asText, at, numberAt } from './file-content.js';

type Group = Readonly<Record<string, unknown>>;
type Metric = readonly [name: string, value: unknown];

/** The metrics of a model-quality `statistics.json`: each group as a table, its confusion matrix and curves as charts. */
export function metricsView(value: unknown, context: PanelContext): HTMLElement[] {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([key, group]) => key.endsWith('_metrics') && isRecord(group))
    .map(([key, group]) => groupSection(key, group as Group, context));
}

function groupSection(key: string, group: Group, context: PanelContext): HTMLElement {
  const { trans } = context;
  const title = sentence(key);
  const scalars = Object.entries(group).filter(([, metric]) => !isRecord(metric) || 'value' in metric);
  const constants = scalars.filter(([name]) => isBestConstant(name));
  const charts = chartsOf(group, context);
  const shown = new Set([...scalars.map(([name]) => name), ...charts.map(([name]) => name)]);
  const others = Object.keys(group).filter((name) => !shown.has(name));
  const uncertain = scalars.some(([, metric]) => at(metric, 'standard_deviation') === 'NaN');
  return element(
    'section',
    {},
    element('h3', {}, title),
    metricsTable(
      title,
      scalars.filter(([name]) => !isBestConstant(name)),
      trans,
    ),
    uncertain &&
      element(
        'p',
        { class: 'driftline-note' },
        trans.__('The service writes no standard deviation (NaN) for fewer than 200 rows.'),
      ),
    constants.length > 0 && bestConstants(metricsTable(title, constants, trans), constants.length, trans),
    charts.length > 0 && element('div', { class: 'driftline-pairs' }, ...charts.map(([, view]) => view)),
    others.length > 0 &&
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__('Also in the file, and not shown here: %1.', others.join(', ')),
      ),
  );
}

function metricsTable(caption: string, rows: readonly Metric[], trans: PanelContext['trans']): HTMLElement {
  const number = (title: string, of: (metric: unknown) => unknown) => ({
    title,
    kind: 'number' as const,
    cell: ([, metric]: Metric) => figure(of(metric)),
    sortBy: ([, metric]: Metric) => {
      const value = of(metric);
      return typeof value === 'number' ? value : undefined;
    },
  });
  return dataTable<Metric>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      { title: trans.__('Metric'), rowHeader: true, cell: ([name]) => name, sortBy: ([name]) => name },
      number(trans.__('Value'), (metric) => (isRecord(metric) ? metric['value'] : metric)),
      number(trans.__('Std. deviation'), (metric) => at(metric, 'standard_deviation')),
    ],
  });
}

/** The metrics of a classifier that always answers the same, folded: they are a yardstick, and half of the list. */
export function bestConstants(table: HTMLElement, count: number, trans: PanelContext['trans']): HTMLElement {
  return element(
    'details',
    { class: 'driftline-folded' },
    element('summary', {}, bestConstantWords(count, trans)),
    table,
  );
}

function chartsOf(group: Group, context: PanelContext): (readonly [name: string, view: HTMLElement])[] {
  const { trans } = context;
  const matrix = readMatrix(group['confusion_matrix']);
  const roc = readCurve(
    group,
    'receiver_operating_characteristic_curve',
    'false_positive_rates',
    'true_positive_rates',
  );
  const precisionRecall = readCurve(group, 'precision_recall_curve', 'recalls', 'precisions');
  const area = numberAt(group, 'auc', 'value');
  const names = { current: trans.__('model') };
  return [
    ...(matrix ? [['confusion_matrix', confusionView(trans.__('Confusion matrix'), matrix, context)] as const] : []),
    ...(roc
      ? [
          [
            'receiver_operating_characteristic_curve',
            rocView({ current: roc }, area === undefined ? {} : { current: { value: area } }, context, names),
          ] as const,
        ]
      : []),
    ...(precisionRecall
      ? [
          [
            'precision_recall_curve',
            precisionRecallView({ current: precisionRecall }, undefined, context, names),
          ] as const,
        ]
      : []),
  ];
}

/** `{actual: {predicted: count}}` as a square matrix over all classes that occur, in the file's order. */
function readMatrix(value: unknown): ConfusionMatrix | undefined {
  if (!isRecord(value)) return undefined;
  const rows = Object.entries(value).filter(([, row]) => isRecord(row));
  const classes = [
    ...new Set([...rows.map(([actual]) => actual), ...rows.flatMap(([, row]) => Object.keys(row as Group))]),
  ];
  if (classes.length === 0) return undefined;
  return {
    classes,
    counts: classes.map((actual) => classes.map((predicted) => numberAt(value, actual, predicted) ?? 0)),
  };
}

/** Two lists of numbers of one length; undefined where the file has no such curve. */
function readCurve(group: Group, name: string, x: string, y: string): CurvePoints | undefined {
  const [xs, ys] = [at(group, name, x), at(group, name, y)];
  if (!Array.isArray(xs) || !Array.isArray(ys)) return undefined;
  const points = xs
    .map((value: unknown, index) => [value, ys[index] as unknown] as const)
    .filter((point): point is readonly [number, number] => point.every((each) => typeof each === 'number'));
  return points.length > 1 ? { x: points.map(([value]) => value), y: points.map(([, value]) => value) } : undefined;
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
