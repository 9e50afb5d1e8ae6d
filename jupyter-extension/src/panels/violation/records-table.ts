import type { TranslationBundle } from '@jupyterlab/translation';
import type { RecordsColumn, RecordsResult, RecordsSort } from 'driftline';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { formatTime, isLocal } from '../../format/time-format.js';
import { dataTable, type TableColumn } from '../../widgets/data-table.js';
import { type Child, element } from '../../widgets/element.js';

type Row = RecordsResult['rows'][number];

/** Characters of a value in a cell; the cell's title and CSV files have more. */
const LONGEST_VALUE = 80;

export interface RecordsTableOptions {
  readonly caption: string;
  /** Columns that the violation is about: they stand first, and out. */
  readonly features: readonly string[];
  readonly sort: RecordsSort | undefined;
  readonly onSort: (sort: RecordsSort | undefined) => void;
  readonly trans: TranslationBundle;
}

/**
 * The records of a page. The time comes first, then what the violation is about, the other data, and in the end where the
 * record stands. Values are text as the capture has it.
 */
export function recordsTable(
  { columns, rows }: RecordsResult,
  { caption, features, sort, onSort, trans }: RecordsTableOptions,
): HTMLElement {
  const places = columnOrder(columns, features);
  const sorting = sort && { column: places.indexOf(sort.column), direction: sort.direction };
  return dataTable<Row>({
    caption,
    trans,
    rows,
    empty: trans.__('No record meets the conditions.'),
    order: {
      ...(sorting && { sorting }),
      onSort: (wanted) => onSort(wanted && { column: places[wanted.column]!, direction: wanted.direction }),
    },
    columns: places.map((place) => tableColumn(columns[place]!, place, features, trans)),
  });
}

function tableColumn(
  column: RecordsColumn,
  place: number,
  features: readonly string[],
  trans: TranslationBundle,
): TableColumn<Row> {
  const marked = column.part !== 'record' && features.includes(column.name);
  return {
    title: columnTitle(column, trans),
    cell: (row) => valueCell(row[place] ?? null, column),
    value: (row) => row[place] ?? undefined,
    sortBy: () => undefined,
    kind: 'code',
    ...(marked && { marked }),
  };
}

/** A column's name; that of the record's own data in words. */
export function columnTitle({ name, part }: RecordsColumn, trans: TranslationBundle): string {
  if (part !== 'record') return name;
  const words: Readonly<Record<string, string>> = {
    time: isLocal() ? trans.__('Time (local)') : trans.__('Time (UTC)'),
    eventId: trans.__('Event id'),
    inferenceId: trans.__('Inference id'),
    file: trans.__('File'),
    line: trans.__('Line'),
  };
  return words[name] ?? name;
}

function valueCell(value: string | null, { name, part }: RecordsColumn): Child {
  if (value === null) return element('span', { class: 'driftline-muted' }, noValue);
  if (part === 'record' && name === 'time') return element('span', { title: value }, formatTime(value));
  if (part === 'record' && name === 'file') return element('span', { title: value }, fileEnd(value));
  return value.length > LONGEST_VALUE ? element('span', { title: value }, shorten(value, LONGEST_VALUE)) : value;
}

/** The last parts of a path: the hour's folder tells files of one name apart. */
function fileEnd(file: string): string {
  const parts = file.split('/');
  return parts.length > 2 ? `…/${parts.slice(-2).join('/')}` : file;
}

const parts: readonly (RecordsColumn['part'] | undefined)[] = [
  'input',
  'output',
  'ground-truth',
  'file',
  'hook',
  undefined,
];

/** Places of the columns in the order in which they are shown. */
export function columnOrder(columns: readonly RecordsColumn[], features: readonly string[]): number[] {
  const rank = ({ name, part }: RecordsColumn): number => {
    if (part === 'record') return name === 'time' ? 0 : 100;
    return features.includes(name) ? 1 : 2 + parts.indexOf(part);
  };
  return columns.map((_, place) => place).sort((a, b) => rank(columns[a]!) - rank(columns[b]!) || a - b);
}
