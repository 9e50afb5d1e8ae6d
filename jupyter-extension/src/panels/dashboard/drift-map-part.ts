import { type DriftRow, type DriftSlot, driftGrid, violatedRuns } from '../../charts/drift-grid.js';
import { type DriftCellKey, driftHeatmapFigure, markCell } from '../../charts/drift-heatmap.js';
import type { ChartStyle, Figure } from '../../charts/figure.js';
import { formatCount, formatDistance, formatNumber, noValue } from '../../format/number-format.js';
import { formatTime, formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { dataTable, type TableColumn } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { section } from '../../widgets/section.js';
import { statusMark } from '../../widgets/status-mark.js';
import type { Dashboard } from './dashboard.js';
import { chosenCell, driftMap } from './drift-choice.js';
import { eventsKey } from './events-key.js';
import type { MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';
import { timeFigure } from './time-figure.js';

/** Features that the map has before all are asked for. */
const firstRows = 20;

/** Parts of time that have a column in the table. */
const tableColumns = 31;

/** Drift of all features by time; `onChoose` is called when the reader presses a cell or a feature. */
export function driftMapPart(dashboard: Dashboard, onChoose: () => void): HistoryPart {
  let history: MonitorHistory | undefined;
  let all = false;
  const part = new RefreshedPart(
    {
      load: async () => history!,
      marks: true,
      make: (shown) => [
        section(
          dashboard.context.trans.__('Drift of the features'),
          driftView(dashboard, shown, {
            all,
            onChoose,
            onToggle: () => {
              all = !all;
              void update(shown);
            },
          }),
        ),
      ],
    },
    dashboard.context,
  );
  const update = (next: MonitorHistory): Promise<void> => {
    history = next;
    const cell = chosenCell(dashboard, next);
    if (cell !== undefined && cell.slot.scheduledTime !== dashboard.executionOf(next)?.scheduledTime) {
      dashboard.adoptExecution(next.monitor, cell.slot.scheduledTime);
    }
    const { from, to } = dashboard.span;
    return part.update(`${all} ${next.monitor} ${from.getTime()} ${to.getTime()} ${eventsKey(dashboard)} ${next.key}`);
  };
  return { node: part.node, update };
}

interface DriftViewOptions {
  /** Whether all features are shown, or the worst. */
  readonly all: boolean;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

function driftView(
  dashboard: Dashboard,
  history: MonitorHistory,
  { all, onToggle, onChoose }: DriftViewOptions,
): HTMLElement {
  const { trans } = dashboard.context;
  const { slots, rows } = driftMap(history, dashboard.span);
  const shown = all ? rows : rows.slice(0, firstRows);
  const events = dashboard.events();
  const choose = ({ name }: DriftRow, slot: DriftSlot): void => {
    dashboard.chooseFeature({ feature: name, hour: slot.start }, history.monitor, slot.scheduledTime);
    onChoose();
  };
  // Choosing a cell moves a frame: all else is kept.
  let drawn: (Pick<ChartStyle, 'width' | 'colours'> & { readonly figure: Figure }) | undefined;
  const beyond = rows.filter(({ violated }) => violated > 0);
  const more =
    rows.length > firstRows &&
    button(
      { class: 'driftline-quiet-button', 'aria-pressed': String(all) },
      onToggle,
      all ? trans.__('Show the %1 worst', firstRows) : trans.__('Show all %1 features', rows.length),
    );
  const words = slots.some(({ hourly }) => hourly)
    ? trans.__('A cell is an hour, or the worst of several where there is no room; a press shows that hour below.')
    : trans.__('A cell is the window of an execution; a press shows it below.');
  return timeFigure(dashboard, `${history.monitor} drift`, {
    title: trans.__('Distance from the baseline, the worst feature first'),
    label: trans.__(
      'Map of the distance from the baseline for %1 features by time, in units of their thresholds. With violations: %2.',
      shown.length,
      beyond.map(({ name }) => name).join(', ') || trans.__('none'),
    ),
    legend: [
      ['drift-within', trans.__('within the threshold')],
      ['drift-beyond', trans.__('beyond it, up to three times')],
      ['framed', trans.__('window with a violation')],
      ...(events.length > 0 ? [['event', trans.__('event')] as const] : []),
    ],
    figure: (style) => {
      if (drawn?.width !== style.width || drawn.colours !== style.colours) {
        const figure = driftHeatmapFigure(
          { series: history.measures, slots, rows: shown, span: dashboard.span, events },
          style,
        );
        drawn = { width: style.width, colours: style.colours, figure };
      }
      const cell = chosenCell(dashboard, history);
      if (cell === undefined) return drawn.figure;
      const { start, end } = cell.slot;
      return markCell(drawn.figure, shown, { place: cell.row.place, start, end }, style);
    },
    table: () => driftTable(dashboard, history, choose),
    note: element('span', {}, `${words} `, more),
    onClick: (key) => {
      if (!Array.isArray(key)) return;
      const [place, start] = key as unknown as DriftCellKey;
      const row = rows.find((each) => each.place === place);
      const slot = slots.find((each) => each.start === start);
      if (row !== undefined && slot !== undefined) choose(row, slot);
    },
  });
}

/** The same numbers as the map, with a column for each of at most 31 parts of the range. */
function driftTable(
  dashboard: Dashboard,
  history: MonitorHistory,
  choose: (row: DriftRow, slot: DriftSlot) => void,
): HTMLElement {
  const { trans } = dashboard.context;
  const { slots, rows } = driftMap(history, dashboard.span);
  const grid = driftGrid(slots, rows, dashboard.span, tableColumns);
  const hours = grid.length / 3_600_000;
  const lineOf = new Map(rows.map((row, index) => [row, grid.cells[index]!]));
  const filled = grid.columns.flatMap((start, column) =>
    grid.cells.some((line) => line[column] !== undefined) ? [{ start, column }] : [],
  );
  const runs = new Map(rows.map((row) => [row, violatedRuns(history.measures, row.place)]));
  return dataTable<DriftRow>({
    caption:
      hours > 1
        ? trans.__('Distance from the baseline by feature: the largest of each %1 hours', hours)
        : trans.__('Distance from the baseline by feature and hour'),
    trans,
    rows,
    columns: [
      {
        title: trans.__('Feature'),
        rowHeader: true,
        cell: (row) => {
          const { name, worst } = row;
          if (worst === undefined) return name;
          const title = trans.__('Show it where it is worst: %1', formatTimeAndZone(worst.slot.start));
          return button({ class: 'driftline-link', title }, () => choose(row, worst.slot), name);
        },
        value: ({ name }) => name,
        sortBy: ({ name }) => name,
      },
      {
        title: trans.__('Executions with a violation'),
        kind: 'number',
        cell: ({ violated }) =>
          violated > 0 ? statusMark('violated', formatCount(violated)) : statusMark('ok', formatCount(0)),
        sortBy: ({ violated }) => violated,
      },
      {
        title: trans.__('Violated windows'),
        cell: (row) => runs.get(row)!.map(formatWindow).join('; ') || noValue,
      },
      {
        title: trans.__('Worst, in thresholds'),
        kind: 'number',
        cell: ({ worst }) => formatNumber(worst?.ratio, 3),
        sortBy: ({ worst }) => worst?.ratio,
      },
      ...filled.map(
        ({ start, column }): TableColumn<DriftRow> => ({
          title: formatTime(new Date(start).toISOString()),
          kind: 'number',
          cell: (row) => {
            const cell = lineOf.get(row)?.[column];
            return cell === undefined ? noValue : formatDistance(cell.distance);
          },
          value: (row) => lineOf.get(row)?.[column]?.distance,
        }),
      ),
    ],
  });
}
