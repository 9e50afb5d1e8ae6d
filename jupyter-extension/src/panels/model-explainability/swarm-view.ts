import type { FeatureAttributionReport } from 'driftline';
import {
  beeswarmFigure,
  levelOf,
  rowsPerDot,
  type Swarm,
  swarmsOf,
} from '../../charts/model-explainability/beeswarm.js';
import type { AttributionNumbers } from '../../format/attribution-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { longestName } from './attribution-words.js';
import { attributionAxis, type ShownReport } from './shown-report.js';

type Trans = PanelContext['trans'];

/** How often the attributions of one feature come, baseline against current. */
export function swarmView(
  { feature, distribution }: FeatureAttributionReport,
  report: ShownReport,
  context: PanelContext,
): HTMLElement | undefined {
  const { trans } = context;
  const swarms = distribution
    ? swarmsOf(distribution, { baseline: trans.__('baseline'), current: trans.__('current') })
    : [];
  if (swarms.length === 0) return undefined;
  const title = trans.__('Attributions of the rows');
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__(
        'Dots for the attributions of %1: %2. More dots are more rows.',
        shorten(feature, longestName),
        swarms.map(({ name }) => name).join(', '),
      ),
      legend: swarmLegend(swarms, trans),
      figure: (style) => beeswarmFigure(swarms, attributionAxis(report, trans), style),
      table: () => swarmTable(title, trans.__('Sample'), swarms, report.numbers, trans),
      note: swarmNote(swarms, trans),
    },
    context,
  );
}

/** What colours and shapes of dots mean. */
export function swarmLegend(swarms: readonly Swarm[], trans: Trans): (readonly [LegendKey, string])[] {
  const ordered = swarms.filter(({ levels }) => levels !== undefined).length;
  if (ordered === 0) return [];
  return [
    ['level-low', trans.__('low values of the feature')],
    ['level-middle', trans.__('middle')],
    ['level-high', trans.__('high values')],
    ...(ordered < swarms.length ? [['level-none', trans.__('values without an order')] as const] : []),
  ];
}

/** How many rows a dot stands for: of each swarm where they are few, else the least and the most. */
export function swarmNote(swarms: readonly Swarm[], trans: Trans): string {
  const perDot = swarms.map((swarm) => Math.round(rowsPerDot(swarm)));
  const [least, most] = [Math.min(...perDot), Math.max(...perDot)];
  const dots =
    least === most
      ? trans._n('A dot stands for 1 row', 'A dot stands for about %1 rows', least)
      : swarms.length <= 2
        ? trans.__(
            'A dot stands for about %1',
            swarms
              .map(({ name }, index) => trans.__('%1 rows (%2)', formatCount(perDot[index]), shorten(name, 40)))
              .join(trans.__(' or ')),
          )
        : trans.__('A dot stands for about %1 to %2 rows', formatCount(least), formatCount(most));
  return trans.__('%1; every bin with rows has at least one. Right of 0 the feature raises the answer.', dots);
}

interface BinRow {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly level: number | null | undefined;
}

/** The bins that have rows. */
export function swarmTable(
  caption: string,
  nameTitle: string,
  swarms: readonly Swarm[],
  numbers: AttributionNumbers,
  trans: Trans,
): HTMLElement {
  const words = { low: trans.__('low'), middle: trans.__('middle'), high: trans.__('high') };
  const ordered = swarms.some(({ levels }) => levels !== undefined);
  const rows = swarms.flatMap(({ name, edges, counts, levels }) =>
    counts.flatMap((count, bin): BinRow[] =>
      count > 0 ? [{ name, from: edges[bin] ?? 0, to: edges[bin + 1] ?? 0, rows: count, level: levels?.[bin] }] : [],
    ),
  );
  return dataTable<BinRow>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      { title: nameTitle, rowHeader: true, cell: ({ name }) => shorten(name, longestName), sortBy: ({ name }) => name },
      {
        title: trans.__('Attribution'),
        kind: 'number',
        cell: ({ from, to }) => trans.__('%1 to %2', numbers.value(from), numbers.value(to)),
        sortBy: ({ from }) => from,
      },
      {
        title: trans.__('Rows'),
        kind: 'number',
        cell: ({ rows: count }) => formatCount(count),
        sortBy: (row) => row.rows,
      },
      ...(ordered
        ? [
            {
              title: trans.__('Values of the feature'),
              cell: ({ level }: BinRow) => {
                const known = levelOf(level);
                return known === undefined ? noValue : words[known];
              },
              sortBy: ({ level }: BinRow) => level ?? undefined,
            },
          ]
        : []),
    ],
  });
}
