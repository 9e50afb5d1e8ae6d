import type { TranslationBundle } from '@jupyterlab/translation';
import { filterRows, type RowFilter, toNumber } from 'driftline/browser';
import { formatCount, noValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { button, type Child, element, uniqueId } from './element.js';
import { exportButton } from './export-button.js';
import { filterBar } from './filter-bar.js';
import { reachWhenScrolling } from './reach-when-scrolling.js';
import { csvEntry, exposeTable } from './table-export.js';
import { ariaSort, nextSorting, type Sorting, sortButton, sortRows } from './table-sort.js';

export interface PagedColumn<Row> {
  readonly title: string;
  /** What the cell says: null where the value is missing, undefined where the row has no such column. Filters see this text. */
  readonly text: (row: Row) => string | null | undefined;
  /** What is shown instead of the text. */
  readonly cell?: (row: Row) => Child;
  /** Columns side by side with the same words stand under them. */
  readonly group?: string;
  readonly kind?: 'text' | 'number' | 'code';
  /** Names the row for screen readers. */
  readonly rowHeader?: boolean;
}

export interface PagedTableOptions<Row> {
  readonly caption: string;
  readonly columns: readonly PagedColumn<Row>[];
  readonly rows: readonly Row[];
  readonly trans: TranslationBundle;
  /** Rows on a page; by default 200, and fewer where there are many columns. */
  readonly pageSize?: number;
  /** What stands in place of rows when there are none. */
  readonly empty?: string;
}

/** Cells on a page, about: a browser lays so many out without a stop that is felt. */
const cellsOnPage = 8_000;
/** Characters of a cell that are shown before it is opened. */
const longestCell = 120;

/**
 * A table of many rows: a page at a time, sorted by any column, searched and filtered by any. Sorting reads digits as numbers;
 * missing values come last. Its export has all rows that the filters leave, in the order shown.
 */
export function pagedTable<Row>(options: PagedTableOptions<Row>): HTMLElement {
  const { caption, columns, rows, trans, empty = trans.__('No row meets the conditions.') } = options;
  const pageSize = options.pageSize ?? Math.max(50, Math.min(200, Math.floor(cellsOnPage / columns.length)));
  const body = element('tbody', { role: 'rowgroup' });
  const count = element('span', { class: 'driftline-muted', role: 'status' });
  let filters: readonly RowFilter[] = [];
  let sorting: Sorting | undefined;
  let first = 0;
  let shown = rows;

  const showPage = (): void => {
    const page = shown.slice(first, first + pageSize);
    body.replaceChildren(
      ...(page.length > 0
        ? page.map((row) => element('tr', { role: 'row' }, ...columns.map((column) => tableCell(column, row))))
        : [element('tr', {}, element('td', { colspan: String(columns.length), class: 'driftline-muted' }, empty))]),
    );
    count.textContent = countWords(first, page.length, shown.length, rows.length, trans);
    back.disabled = first === 0;
    forward.disabled = first + pageSize >= shown.length;
    pages.hidden = shown.length <= pageSize;
  };
  const update = (): void => {
    const column = sorting && columns[sorting.column];
    const left = filterRows(rows, filters, columns.length, (row, place) => columns[place]?.text(row));
    shown = sorting && column ? sortRows(left, (row) => sortKey(column.text(row)), sorting.direction) : left;
    first = 0;
    showPage();
  };
  const turn = (by: number) => (): void => {
    first = Math.max(0, Math.min(first + by * pageSize, shown.length - 1));
    showPage();
    scroll.scrollTop = 0;
  };
  const back = button({ class: 'driftline-page', 'aria-label': trans.__('Rows before') }, turn(-1), '‹');
  const forward = button({ class: 'driftline-page', 'aria-label': trans.__('Rows after') }, turn(1), '›');
  const pages = element('span', { class: 'driftline-pages' }, back, forward);

  const headers = columns.map(({ kind, title }, index) => {
    const sort = (): void => {
      sorting = nextSorting(sorting, index);
      headers.forEach((header, place) => {
        header.setAttribute('aria-sort', ariaSort(sorting, place));
      });
      update();
    };
    return element(
      'th',
      { scope: 'col', role: 'columnheader', class: kindClass(kind), 'aria-sort': 'none' },
      sortButton(title, trans.__('Sort by %1', title), sort),
    );
  });
  const id = uniqueId('caption');
  const scroll = element(
    'div',
    { class: 'driftline-table-scroll', role: 'group', 'aria-labelledby': id },
    element(
      'table',
      { class: 'driftline-table', role: 'table' },
      element('caption', { id, class: 'driftline-unseen' }, caption),
      element('thead', { role: 'rowgroup' }, groupRow(columns), element('tr', { role: 'row' }, ...headers)),
      body,
    ),
  );
  reachWhenScrolling(scroll);
  update();
  const frame: HTMLElement = element('div', { class: 'driftline-table-frame' }, scroll);
  exposeTable(frame, () => ({
    caption,
    header: columns.map(({ title }) => title),
    verbatim: true,
    rows: shown.map((row) => columns.map(({ text }) => text(row) ?? '')),
  }));
  const onChange = (changed: readonly RowFilter[]): void => {
    filters = changed;
    update();
  };
  return element(
    'div',
    { class: 'driftline-paged' },
    filterBar({ columns: columns.map(({ title }) => title), trans, onChange }),
    element(
      'div',
      { class: 'driftline-paged-head' },
      count,
      pages,
      exportButton(trans.__('Export "%1"', caption), () => [csvEntry(() => frame, frame, trans)], trans),
    ),
    frame,
  );
}

/** The words over columns that belong together; undefined where no column has any. */
function groupRow<Row>(columns: readonly PagedColumn<Row>[]): HTMLElement | undefined {
  if (columns.every(({ group }) => group === undefined)) return undefined;
  const groups: { words: string | undefined; span: number }[] = [];
  for (const { group: words } of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.words === words) last.span += 1;
    else groups.push({ words, span: 1 });
  }
  return element(
    'tr',
    { role: 'row', class: 'driftline-groups' },
    ...groups.map(({ words, span }) =>
      words === undefined
        ? element('td', { colspan: String(span), role: 'cell' })
        : element('th', { colspan: String(span), scope: 'colgroup', role: 'columnheader' }, words),
    ),
  );
}

