import type { TranslationBundle } from '@jupyterlab/translation';
import { noValue } from '../format/number-format.js';
import { button, type Child, element, uniqueId } from './element.js';
import { type ExportEntry, exportButton } from './export-button.js';

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

/** What a table shows now: the rows as they are sorted, and those left by a filter. */
export interface ShownTable {
  readonly caption: string;
  readonly header: readonly string[];
  /** Numbers in full, other cells as they stand there. */
  readonly rows: readonly (readonly (Child | number)[])[];
}

const shownTables = new WeakMap<Element, () => ShownTable>();

/** The first table within a part of the page; undefined where there is none. */
function shownTable(part: Element): ShownTable | undefined {
  return [part, ...part.querySelectorAll('.driftline-table-frame')]
    .map((node) => shownTables.get(node))
    .find((shown) => shown !== undefined)?.();
}

type Direction = 'ascending' | 'descending';

/**
 * A table in a frame that scrolls sideways where it is too wide, with a button that exports it. Sortable headers are buttons: the first press sorts
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

  const order = (): readonly Row[] => (sorted === undefined ? rows : sortRows(rows, sorted.column, sorted.direction));
  const fill = (): void => {
    body.replaceChildren(...order().map((row) => tableRow(row, columns, rowAttributes?.(row))));
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
  const scroll = element(
    'div',
    { class: 'driftline-table-scroll', role: 'region', 'aria-labelledby': id },
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
  shownTables.set(frame, () => ({
    caption,
    header: columns.map(({ title }) => title),
    rows: order().map((row) => columns.map((column) => exportedCell(column, row))),
  }));
  return frame;
}

/**
 * The entry of an export menu that gives a table as CSV: the first one within `part`. `place` is on the page, and tells what
 * the table belongs to.
 */
export function csvEntry(part: () => Element, place: Element, trans: TranslationBundle): ExportEntry {
  return {
    label: trans.__('Download as CSV'),
    run: async () => {
      const table = shownTable(part());
      const [{ downloadTable }, { titlesAround }] = await Promise.all([
        import(/* webpackChunkName: "exports" */ '../exports/download-table.js'),
        import(/* webpackChunkName: "exports" */ '../exports/titles-around.js'),
      ]);
      if (table !== undefined) downloadTable(table, titlesAround(place));
    },
  };
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
