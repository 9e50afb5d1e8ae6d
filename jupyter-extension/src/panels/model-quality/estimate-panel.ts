import type { EstimatedMetric, MetricReport, ModelQualityReport, QualityEstimate } from 'driftline';
import { formatChange, formatInterval, formatMetric } from '../../format/metric-format.js';
import { noValue } from '../../format/number-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { type Child, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';

/** What the metrics would be by the model's own scores, how that compares with the labels, and what speaks against it. */
export function estimatePanel(
  estimate: QualityEstimate,
  { metrics }: ModelQualityReport,
  { trans }: PanelContext,
): HTMLElement[] {
  const of = ({ name }: EstimatedMetric): MetricReport | undefined => metrics.find((metric) => metric.name === name);
  const unit = (row: EstimatedMetric): MetricReport['unit'] => of(row)?.unit ?? 'value';
  return [
    trust(estimate, trans),
    dataTable<EstimatedMetric>({
      caption: trans.__('Metrics estimated without labels'),
      trans,
      compact: true,
      rows: estimate.metrics,
      columns: [
        { title: trans.__('Metric'), rowHeader: true, cell: ({ title }) => title, sortBy: ({ title }) => title },
        { title: trans.__('Method'), cell: ({ method }) => method },
        {
          title: trans.__('Estimated'),
          kind: 'number',
          cell: (row) => estimatedCell(row, unit(row)),
          sortBy: ({ whole }) => whole?.value,
        },
        {
          title: trans.__('Realised'),
          kind: 'number',
          cell: (row) => formatMetric(of(row)?.current?.value, unit(row)),
          sortBy: (row) => of(row)?.current?.value,
        },
        {
          title: trans.__('Realised less estimated'),
          kind: 'number',
          cell: (row) => (row.error === undefined ? noValue : formatChange(row.error, unit(row))),
          sortBy: ({ error }) => error,
        },
      ],
    }),
    element('p', { class: 'driftline-note' }, methodWords(estimate, trans)),
  ];
}

function trust({ trusted, doubts }: QualityEstimate, trans: PanelContext['trans']): HTMLElement {
  return element(
    'div',
    { class: 'driftline-trust' },
    trusted
      ? statusMark('ok', trans.__('Nothing speaks against this estimate'))
      : statusMark('drifting', trans.__('Do not trust this estimate')),
    doubts.length > 0 &&
      element('ul', { class: 'driftline-values' }, ...doubts.map((doubt) => element('li', {}, doubt))),
  );
}

function estimatedCell({ whole }: EstimatedMetric, unit: MetricReport['unit']): Child {
  if (whole === undefined) return noValue;
  const interval = formatInterval(whole, unit);
  return element(
    'span',
    { class: 'driftline-since' },
    formatMetric(whole.value, unit),
    interval !== undefined && element('span', { class: 'driftline-muted' }, ` ${interval}`),
  );
}

function methodWords({ metrics }: QualityEstimate, trans: PanelContext['trans']): string {
  const methods = new Set(metrics.map(({ method }) => method));
  return [
    methods.has('CBPE') &&
      trans.__('CBPE (confidence-based performance estimation) takes the scores as probabilities of being right.'),
    methods.has('DLE') && trans.__('DLE (direct loss estimation) predicts the error of each row by a second model.'),
    trans.__('Neither sees a change in what the right answer is; only labels do.'),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