function tableCell<Row>({ text, cell, kind, rowHeader }: PagedColumn<Row>, row: Row): HTMLElement {
  const content = cell === undefined ? plainCell(text(row)) : cell(row);
  return rowHeader
    ? element('th', { scope: 'row', role: 'rowheader', class: kindClass(kind) }, content)
    : element('td', { role: 'cell', class: kindClass(kind) }, content);
}

/** A long text is folded; one that is missing has a dash, one that the row does not have is blank. */
function plainCell(text: string | null | undefined): Child {
  if (text === undefined) return '';
  if (text === null) return element('span', { class: 'driftline-muted' }, noValue);
  if (text.length <= longestCell) return text;
  return element(
    'details',
    {},
    element('summary', {}, shorten(text.slice(0, 4 * longestCell), longestCell / 2)),
    element('div', { class: 'driftline-long' }, text),
  );
}

function kindClass(kind: PagedColumn<unknown>['kind']): string | undefined {
  return kind === 'number' || kind === 'code' ? `driftline-${kind}` : undefined;
}

function sortKey(text: string | null | undefined): number | string | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  return toNumber(text) ?? text;
}

function countWords(first: number, onPage: number, left: number, all: number, trans: TranslationBundle): string {
  const rows = trans._n('1 row', '%1 rows', all).replace(String(all), formatCount(all));
  if (left === 0) return trans.__('None of %1', rows);
  const found = left === all ? rows : trans.__('%1 of %2', formatCount(left), rows);
  return onPage === left
    ? found
    : trans.__('%1 to %2 of %3', formatCount(first + 1), formatCount(first + onPage), found);
}
