import picocolors from 'picocolors';
import type { ColumnProfile, Profile } from '../profile/profile.js';
import { bucketCounts, equalWidthEdges } from '../stats/kll.js';
import { type PlainCell, type PlainColumn, plainTable, terminalText } from './plain-table.js';
import { countText, numberText, percentText, plural } from './value-text.js';

/** Options of {@link profileText}. */
export interface ProfileTextOptions {
  /** Columns of the terminal; default: 100. Below 100 the standard deviation is left out. */
  readonly width?: number;
  /** Default: false. */
  readonly colour?: boolean;
}

/**
 * A profile for a terminal, one line a column: type, share of rows with a value, distinct values ("~" for an
 * estimate), min, mean, max, population standard deviation, and the histogram of numbers or the most frequent texts.
 */
export function profileText(profile: Profile, options: ProfileTextOptions = {}): string {
  const { width = 100, colour = false } = options;
  const paint = picocolors.createColors(colour);
  const wide = width >= 100;
  const nameWidth = Math.min(
    wide ? 28 : 16,
    Math.max(6, ...profile.columns.map(({ name }) => [...terminalText(name)].length)),
  );
  const columns: PlainColumn[] = [
    { head: 'Column', width: nameWidth },
    { head: 'Type' },
    { head: 'Present', align: 'right' },
    { head: 'Distinct', align: 'right' },
    { head: 'Min', align: 'right' },
    { head: 'Mean', align: 'right' },
    { head: 'Max', align: 'right' },
    ...(wide ? [{ head: 'Std', align: 'right' as const }] : []),
  ];
  const cells = profile.columns.map((column) => [
    terminalText(column.name, nameWidth),
    column.inferredType.toLowerCase(),
    share(column),
    distinct(column),
    ...moments(column, wide),
  ]);
  const widths = columns.map(
    ({ head, width: fixed }, index) => 2 + (fixed ?? Math.max(head.length, ...cells.map((row) => row[index]!.length))),
  );
  const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);
  const used = sum(widths);
  const momentsRoom = sum(widths.slice(4));
  const rest = Math.min(60, Math.max(10, width - used));
  const momentColumns = wide ? 4 : 3;
  const rows = profile.columns.map((column, index): PlainCell[] => {
    const row = cells[index]!;
    if (numbersOf(column) !== undefined || wide) return [...row, valuesText(column, rest)];
    // On narrow terminals texts take the room of the numbers that they do not have.
    const content = valuesText(column, rest + momentsRoom);
    return [...row.slice(0, -momentColumns), { content, colSpan: momentColumns + 1, hAlign: 'left' }];
  });
  const table = plainTable(
    [...columns.map((column, index) => ({ ...column, width: widths[index]! - 2 })), { head: 'Values', width: rest }],
    rows,
    paint.dim,
  );
  return `${plural(profile.rowCount, 'row')}, ${plural(profile.columns.length, 'column')}\n\n${table}`;
}

function share({ present, missing }: ColumnProfile): string {
  return present + missing === 0 ? '-' : percentText(present / (present + missing));
}

function distinct({ distinct: counter, distinctEstimate }: ColumnProfile): string {
  return `${counter?.exact === true ? '' : '~'}${countText(distinctEstimate)}`;
}

/** The numbers of a numeric column; a text column may hold some cells that are numbers, which say nothing of it. */
function numbersOf({ numeric, inferredType }: ColumnProfile): ColumnProfile['numeric'] {
  return inferredType === 'Integral' || inferredType === 'Fractional' ? numeric : undefined;
}

function moments(column: ColumnProfile, wide: boolean): string[] {
  const numeric = numbersOf(column);
  const values = [numeric?.moments.min, numeric?.moments.mean, numeric?.moments.max];
  if (wide) values.push(numeric?.moments.populationStd());
  return values.map((value) => (value === undefined ? '' : numberText(value)));
}

function valuesText(column: ColumnProfile, width: number): string {
  const { values } = column;
  const numeric = numbersOf(column);
  if (numeric !== undefined) {
    const { min, max } = numeric.moments;
    if (min === undefined || max === undefined || min === max) return '';
    return sparkline(bucketCounts(numeric.sketch.weighted(), equalWidthEdges(min, max)));
  }
  if (values === undefined || values.size === 0) return '';
  const top = [...values].sort((a, b) => b[1] - a[1]).slice(0, 3);
  let line = '';
  for (const [text, count] of top) {
    const name = text === '' ? '""' : terminalText(text, 20);
    const more = `${line === '' ? '' : ', '}${name} ${Math.round((100 * count) / column.present)} %`;
    if (line !== '' && line.length + more.length > width) break;
    line += more;
  }
  return terminalText(line, width);
}

const levels = '▁▂▃▄▅▆▇█';

/** A histogram in one line, "▁▃█▂": heights relative to the largest count, empty buckets as a space. */
export function sparkline(counts: ArrayLike<number>): string {
  const list = Array.from(counts);
  const most = Math.max(...list);
  if (!(most > 0)) return ' '.repeat(list.length);
  return list.map((count) => (count === 0 ? ' ' : levels[Math.min(7, Math.floor((count / most) * 7.999))])).join('');
}
