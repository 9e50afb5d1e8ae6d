import type { BiasCause, BiasMetricReport, BiasSegment, FacetBiasReport } from 'driftline';
import { type CausePart, causeBarsFigure } from '../../charts/model-bias/cause-bars.js';
import { formatBiasChange } from '../../format/bias-format.js';
import { formatCount, formatFraction } from '../../format/number-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';

/** Why a metric changed: which side moved, whether population, labels or predictions did, and which rows carry it. */
export function causeView(
  metric: BiasMetricReport,
  facet: FacetBiasReport,
  context: PanelContext,
): HTMLElement | undefined {
  const { cause, change } = metric;
  if (cause === undefined) return undefined;
  const { trans } = context;
  return element(
    'div',
    { class: 'driftline-cause' },
    element('h5', {}, trans.__('Why %1 changed', metric.name)),
    element('p', {}, cause.explanation),
    partsView(metric, cause, facet, context),
    cause.segments.length > 0 && segmentsView(metric, cause, change?.value, context),
  );
}

interface Part extends CausePart {
  readonly kind: string;
}

function partsView(
  { name, unit, change }: BiasMetricReport,
  { sides, parts }: BiasCause,
  facet: FacetBiasReport,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const total = change?.value ?? parts.population + parts.labels + parts.predictions;
  const part = (kind: string, title: string, value: number): Part => ({
    kind,
    title,
    value: withoutRounding(value, total),
  });
  const [side, moved] = [trans.__('Side'), trans.__('What moved')];
  const bySide = [part(side, facet.title, sides.disadvantaged), part(side, facet.others, sides.advantaged)];
  const byKind = [
    part(moved, trans.__('the population'), parts.population),
    part(moved, trans.__('the labels'), parts.labels),
    part(moved, trans.__('the predictions'), parts.predictions),
  ];
  return chartWithTable(
    {
      title: trans.__('Parts of the change of %1', formatBiasChange(total, unit)),
      level: 5,
      label: trans.__(
        'Bar chart of what the change of %1 consists of: %2.',
        name,
        [...bySide, ...byKind].map(({ title, value }) => `${title} ${formatBiasChange(value, unit)}`).join(', '),
      ),
      legend: [
        ['labelled', trans.__('carries the change')],
        ['baseline', trans.__('against it')],
      ],
      figure: (style) => causeBarsFigure([bySide, byKind], total, unit, style),
      table: () =>
        dataTable<Part>({
          caption: trans.__('Parts of the change'),
          trans,
          rows: [...bySide, ...byKind],
          columns: [
            { title: trans.__('Seen by'), cell: ({ kind }) => kind },
            { title: trans.__('Part'), rowHeader: true, cell: ({ title }) => title },
            {
              title: trans.__('Contribution'),
              kind: 'number',
              cell: ({ value }) => formatBiasChange(value, unit),
              sortBy: ({ value }) => value,
            },
          ],
        }),
      note: trans.__('The same change seen twice: by the side that moved, and by what moved.'),
    },
    context,
  );
}

/** What is left over from rounding in sums that should be 0 is 0. */
function withoutRounding(value: number, total: number): number {
  return Math.abs(value) <= 1e-9 * Math.abs(total) ? 0 : value;
}

function segmentsView(
  { unit }: BiasMetricReport,
  { segments }: BiasCause,
  change: number | undefined,
  { trans }: PanelContext,
): HTMLElement {
  const title = trans.__('Groups of rows that carry the change');
  const share = (contribution: number): string =>
    change === undefined || change === 0 ? '' : trans.__(', %1 of the change', formatFraction(contribution / change));
  return element(
    'div',
    {},
    element('h5', {}, title),
    dataTable<BiasSegment>({
      caption: title,
      trans,
      compact: true,
      stack: true,
      rows: segments,
      columns: [
        {
          title: trans.__('Rows with'),
          rowHeader: true,
          cell: (segment) => segment.title,
          sortBy: (segment) => segment.title,
        },
        {
          title: trans.__('Contribution'),
          cell: ({ contribution }) => `${formatBiasChange(contribution, unit)}${share(contribution)}`,
          sortBy: ({ contribution }) => contribution,
        },
        { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows), sortBy: ({ rows }) => rows },
        {
          title: trans.__('Baseline rows'),
          kind: 'number',
          cell: ({ baselineRows }) => formatCount(baselineRows),
          sortBy: ({ baselineRows }) => baselineRows,
        },
      ],
    }),
  );
}
