import type { Estimated, Intersection, IntersectionCell } from 'driftline';
import {
  cellMetrics,
  cellValue,
  type IntersectionView,
  intersectionFigure,
} from '../../charts/model-bias/intersection-heatmap.js';
import { formatBias, formatBiasChange, formatBiasInterval } from '../../format/bias-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { type ChartOrTable, chartWithTable } from '../../widgets/chart-with-table.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { dataTable } from '../../widgets/data-table.js';
import { type Child, element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { comparedWords } from './bias-words.js';

/** Where the groups of two facets meet: one heatmap for each pair of facets. */
export function intersectionsPanel(intersections: readonly Intersection[], context: PanelContext): HTMLElement[] {
  return intersections
    .filter((intersection) => intersection.cells.length > 0 && cellMetrics(intersection).length > 0)
    .map((intersection) => intersectionView(intersection, context));
}

function intersectionView(intersection: Intersection, context: PanelContext): HTMLElement {
  const { trans, charts } = context;
  const metrics = cellMetrics(intersection);
  const views = viewsOf(intersection, context);
  const id = uniqueId('intersection');
  const place = element('div', { id });
  const choice = {
    metric: metrics.find((name) => name === 'DPPL') ?? metrics[0]!,
    view: views[0]![0],
    shown: 'chart' as ChartOrTable,
  };
  const draw = (): void => {
    charts.release(place);
    place.replaceChildren(heatmapView(intersection, choice, (shown) => (choice.shown = shown), context));
  };
  const switches = [
    metrics.length > 1 &&
      choiceSwitch(
        {
          label: trans.__('Metric'),
          choices: metrics.map((name) => [name, name]),
          chosen: choice.metric,
          controls: id,
        },
        (metric) => {
          choice.metric = metric;
          draw();
        },
      ).node,
    views.length > 1 &&
      choiceSwitch<IntersectionView>(
        { label: trans.__('Sample'), choices: views, chosen: choice.view, controls: id },
        (view) => {
          choice.view = view;
          draw();
        },
      ).node,
  ];
  draw();
  return element(
    'div',
    { class: 'driftline-intersection' },
    element('div', { class: 'driftline-switches' }, ...switches),
    place,
  );
}

/** Those of current, change and baseline for which there is a number. */
function viewsOf(intersection: Intersection, { trans }: PanelContext): (readonly [IntersectionView, string])[] {
  const all = [
    ['current', trans.__('Current')],
    ['baseline', trans.__('Baseline')],
    ['change', trans.__('Change')],
  ] as const;
  const has = (view: IntersectionView): boolean =>
    intersection.cells.some((cell) =>
      cellMetrics(intersection).some((metric) => cellValue(cell, metric, view) !== undefined),
    );
  const found = all.filter(([view]) => has(view));
  return found.length > 0 ? found : [all[0]];
}

function heatmapView(
  intersection: Intersection,
  { metric, view, shown }: { readonly metric: string; readonly view: IntersectionView; readonly shown: ChartOrTable },
  onChoose: (kind: ChartOrTable) => void,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const { facets, rows, columns, cells } = intersection;
  const title = trans.__('%1 by %2 and %3', metric, facets[0], facets[1]);
  const worst = cells
    .map((cell) => ({ cell, value: cellValue(cell, metric, view)?.value }))
    .filter((each): each is { cell: IntersectionCell; value: number } => each.value !== undefined)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
  const write = view === 'change' ? formatBiasChange : formatBias;
  return chartWithTable(
    {
      title,
      label: [
        trans.__('Heat map of %1 where the groups of %2 and %3 meet.', metric, facets[0], facets[1]),
        worst &&
          trans.__(
            'Furthest from equal: %1, %2 with %3.',
            rows[worst.cell.row] ?? '',
            columns[worst.cell.column] ?? '',
            write(worst.value, 'fraction'),
          ),
      ]
        .filter((sentence) => typeof sentence === 'string')
        .join(' '),
      legend: [
        ['above-fair', view === 'change' ? trans.__('rose') : trans.__('above equal treatment')],
        ['below-fair', view === 'change' ? trans.__('fell') : trans.__('below it')],
      ],
      figure: (style) => intersectionFigure(intersection, metric, view, style),
      table: () => cellsTable(title, intersection, metric, context),
      note: noteWords(metric, context),
      start: shown,
      onChoose,
    },
    context,
  );
}

function noteWords(metric: string, { trans }: PanelContext): string {
  const words = comparedWords(metric, trans);
  return [
    trans.__('Each cell: its rows against all rows outside of it.'),
    words !== '' && trans.__('Above 0 the cell has less (%1).', words),
    trans.__('No colour: chance may explain it.'),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

function cellsTable(
  caption: string,
  { facets, rows, columns, cells }: Intersection,
  metric: string,
  { trans }: PanelContext,
): HTMLElement {
  const value = (title: string, of: 'baseline' | 'current') => ({
    title,
    kind: 'number' as const,
    cell: ({ values }: IntersectionCell) => estimatedCell(values[metric]?.[of], formatBias),
    sortBy: ({ values }: IntersectionCell) => values[metric]?.[of]?.value,
  });
  const count = (title: string, of: 'baseline' | 'current') => ({
    title,
    kind: 'number' as const,
    cell: ({ size }: IntersectionCell) => formatCount(size[of]),
    sortBy: ({ size }: IntersectionCell) => size[of],
  });
  return dataTable<IntersectionCell>({
    caption,
    trans,
    rows: cells,
    columns: [
      { title: facets[0], rowHeader: true, cell: ({ row }) => rows[row] ?? noValue, sortBy: ({ row }) => rows[row] },
      { title: facets[1], cell: ({ column }) => columns[column] ?? noValue, sortBy: ({ column }) => columns[column] },
      value(trans.__('Baseline'), 'baseline'),
      value(trans.__('Current'), 'current'),
      {
        title: trans.__('Change'),
        kind: 'number',
        cell: (cell) => estimatedCell(cellValue(cell, metric, 'change'), formatBiasChange),
        sortBy: (cell) => cellValue(cell, metric, 'change')?.value,
      },
      count(trans.__('Baseline rows'), 'baseline'),
      count(trans.__('Rows'), 'current'),
    ],
  });
}

function estimatedCell(number: Estimated | undefined, write: typeof formatBiasChange): Child {
  if (number === undefined) return noValue;
  const interval = formatBiasInterval(number, 'fraction');
  return element(
    'span',
    { class: 'driftline-since' },
    write(number.value, 'fraction'),
    interval !== undefined && element('span', { class: 'driftline-muted' }, ` ${interval}`),
  );
}
