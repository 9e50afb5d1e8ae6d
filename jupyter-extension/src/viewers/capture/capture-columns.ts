import type { TranslationBundle } from '@jupyterlab/translation';
import type { RecordPart } from 'driftline';
import { toNumber } from 'driftline/browser';
import type { CaptureTable, CaptureTableColumn, CaptureTableRow } from 'driftline/browser-files';
import { shorten } from '../../format/shorten.js';
import { formatInstant, isLocal } from '../../format/time-format.js';
import { type Child, element } from '../../widgets/element.js';
import type { PagedColumn } from '../../widgets/paged-table.js';

/** Characters of an id. */
const longestId = 13;
/** Rows by which a column of numbers is told. */
const sampledRows = 500;

/** The columns of a captured file: line, time and ids, then what was captured, then how. */
export function captureColumns(table: CaptureTable, trans: TranslationBundle): PagedColumn<CaptureTableRow>[] {
  const { rows, columns } = table;
  const has = (of: (row: CaptureTableRow) => unknown): boolean => rows.some((row) => of(row) !== undefined);
  const several = rows.some(({ rows: count }) => count > 1);
  const attributed = rows.some(({ customAttributes }) => Object.keys(customAttributes).length > 0);
  return [
    { title: trans.__('Line'), kind: 'number', rowHeader: true, text: ({ line }) => String(line) },
    ...(several
      ? [
          {
            title: trans.__('Row'),
            text: ({ row, rows: count }: CaptureTableRow) => trans.__('%1 of %2', row + 1, count),
          },
        ]
      : []),
    ...(has(({ inferenceTime }) => inferenceTime)
      ? [
          {
            title: isLocal() ? trans.__('Time (local)') : trans.__('Time (UTC)'),
            text: ({ inferenceTime }: CaptureTableRow) => inferenceTime,
            cell: ({ inferenceTime }: CaptureTableRow) =>
              inferenceTime === undefined ? '' : formatInstant(inferenceTime),
          },
        ]
      : []),
    ...(has(({ eventId }) => eventId) ? [idColumn(trans.__('Event'), ({ eventId }) => eventId)] : []),
    ...(has(({ inferenceId }) => inferenceId)
      ? [idColumn(trans.__('Inference'), ({ inferenceId }) => inferenceId)]
      : []),
    ...columns.map((column, index) => dataColumn(column, index, table, trans)),
    { title: trans.__('Encoding'), text: ({ encodings }) => encodingWords(encodings, trans) },
    ...(attributed
      ? [
          {
            title: trans.__('Custom attributes'),
            text: ({ customAttributes }: CaptureTableRow) =>
              Object.entries(customAttributes)
                .map(([key, value]) => `${key}=${value}`)
                .join(', '),
          },
        ]
      : []),
  ];
}

/** An id with its middle cut out; whole in its tooltip, in searches and in exports. */
function idColumn(title: string, text: (row: CaptureTableRow) => string | undefined): PagedColumn<CaptureTableRow> {
  const cell = (row: CaptureTableRow): Child => {
    const id = text(row);
    return id === undefined ? '' : element('span', { title: id }, shorten(id, longestId));
  };
  return { title, kind: 'code', text, cell };
}

function dataColumn(
  { part, name, position }: CaptureTableColumn,
  index: number,
  { rows, columns }: CaptureTable,
  trans: TranslationBundle,
): PagedColumn<CaptureTableRow> {
  const words = partWords(part, trans);
  const twins = columns.filter((other) => other.name !== undefined && other.name === name);
  const alone = columns.filter((other) => other.part === part).length === 1;
  const byPlace = alone ? words : `${words} ${position + 1}`;
  const title = name === undefined ? byPlace : twins.length > 1 ? `${name} (${words})` : name;
  const sample = rows.slice(0, sampledRows).flatMap(({ cells }) => cells[index] ?? []);
  const numeric = sample.length > 0 && sample.every((text) => toNumber(text) !== undefined);
  const placed = name === undefined && alone ? {} : { group: words };
  return { title, ...placed, kind: numeric ? 'number' : 'text', text: ({ cells }) => cells[index] };
}

/** A part of a request in words. */
function partWords(part: RecordPart, trans: TranslationBundle): string {
  return { output: trans.__('output'), input: trans.__('input'), 'ground-truth': trans.__('ground truth') }[part];
}

/** `CSV`, or where the parts differ `output JSON, input CSV`. */
function encodingWords(encodings: CaptureTableRow['encodings'], trans: TranslationBundle): string {
  const named = Object.entries(encodings).map(
    ([part, encoding]) => [part as RecordPart, encoding === '' ? trans.__('not said') : encoding] as const,
  );
  const [first] = named;
  if (first !== undefined && named.every(([, encoding]) => encoding === first[1])) return first[1];
  return named.map(([part, encoding]) => `${partWords(part, trans)} ${encoding}`).join(', ');
}
