import type { ChartStyle, Figure } from '../charts/figure.js';
import { choiceSwitch } from './choice-switch.js';
import { type Child, element, uniqueId } from './element.js';
import { type ExportEntry, exportButton } from './export-button.js';
import { type LegendKey, legend } from './legend.js';
import type { PanelContext } from './panel-context.js';
import { csvEntry } from './table-export.js';

export type ChartOrTable = 'chart' | 'table';

export interface ChartWithTableOptions {
  readonly title: string;
  /** Of the title's heading; 4 by default. */
  readonly level?: 4 | 5;
  /** One or two sentences that say what the chart shows, for those who do not see it. */
  readonly label: string;
  readonly figure: (style: ChartStyle) => Figure;
  /** The same numbers as a table; made when it is first asked for. */
  readonly table: () => HTMLElement;
  /** The marks and their words. */
  readonly legend?: readonly (readonly [key: LegendKey, words: string])[];
  /** How to read the chart. */
  readonly note?: Child;
  readonly onClick?: (customdata: unknown) => void;
  /** Called with the part of the time axis that was chosen by dragging, in ISO times. */
  readonly onBrush?: (from: string, to: string) => void;
  /** Called after every drawing of the chart. */
  readonly onDrawn?: () => void;
  /** An address that opens what the chart stands in, as it is now: the menu offers to copy it. */
  readonly link?: () => string;
  /** What is shown first; the chart by default. */
  readonly start?: ChartOrTable;
  /** Called when the reader changes between chart and table. */
  readonly onChoose?: (kind: ChartOrTable) => void;
}

/** Pixels of an exported chart that has no width of its own. */
const exportedWidth = 800;

/** A titled chart with two buttons: chart, or the table that says the same; and a menu that exports either. */
export function chartWithTable(options: ChartWithTableOptions, { trans, charts }: PanelContext): HTMLElement {
  const { title, label, figure, note, onClick, onBrush, onDrawn, start = 'chart', level = 4 } = options;
  const id = uniqueId('view');
  const chart = charts.add({
    label,
    figure,
    trans,
    ...(onClick && { onClick }),
    ...(onBrush && { onBrush }),
    ...(onDrawn && { onDrawn }),
  });
  const marks = options.legend && legend(options.legend, trans);
  const picture = element('div', {}, marks, chart.node);
  const view = element('div', { id, class: 'driftline-view' });
  let table: HTMLElement | undefined;
  const theTable = (): HTMLElement => {
    table ??= options.table();
    return table;
  };
  const show = (kind: ChartOrTable): void => view.replaceChildren(kind === 'table' ? theTable() : picture);
  const choose = (kind: ChartOrTable): void => {
    show(kind);
    options.onChoose?.(kind);
  };
  show(start);
  const drawing = (format: 'png' | 'svg') => async (): Promise<void> => {
    const [{ downloadChart }, { legendMarks }, { titlesAround }] = await Promise.all([
      import(/* webpackChunkName: "exports" */ '../exports/download-chart.js'),
      import(/* webpackChunkName: "exports" */ '../exports/legend-marks.js'),
      import(/* webpackChunkName: "exports" */ '../exports/titles-around.js'),
    ]);
    const width = view.clientWidth || exportedWidth;
    const [, chosen] = titlesAround(view);
    const heading = chosen === undefined || chosen === title ? title : `${chosen}: ${title}`;
    const titles = [...titlesAround(view), title];
    await downloadChart({ title: heading, figure, legend: legendMarks(marks, view), width, trans }, format, titles);
  };
  const copyLink = async (link: string): Promise<void> => {
    const { copyText } = await import(/* webpackChunkName: "exports" */ '../exports/copy-text.js');
    await copyText(link);
  };
  const entries = (): readonly ExportEntry[] => [
    { label: trans.__('Download as PNG'), run: drawing('png') },
    { label: trans.__('Download as SVG'), run: drawing('svg') },
    csvEntry(theTable, view, trans),
    ...(options.link ? [{ label: trans.__('Copy a link to this view'), run: () => copyLink(options.link!()) }] : []),
  ];
  const controls = element(
    'div',
    { class: 'driftline-figure-controls' },
    choiceSwitch<ChartOrTable>(
      {
        label: trans.__('Show "%1" as', title),
        choices: [
          ['chart', trans.__('Chart')],
          ['table', trans.__('Table')],
        ],
        chosen: start,
        controls: id,
      },
      choose,
    ).node,
    exportButton(trans.__('Export "%1"', title), entries, trans),
  );
  return element(
    'div',
    { class: 'driftline-figure' },
    element('div', { class: 'driftline-figure-head' }, element(`h${level}`, {}, title), controls),
    view,
    note !== undefined && note !== false && element('p', { class: 'driftline-note' }, note),
  );
}
