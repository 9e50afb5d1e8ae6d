import type { TranslationBundle } from '@jupyterlab/translation';
import { noValue } from '../format/number-format.js';
import { button, type Child, element, uniqueId } from './element.js';

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Child;
  /** Makes the column sortable, by this value; rows without one come last in both directions. */
  readonly sortBy?: (row: Row) => number | string | undefined;
  /** `number` aligns to the right with figures of one width; `code` is for text of files; `text` is the default. */
  readonly kind?: 'text' | 'number' | 'code';
  /** Names the row for screen readers: its cells are `th scope="row"`. */
  readonly rowHeader?: boolean;
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
}

type Direction = 'ascending' | 'descending';

/**
 * A table in a frame that scrolls sideways where it is too wide. Sortable headers are buttons: the first press sorts
 * ascending, the next descending, the third returns to the given order.
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
}: TableOptions<Row>): HTMLElement {
  const body = element('tbody', { role: 'rowgroup' });
  const headers = columns.map((column) =>
    element('th', {
      scope: 'col',
      role: 'columnheader',
      class: cellClass(column),
      'aria-sort': column.sortBy && 'none',
    }),
  );
  let sorted: { column: TableColumn<Row>; direction: Direction } | undefined;

  const fill = (): void => {
    const order = sorted === undefined ? rows : sortRows(rows, sorted.column, sorted.direction);
    body.replaceChildren(...order.map((row) => tableRow(row, columns, rowAttributes?.(row))));
    if (rows.length === 0 && empty !== undefined) {
      body.append(
        element('tr', {}, element('td', { colspan: String(columns.length), class: 'driftline-muted' }, empty)),
      );
    }
  };
  const sort = (column: TableColumn<Row>): void => {
    const direction =
      sorted?.column !== column ? 'ascending' : sorted.direction === 'ascending' ? 'descending' : undefined;
    sorted = direction && { column, direction };
    columns.forEach((each, index) => {
      if (each.sortBy) headers[index]?.setAttribute('aria-sort', (each === column && direction) || 'none');
    });
    fill();
  };
  columns.forEach((column, index) => {
    const header = headers[index];
    if (column.sortBy === undefined) header?.append(column.title);
    else
      header?.append(
        button(
          { class: 'driftline-sort', title: trans.__('Sort by %1', column.title.toLowerCase()) },
          () => sort(column),
          column.title,
          element('span', { class: 'driftline-sort-mark', 'aria-hidden': 'true' }),
        ),
      );
  });
  fill();
  const id = uniqueId('caption');
  const frame = element(
    'div',
    {
      class: compact ? 'driftline-table-frame driftline-compact' : 'driftline-table-frame',
      role: 'region',
      'aria-labelledby': id,
    },
    element(
      'table',
      { class: stack ? 'driftline-table driftline-stack' : 'driftline-table', role: 'table' },
      element('caption', { id, class: showCaption ? undefined : 'driftline-unseen' }, caption),
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...headers)),
      body,
    ),
  );
  reachWhenScrolling(frame);
  return frame;
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

/** A frame is a stop of the Tab key only while there is something to scroll. */
function reachWhenScrolling(frame: HTMLElement): void {
  if (typeof ResizeObserver === 'undefined') return;
  const observer = new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth + 1) frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
  });
  observer.observe(frame);
}

function cellClass<Row>({ kind }: TableColumn<Row>): string | undefined {
  return kind === 'number' || kind === 'code' ? `driftline-${kind}` : undefined;
}

function sortRows<Row>(rows: readonly Row[], { sortBy }: TableColumn<Row>, direction: Direction): readonly Row[] {
  if (sortBy === undefined) return rows;
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: sortBy(row) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
      return sign * String(a.key).localeCompare(String(b.key), 'en', { numeric: true });
    })
    .map(({ row }) => row);
}
