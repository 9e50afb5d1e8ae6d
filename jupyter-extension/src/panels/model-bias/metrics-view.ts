import type { BiasMetricReport, BiasStage, FacetBiasReport } from 'driftline';
import { biasMetricsFigure } from '../../charts/model-bias/bias-metrics.js';
import type { BiasRow } from '../../charts/model-bias/fair-scale.js';
import { biasNumber, formatBiasChange, formatBiasRange, formatP } from '../../format/bias-format.js';
import { noValue } from '../../format/number-format.js';
import { type ChartOrTable, chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, type Child, element } from '../../widgets/element.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusCell, valueCell } from './bias-cells.js';
import { allowedRange, biasTone } from './bias-state.js';
import { comparedWords, stageTitle } from './bias-words.js';

/** What follows from the reader's choices. */
export interface MetricsViewOptions {
  readonly stage: BiasStage;
  readonly start: ChartOrTable;
  readonly onChoose: (kind: ChartOrTable) => void;
  /** Shows one metric in full. */
  readonly goTo: (metric: string) => void;
}

/** All metrics of one stage: each with its interval against its range and the baseline, around the fair value. */
export function metricsView(
  facet: FacetBiasReport,
  { stage, start, onChoose, goTo }: MetricsViewOptions,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const metrics = facet.metrics.filter((metric) => metric.stage === stage);
  const rows = metrics.map((metric) => biasRow(metric, trans));
  const violated = metrics.filter(({ status }) => status === 'violated').map(({ name }) => name);
  return chartWithTable(
    {
      title: stageTitle(stage, trans),
      level: 5,
      label: trans.__(
        'Chart of %1 bias metrics of %2, each with its 95 % interval, its allowed range and the baseline. Violated: %3.',
        rows.length,
        facet.title,
        violated.join(', ') || trans.__('none'),
      ),
      legend: metricsLegend(rows, context),
      figure: (style) => biasMetricsFigure(rows, style),
      table: () => metricsTable(facet, metrics, goTo, context),
      note: trans.__(
        'The vertical line is equal treatment. Differences of shares have one scale, ratios a logarithmic one, every other metric its own.',
      ),
      onClick: (name) => {
        if (typeof name === 'string') goTo(name);
      },
      start,
      onChoose,
    },
    context,
  );
}

function biasRow(metric: BiasMetricReport, trans: PanelContext['trans']): BiasRow {
  const { name, title, fair, unit, baseline, current } = metric;
  const allowed = allowedRange(metric);
  return {
    name,
    title,
    words: comparedWords(name, trans),
    fair,
    unit,
    tone: biasTone(metric),
    ...(baseline && { baseline }),
    ...(current && { current }),
    ...(allowed && { allowed }),
  };
}

function metricsLegend(rows: readonly BiasRow[], { trans }: PanelContext): (readonly [LegendKey, string])[] {
  const drawn = rows.filter(({ current }) => biasNumber(current) !== undefined);
  const toned = (tone: BiasRow['tone'], key: LegendKey, words: string): (readonly [LegendKey, string])[] =>
    drawn.some((row) => row.tone === tone) ? [[key, words]] : [];
  return [
    ...toned('violated', 'violated-mark', trans.__('current, violated')),
    ...toned('drifting', 'drifting-mark', trans.__('current, outside its range, within chance')),
    ...toned('ok', 'current-mark', trans.__('current')),
    ...toned('quiet', 'quiet-mark', trans.__('current, not judged')),
    ...(rows.some(({ baseline }) => biasNumber(baseline) !== undefined)
      ? ([['baseline-mark', trans.__('baseline')]] as const)
      : []),
    ...(rows.some(({ allowed }) => allowed !== undefined) ? ([['allowed', rangeWords(rows, trans)]] as const) : []),
  ];
}

/** Where the ranges come from, where they all come from the same. */
function rangeWords(rows: readonly BiasRow[], trans: PanelContext['trans']): string {
  const sources = new Set(rows.flatMap(({ allowed }) => (allowed === undefined ? [] : [allowed.source])));
  if (sources.size > 1) return trans.__('allowed range');
  return sources.has('baseline')
    ? trans.__('allowed: no further from equal treatment than the baseline')
    : trans.__('allowed range, as configured');
}

function metricsTable(
  { title }: FacetBiasReport,
  rows: readonly BiasMetricReport[],
  goTo: (metric: string) => void,
  { trans }: PanelContext,
): HTMLElement {
  const limited = rows.some(({ allowed }) => allowed !== undefined);
  const changed = rows.some(({ change }) => change !== undefined);
  return dataTable<BiasMetricReport>({
    caption: trans.__('Bias metrics of %1', title),
    trans,
    stack: true,
    rows,
    columns: [
      {
        title: trans.__('Metric'),
        rowHeader: true,
        cell: (metric) =>
          element(
            'div',
            { class: 'driftline-named' },
            button({ class: 'driftline-link', title: metric.definition }, () => goTo(metric.name), metric.name),
            element('span', { class: 'driftline-muted' }, metric.title),
          ),
        sortBy: ({ name }) => name,
      },
      {
        title: trans.__('Status'),
        cell: (metric) => statusCell(metric, trans),
        sortBy: (metric) => ['violated', 'drifting', 'ok', 'quiet'].indexOf(biasTone(metric)),
      },
      {
        title: trans.__('Baseline'),
        kind: 'number',
        cell: ({ baseline, unit }) => valueCell(baseline, unit),
        sortBy: ({ baseline }) => biasNumber(baseline),
      },
      {
        title: trans.__('Current'),
        kind: 'number',
        cell: ({ current, unit }) => valueCell(current, unit),
        sortBy: ({ current }) => biasNumber(current),
      },
      ...(limited
        ? [
            {
              title: trans.__('Allowed'),
              kind: 'number' as const,
              cell: (metric: BiasMetricReport) => formatBiasRange(allowedRange(metric), metric.unit) ?? noValue,
            },
          ]
        : []),
      ...(changed
        ? [
            {
              title: trans.__('Change, adjusted p'),
              kind: 'number' as const,
              cell: changeCell,
              sortBy: ({ change }: BiasMetricReport) => change?.value,
            },
          ]
        : []),
    ],
  });
}

function changeCell({ change, unit }: BiasMetricReport): Child {
  if (change === undefined) return noValue;
  const { value, adjustedPValue } = change;
  return element(
    'span',
    { class: 'driftline-since' },
    formatBiasChange(value, unit),
    adjustedPValue !== undefined && element('span', { class: 'driftline-muted' }, ` p ${formatP(adjustedPValue)}`),
  );
}
