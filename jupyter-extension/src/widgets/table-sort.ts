import { button, type Child, element } from './element.js';

export type Direction = 'ascending' | 'descending';

/** What rows are sorted by: a column's place and the direction. */
export interface Sorting {
  readonly column: number;
  readonly direction: Direction;
}

/** What a press on a column's header does: ascending, then descending, then the given order again. */
export function nextSorting(now: Sorting | undefined, column: number): Sorting | undefined {
  if (now?.column !== column) return { column, direction: 'ascending' };
  return now.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/** The `aria-sort` of a column's header. */
export function ariaSort(now: Sorting | undefined, column: number): Direction | 'none' {
  return now?.column === column ? now.direction : 'none';
}

/** Rows in the order of a key; texts with digits as people read them, rows without a key last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  key: (row: Row) => number | string | undefined,
  direction: Direction,
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
      return sign * collator.compare(String(a.key), String(b.key));
    })
    .map(({ row }) => row);
}

const collator = new Intl.Collator('en', { numeric: true });

/** The button in a header that sorts. */
export function sortButton(title: string, tooltip: string, action: () => void): HTMLElement {
  const mark: Child = element('span', { class: 'driftline-sort-mark', 'aria-hidden': 'true' });
  return button({ class: 'driftline-sort', title: tooltip }, action, title, mark);
}
