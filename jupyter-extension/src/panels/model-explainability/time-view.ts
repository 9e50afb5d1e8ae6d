import type { AttributionPoint, ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import { shareBandsFigure } from '../../charts/model-explainability/share-bands.js';
import { changeScale, shareChangeFigure } from '../../charts/model-explainability/share-change.js';
import { explainedPoints, ndcgInterval } from '../../charts/model-explainability/share-time.js';
import { formatNdcg, formatPoints, formatShare } from '../../format/attribution-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { bucketTitle, formatBucket } from '../../format/time-format.js';
import { type ChartOrTable, chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { type SwitchedChoice, switchedView } from './switched-view.js';

/** What is shown of the shares over the window. */
export type TimeView = 'change' | 'bands';

/** Features with a column in the table of buckets. */
const tableFeatures = 12;

/** Shares of attribution by bucket with the nDCG above them; undefined where there are fewer than two buckets. */
export function timeView(
  output: OutputAttributionReport,
  report: ModelExplainabilityReport,
  choice: SwitchedChoice<TimeView>,
  context: PanelContext,
): HTMLElement | undefined {
  const { trans } = context;
  if (explainedPoints(output).length < 2) return undefined;
  const compared = output.features.some(({ share }) => share.baseline !== undefined);
  return switchedView<TimeView>(
    {
      label: trans.__('What is shown over time'),
      choices: [
        ...(compared ? [['change', trans.__('Change from the baseline')] as const] : []),
        ['bands', trans.__('Shares')],
      ],
      choice,
      make: (view, start, onChoose) => timeChart(output, report, view, { start, onChoose }, context),
    },
    context,
  );
}

function timeChart(
  output: OutputAttributionReport,
  { bucket }: ModelExplainabilityReport,
  view: TimeView,
  more: { readonly start: ChartOrTable; readonly onChoose: (kind: ChartOrTable) => void },
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const change = view === 'change';
  const points = explainedPoints(output);
  const below = points.filter(({ ndcg }) => ndcg !== undefined && ndcg < output.ranking.threshold);
  const title = bucket === 'day' ? trans.__('Share of attribution by day') : trans.__('Share of attribution by hour');
  const ndcg: (readonly [LegendKey, string])[] = points.some((point) => point.ndcg !== undefined)
    ? [
        ['current-line', trans.__('nDCG')],
        ['threshold', trans.__('its threshold')],
      ]
    : [];
  return chartWithTable(
    {
      title,
      level: 5,
      label: [
        change
          ? trans.__('Heat map of how far each feature’s share of attribution is from the baseline’s, over time.')
          : trans.__('Bands of each feature’s share of attribution over time.'),
        trans._n(
          'In 1 part of %2 the nDCG is below its threshold.',
          'In %1 parts of %2 the nDCG is below its threshold.',
          below.length,
          points.length,
        ),
      ].join(' '),
      legend: [
        ...ndcg,
        ...(change
          ? ([
              [
                'above-fair',
                trans.__('more than in the baseline (up to %1 points)', formatPoints(changeScale(output))),
              ],
              ['below-fair', trans.__('less')],
            ] as const)
          : []),
      ],
      figure: (style) => (change ? shareChangeFigure(output, bucket, style) : shareBandsFigure(output, bucket, style)),
      table: () => bucketsTable(title, output, bucket, context),
      note: trans.__('A part of the window has fewer rows, so its shares are noisier than those of the whole.'),
      ...more,
    },
    context,
  );
}

function bucketsTable(
  caption: string,
  { series, features }: OutputAttributionReport,
  bucket: ModelExplainabilityReport['bucket'],
  { trans }: PanelContext,
): HTMLElement {
  return dataTable<AttributionPoint>({
    caption,
    trans,
    rows: series,
    columns: [
      {
        title: bucketTitle(bucket, trans),
        rowHeader: true,
        cell: ({ start }) => element('span', { class: 'driftline-since' }, formatBucket(start, bucket)),
        sortBy: ({ start }) => start,
      },
      { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows), sortBy: ({ rows }) => rows },
      {
        title: trans.__('nDCG'),
        kind: 'number',
        cell: ({ ndcg }) => (ndcg === undefined ? noValue : formatNdcg(ndcg)),
        sortBy: ({ ndcg }) => ndcg,
      },
      ...(series.some((point) => ndcgInterval(point) !== undefined)
        ? [
            {
              title: trans.__('95 % interval'),
              kind: 'number' as const,
              cell: (point: AttributionPoint) => ndcgInterval(point) ?? noValue,
            },
          ]
        : []),
      ...features.slice(0, tableFeatures).map(({ feature }, place) => ({
        title: shorten(feature, 30),
        kind: 'number' as const,
        cell: ({ shares }: AttributionPoint) => formatShare(shares[place]),
        sortBy: ({ shares }: AttributionPoint) => shares[place],
      })),
    ],
  });
}
