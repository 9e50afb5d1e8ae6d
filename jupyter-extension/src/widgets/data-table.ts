import type { TranslationBundle } from '@jupyterlab/translation';
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
  empty,
}: TableOptions<Row>): HTMLElement {
  const body = element('tbody');
  const headers = columns.map((column) =>
    element('th', { scope: 'col', class: cellClass(column), 'aria-sort': column.sortBy && 'none' }),
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
  return element(
    'div',
    { class: 'driftline-table-frame', role: 'region', tabindex: '0', 'aria-labelledby': id },
    element(
      'table',
      { class: 'driftline-table' },
      element('caption', { id, class: showCaption ? undefined : 'driftline-unseen' }, caption),
      element('thead', {}, element('tr', {}, ...headers)),
      body,
    ),
  );
}

function tableRow<Row>(
  row: Row,
  columns: readonly TableColumn<Row>[],
  attributes: Readonly<Record<string, string | undefined>> = {},
): HTMLElement {
  return element(
    'tr',
    attributes,
    ...columns.map((column) =>
      column.rowHeader
        ? element('th', { scope: 'row', class: cellClass(column) }, column.cell(row))
        : element('td', { class: cellClass(column) }, column.cell(row)),
    ),
  );
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
