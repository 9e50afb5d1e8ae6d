import type { TranslationBundle } from '@jupyterlab/translation';
import { noValue } from '../format/number-format.js';
import type { TableColumn } from '../widgets/data-table.js';

/** A number of both sides; undefined where a side has none. May be infinite. */
export interface NumberPair {
  readonly baseline: number | undefined;
  readonly current: number | undefined;
}

/** The change from the baseline; undefined where a side has no finite number. */
export function changeOf({ baseline, current }: NumberPair): number | undefined {
  if (baseline === undefined || current === undefined) return undefined;
  const change = current - baseline;
  return Number.isFinite(change) ? change : undefined;
}

/** A change with its sign: `+0.063`, `−0.012`; `0` without. */
export function signed(change: number | undefined, format: (value: number) => string): string {
  if (change === undefined) return noValue;
  const text = format(Math.abs(change));
  if (change === 0 || !/[1-9]/.test(text)) return format(0);
  return `${change > 0 ? '+' : '−'}${text}`;
}

/** Columns for the baseline's number, the current one, and the change. `format` takes numbers of any sign. */
export function numberColumns<Row>(
  of: (row: Row) => NumberPair,
  format: (value: number | undefined, row: Row) => string,
  trans: TranslationBundle,
): readonly TableColumn<Row>[] {
  const finite = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);
  return [
    {
      title: trans.__('Baseline'),
      kind: 'number',
      cell: (row) => format(of(row).baseline, row),
      sortBy: (row) => finite(of(row).baseline),
    },
    {
      title: trans.__('Current'),
      kind: 'number',
      cell: (row) => format(of(row).current, row),
      sortBy: (row) => finite(of(row).current),
    },
    {
      title: trans.__('Change'),
      kind: 'number',
      cell: (row) => signed(changeOf(of(row)), (value) => format(value, row)),
      sortBy: (row) => changeOf(of(row)),
    },
  ];
}

/** Two lists joined by a key, in the order of the first and then of the second. */
export function joinByKey<Item>(
  baseline: readonly Item[],
  current: readonly Item[],
  key: (item: Item) => string,
): { readonly baseline: Item | undefined; readonly current: Item | undefined }[] {
  const [before, now] = [baseline, current].map((items) => new Map(items.map((item) => [key(item), item])));
  const keys = [...new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])];
  return keys.map((each) => ({ baseline: before?.get(each), current: now?.get(each) }));
}
