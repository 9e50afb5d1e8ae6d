import { formatNumber } from '../format/number-format.js';
import { isBestConstant } from '../panels/model-quality/metric-words.js';
import { isRecord } from '../report/read-report.js';
import { at, numberAt } from '../viewers/file-content.js';
import { sentence } from '../viewers/metrics-view.js';
import { viewerHead } from '../viewers/viewer-head.js';
import { dataTable, type TableColumn } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { statusMark } from '../widgets/status-mark.js';
import { type NumberPair, numberColumns } from './side-by-side.js';

/** A metric of model quality on both sides, and its limit where constraints have one. */
interface ComparedMetric extends NumberPair {
  readonly name: string;
  readonly limit: number | undefined;
  readonly operator: string | undefined;
}

/**
 * Two `statistics.json` of model quality, or constraints as the baseline of one: the metrics of each group side by side, held
 * against the limits where there are any. Undefined where neither side has metrics.
 */
export function qualityComparison(
  baseline: unknown,
  current: unknown,
  constraints: unknown,
  context: PanelContext,
): HTMLElement | undefined {
  const { trans } = context;
  const groups = groupsOf(baseline, current, constraints);
  if (groups.length === 0) return undefined;
  const violated = groups.flatMap(({ metrics }) => metrics.filter(isBeyond));
  const limited = groups.some(({ metrics }) => metrics.some(({ limit }) => limit !== undefined));
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Metrics compared'),
      [],
      limited &&
        (violated.length === 0
          ? statusMark('ok', trans.__('No metric is beyond its limit'))
          : statusMark(
              'violated',
              trans._n('1 metric is beyond its limit', '%1 metrics are beyond their limits', violated.length),
            )),
    ),
    ...groups.map(({ title, metrics }) => section(title, metricsTable(title, metrics, limited, context))),
  );
}

function groupsOf(
  baseline: unknown,
  current: unknown,
  constraints: unknown,
): { readonly title: string; readonly metrics: readonly ComparedMetric[] }[] {
  const keys = new Set(
    [baseline, current]
      .flatMap((value) => (isRecord(value) ? Object.keys(value) : []))
      .filter((key) => key.endsWith('_metrics')),
  );
  return [...keys].flatMap((key) => {
    const limits = at(constraints, key.replace(/_metrics$/, '_constraints'));
    const sides = [at(baseline, key), at(current, key)] as const;
    const names = new Set(
      [...sides, limits]
        .flatMap((group) => (isRecord(group) ? Object.keys(group) : []))
        .filter((name) => !isBestConstant(name)),
    );
    const metrics = [...names]
      .map((name) => ({
        name,
        baseline: metricOf(sides[0], name),
        current: metricOf(sides[1], name),
        limit: numberAt(limits, name, 'threshold'),
        operator: at(limits, name, 'comparison_operator') as string | undefined,
      }))
      .filter((metric) => metric.baseline !== undefined || metric.current !== undefined);
    return metrics.length > 0 ? [{ title: sentence(key), metrics }] : [];
  });
}

/** `{value: 0.7}`, or the number itself. */
function metricOf(group: unknown, name: string): number | undefined {
  return numberAt(group, name, 'value') ?? numberAt(group, name);
}

function isBeyond({ current, limit, operator }: ComparedMetric): boolean {
  if (current === undefined || limit === undefined) return false;
  return operator === 'GreaterThanThreshold' ? current > limit : current < limit;
}

function metricsTable(
  caption: string,
  rows: readonly ComparedMetric[],
  limited: boolean,
  { trans }: PanelContext,
): HTMLElement {
  const limits: TableColumn<ComparedMetric>[] = [
    {
      title: trans.__('Limit'),
      kind: 'number',
      cell: ({ limit, operator }) =>
        limit === undefined ? '' : `${operator === 'GreaterThanThreshold' ? '≤' : '≥'} ${text(limit)}`,
      sortBy: ({ limit }) => limit,
    },
    {
      title: trans.__('Outcome'),
      cell: (metric) =>
        metric.limit === undefined || metric.current === undefined
          ? statusMark('quiet', trans.__('not judged'))
          : isBeyond(metric)
            ? statusMark('violated', trans.__('beyond its limit'))
            : statusMark('ok', trans.__('ok')),
      sortBy: (metric) => Number(isBeyond(metric)),
    },
  ];
  return dataTable<ComparedMetric>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      { title: trans.__('Metric'), rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
      ...numberColumns<ComparedMetric>((row) => row, text, trans),
      ...(limited ? limits : []),
    ],
  });
}

function text(value: number | undefined): string {
  return formatNumber(value).replace(/^-/, '−');
}
