import type { ChartStyle, Figure } from '../charts/figure.js';
import { button, type Child, element, uniqueId } from './element.js';
import { type LegendKey, legend } from './legend.js';
import type { PanelContext } from './panel-context.js';

export interface ChartWithTableOptions {
  readonly title: string;
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
}

/** A titled chart with two buttons: chart, or the table that says the same. */
export function chartWithTable(options: ChartWithTableOptions, { trans, charts }: PanelContext): HTMLElement {
  const { title, label, figure, note, onClick } = options;
  const id = uniqueId('view');
  const chart = charts.add({ label, figure, trans, ...(onClick && { onClick }) });
  const picture = element('div', {}, options.legend && legend(options.legend, trans), chart.node);
  const view = element('div', { id, class: 'driftline-view' }, picture);
  let table: HTMLElement | undefined;
  const buttons = (['chart', 'table'] as const).map((kind) => ({
    kind,
    node: button(
      { 'aria-pressed': String(kind === 'chart'), 'aria-controls': id },
      () => choose(kind),
      kind === 'chart' ? trans.__('Chart') : trans.__('Table'),
    ),
  }));
  const choose = (kind: 'chart' | 'table'): void => {
    for (const each of buttons) each.node.setAttribute('aria-pressed', String(each.kind === kind));
    table ??= options.table();
    view.replaceChildren(kind === 'chart' ? picture : table);
  };
  return element(
    'div',
    { class: 'driftline-figure' },
    element(
      'div',
      { class: 'driftline-figure-head' },
      element('h4', {}, title),
      element(
        'div',
        { class: 'driftline-switch', role: 'group', 'aria-label': trans.__('Show "%1" as', title) },
        ...buttons.map(({ node }) => node),
      ),
    ),
    view,
    note !== undefined && note !== false && element('p', { class: 'driftline-note' }, note),
  );
}
