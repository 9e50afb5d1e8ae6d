import type { ChartStyle, Figure } from '../charts/figure.js';
import { choiceSwitch } from './choice-switch.js';
import { type Child, element, uniqueId } from './element.js';
import { type LegendKey, legend } from './legend.js';
import type { PanelContext } from './panel-context.js';

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
  /** What is shown first; the chart by default. */
  readonly start?: ChartOrTable;
  /** Called when the reader changes between chart and table. */
  readonly onChoose?: (kind: ChartOrTable) => void;
}

/** A titled chart with two buttons: chart, or the table that says the same. */
export function chartWithTable(options: ChartWithTableOptions, { trans, charts }: PanelContext): HTMLElement {
  const { title, label, figure, note, onClick, start = 'chart', level = 4 } = options;
  const id = uniqueId('view');
  const chart = charts.add({ label, figure, trans, ...(onClick && { onClick }) });
  const picture = element('div', {}, options.legend && legend(options.legend, trans), chart.node);
  const view = element('div', { id, class: 'driftline-view' });
  let table: HTMLElement | undefined;
  const show = (kind: ChartOrTable): void => {
    if (kind === 'table') table ??= options.table();
    view.replaceChildren(kind === 'table' && table !== undefined ? table : picture);
  };
  const choose = (kind: ChartOrTable): void => {
    show(kind);
    options.onChoose?.(kind);
  };
  show(start);
  return element(
    'div',
    { class: 'driftline-figure' },
    element(
      'div',
      { class: 'driftline-figure-head' },
      element(`h${level}`, {}, title),
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
    ),
    view,
    note !== undefined && note !== false && element('p', { class: 'driftline-note' }, note),
  );
}
