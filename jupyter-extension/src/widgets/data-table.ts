import type { TranslationBundle } from '@jupyterlab/translation';
import { noValue } from '../format/number-format.js';
import { type Child, element, uniqueId } from './element.js';
import { exportButton } from './export-button.js';
import { reachWhenScrolling } from './reach-when-scrolling.js';
import { csvEntry, exposeTable } from './table-export.js';
import { ariaSort, nextSorting, type Sorting, sortButton, sortRows } from './table-sort.js';

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** What a CSV file has in place of the cell; by default the number it is sorted by, where `kind` is `number`, else its text. */
  readonly value?: (row: Row) => string | number | undefined;
  /** Makes the column sortable, by this value; rows without one come last in both directions. */
  readonly sortBy?: (row: Row) => number | string | undefined;
  /** `number` aligns to the right with figures of one width; `code` is for text of files; `text` is the default. */
  readonly kind?: 'text' | 'number' | 'code';
  /** Names the row for screen readers: its cells are `th scope="row"`. */
  readonly rowHeader?: boolean;
  /** Stands out: what the reader came for. */
  readonly marked?: boolean;
}

/** How a table is sorted that has a part of the rows only: by whoever has them all. */
export interface TableOrder {
  /** By what the rows are sorted now; left out: in the given order. */
  readonly sorting?: Sorting;
  /** Called when the reader asks for another order; without one for the given order. */
  readonly onSort: (sorting: Sorting | undefined) => void;
}

export interface TableOptions<Row> {
  readonly caption: string;
  /** The caption stands above the table; otherwise only screen readers have it, since a heading says the same. */
  readonly showCaption?: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly trans: TranslationBundle;
  /** Attributes of a row, to mark or find it. */
  readonly rowAttributes?: (row: Row) => Readonly<Record<string, string | undefined>>;
  /** In a narrow panel each row becomes a card, so that sentences need no sideways scrolling. */
  readonly stack?: boolean;
  /** As wide as its content, where a table of few columns would be torn apart by the width of the panel. */
  readonly compact?: boolean;
  /** What stands in place of rows when there are none. */
  readonly empty?: string;
  /** The rows are sorted elsewhere; of `sortBy` it then counts only whether there is one. */
  readonly order?: TableOrder;
}

/**
 * A table in a frame that scrolls sideways where it is too wide, with a button that exports it. Sortable headers are
 * buttons: the first press sorts ascending, the next descending, the third returns to the given order.
 */
export function dataTable<Row>({
  caption,
  showCaption,
  columns,
  rows,
  trans,
  rowAttributes,
  stack,
  compact,
  empty,
  order: elsewhere,
}: TableOptions<Row>): HTMLElement {
  const body = element('tbody', { role: 'rowgroup' });
  const headers = columns.map((column) =>
    element('th', {
      scope: 'col',
      role: 'columnheader',
      class: cellClass(column),
    }),
  );
  let sorting = elsewhere?.sorting;

  const order = (): readonly Row[] => {
    const key = sorting && columns[sorting.column]?.sortBy;
    return sorting === undefined || key === undefined || elsewhere !== undefined
      ? rows
      : sortRows(rows, key, sorting.direction);
  };
  const fill = (): void => {
    body.replaceChildren(...order().map((row) => tableRow(row, columns, rowAttributes?.(row))));
    if (rows.length === 0 && empty !== undefined) {
      body.append(
        element('tr', {}, element('td', { colspan: String(columns.length), class: 'driftline-muted' }, empty)),
      );
    }
  };
  const mark = (): void => {
    columns.forEach((each, place) => {
      if (each.sortBy) headers[place]?.setAttribute('aria-sort', ariaSort(sorting, place));
    });
  };
  columns.forEach(({ title, sortBy }, index) => {
    const sort = (): void => {
      const next = nextSorting(sorting, index);
      if (elsewhere !== undefined) {
        elsewhere.onSort(next);
        return;
      }
      sorting = next;
      mark();
      fill();
    };
    headers[index]?.append(sortBy ? sortButton(title, trans.__('Sort by %1', title.toLowerCase()), sort) : title);
  });
  mark();
  fill();
  const id = uniqueId('caption');
  const scroll = element(
    'div',
    { class: 'driftline-table-scroll', role: 'group', 'aria-labelledby': id },
    element(
      'table',
      { class: stack ? 'driftline-table driftline-stack' : 'driftline-table', role: 'table' },
      element('caption', { id, class: showCaption ? undefined : 'driftline-unseen' }, caption),
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...headers)),
      body,
    ),
  );
  reachWhenScrolling(scroll);
  const frame: HTMLElement = element(
    'div',
    { class: compact ? 'driftline-table-frame driftline-compact' : 'driftline-table-frame' },
    scroll,
    rows.length > 0 &&
      exportButton(trans.__('Export "%1"', caption), () => [csvEntry(() => frame, frame, trans)], trans),
  );
  exposeTable(frame, () => ({
    caption,
    header: columns.map(({ title }) => title),
    rows: order().map((row) => columns.map((column) => exportedCell(column, row))),
  }));
  return frame;
}

function exportedCell<Row>({ value, cell, kind, sortBy }: TableColumn<Row>, row: Row): Child | number {
  if (value !== undefined) return value(row);
  const number = kind === 'number' ? sortBy?.(row) : undefined;
  return typeof number === 'number' ? number : cell(row);
}

/** The roles are those of the elements; said in full, they hold where the style sheet shows rows as cards. */
function tableRow<Row>(
  row: Row,
  columns: readonly TableColumn<Row>[],
  attributes: Readonly<Record<string, string | undefined>> = {},
): HTMLElement {
  return element(
    'tr',
    { ...attributes, role: 'row' },
    ...columns.map((column) => {
      const cell = column.cell(row);
      return column.rowHeader
        ? element('th', { scope: 'row', role: 'rowheader', class: cellClass(column) }, cell)
        : element(
            'td',
            { role: 'cell', class: cellClass(column), 'data-title': column.title, 'data-none': cell === noValue },
            cell,
          );
    }),
  );
}

function cellClass<Row>({ kind, marked }: TableColumn<Row>): string | undefined {
  const ofKind = kind === 'number' || kind === 'code' ? `driftline-${kind}` : undefined;
  return marked ? `driftline-marked ${ofKind ?? ''}`.trim() : ofKind;
}
