/** The operators of {@link FilterOperator}. */
export const FILTER_OPERATORS: readonly FilterOperator[] = [
  'contains',
  'equals',
  'differs',
  'below',
  'above',
  'missing',
  'present',
];

/** How a filter looks at a cell. */
export type FilterOperator = 'contains' | 'equals' | 'differs' | 'below' | 'above' | 'missing' | 'present';

/** A condition on one column, or on any. */
export interface RowFilter {
  /** The column's place; left out: any column. */
  readonly column?: number | undefined;
  readonly operator: FilterOperator;
  /** Of no meaning to `missing` and `present`. */
  readonly value: string;
}

/** The text of a cell; null or undefined where it has none. */
export type CellOf<Row> = (row: Row, column: number) => string | null | undefined;

/**
 * The rows that meet every filter, in their order. Case does not count for `contains`; `below` and `above` compare numbers
 * where both sides are numbers and texts otherwise, so that ISO times compare; `equals` takes `1.0` for `1`.
 */
export function filterRows<Row>(
  rows: readonly Row[],
  filters: readonly RowFilter[],
  columns: number,
  cell: CellOf<Row>,
): readonly Row[] {
  if (filters.length === 0) return rows;
  const tests = filters.map((filter) => ({ filter, test: testOf(filter) }));
  return rows.filter((row) =>
    tests.every(({ filter, test }) => {
      if (filter.column !== undefined) return test(cell(row, filter.column));
      for (let column = 0; column < columns; column++) if (test(cell(row, column))) return true;
      return false;
    }),
  );
}

function testOf({ operator, value }: RowFilter): (text: string | null | undefined) => boolean {
  const wanted = value.toLowerCase();
  const number = toNumber(value);
  const same = (text: string): boolean => text === value || (number !== undefined && toNumber(text) === number);
  const compare = (text: string): number => {
    const other = toNumber(text);
    if (number !== undefined && other !== undefined) return other - number;
    return text < value ? -1 : text > value ? 1 : 0;
  };
  switch (operator) {
    case 'missing':
      return isMissing;
    case 'present':
      return (text) => !isMissing(text);
    case 'contains':
      return (text) => !isMissing(text) && text.toLowerCase().includes(wanted);
    case 'equals':
      return (text) => !isMissing(text) && same(text);
    case 'differs':
      return (text) => !isMissing(text) && !same(text);
    case 'below':
      return (text) => !isMissing(text) && compare(text) < 0;
    case 'above':
      return (text) => !isMissing(text) && compare(text) > 0;
  }
}

function isMissing(text: string | null | undefined): text is null | undefined | '' {
  return text === null || text === undefined || text === '';
}

/** The finite number that a whole text is. */
export function toNumber(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
