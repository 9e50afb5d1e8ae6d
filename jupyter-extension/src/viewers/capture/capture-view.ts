import type { CaptureTable, CaptureTableRow, UnreadableLine } from 'driftline/browser-files';
import { formatCount, formatFraction } from '../../format/number-format.js';
import { formatTimeAndZone } from '../../format/time-format.js';
import type { ServerFiles } from '../../project/server-files.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { pagedTable } from '../../widgets/paged-table.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { viewerHead } from '../viewer-head.js';
import { captureColumns } from './capture-columns.js';
import { type CaptureNames, findCaptureNames } from './capture-names.js';
import { type ReadCapture, readCapture } from './read-capture.js';
import { textLines } from './text-lines.js';

/** A file of captured lines. */
export interface CaptureFile {
  readonly text: string;
  /** From the server's root. */
  readonly path: string;
  readonly files: ServerFiles;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
  /** What is shown where no line is a captured one; `reason` is why the first was none. */
  readonly unknown: (reason: string) => HTMLElement;
}

/** Lines that are looked at for names. */
const firstLines = 50;

/** Captured requests, merged records or ground truth as a table; says how far it is while it decodes them. */
export function captureView(file: CaptureFile, context: PanelContext): HTMLElement {
  const { trans } = context;
  const progress = element('progress', { max: '1', value: '0', 'aria-label': trans.__('Reading the lines') });
  const place = element(
    'article',
    { class: 'driftline-report driftline-wide', 'aria-busy': 'true' },
    element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Reading the lines …'), ' ', progress),
  );
  const show = async (): Promise<void> => {
    const { text, path, files, signal } = file;
    const names = await findCaptureNames(path, head(text), files);
    const onProgress = (done: number): void => {
      progress.value = done;
    };
    const read = await readCapture(text, { names: names.names, onProgress, ...(signal && { signal }) });
    if (read === undefined) return;
    place.removeAttribute('aria-busy');
    place.replaceChildren(...(read.table.records > 0 ? parts(read, names, context) : [file.unknown(reason(read))]));
  };
  show().catch((error: unknown) => {
    place.removeAttribute('aria-busy');
    place.replaceChildren(file.unknown(error instanceof Error ? error.message : String(error)));
  });
  return place;
}

function head(text: string): string[] {
  const lines: string[] = [];
  for (const line of textLines(text)) {
    if (lines.length >= firstLines) break;
    if (line.text.trim() !== '') lines.push(line.text);
  }
  return lines;
}

function reason({ table }: ReadCapture): string {
  return table.unreadableLines[0]?.reason ?? '';
}

function parts({ table, unreadFraction }: ReadCapture, names: CaptureNames, context: PanelContext): Node[] {
  const { trans } = context;
  const { rows, records, unreadable, columnsLeftOut } = table;
  const times = rows.flatMap(({ inferenceTime }) => inferenceTime ?? []).sort();
  const title = titleOf(table, context);
  const unread = unreadFraction > 0 && trans.__('without the last %1 of the file', formatFraction(unreadFraction));
  const notes = [
    unread && trans.__('Only the first %1 rows are shown, %2.', formatCount(rows.length), unread),
    columnsLeftOut > 0 &&
      trans.__('Only the first %1 columns are shown; %2 are left out.', table.columns.length, columnsLeftOut),
    names.warning,
  ].filter((note) => typeof note === 'string');
  const shown = [
    viewerHead(
      title,
      [
        [trans.__('Records'), formatCount(records)],
        [trans.__('Rows'), rows.length === records ? undefined : formatCount(rows.length)],
        [trans.__('First'), times[0] && formatTimeAndZone(times[0])],
        [trans.__('Last'), times[0] && formatTimeAndZone(times.at(-1) ?? '')],
        [trans.__('Column names'), namesWords(table, names, context)],
      ],
      unreadable > 0 &&
        statusMark('drifting', trans._n('1 line cannot be read', '%1 lines cannot be read', unreadable)),
    ),
    notes.length > 0 && element('div', {}, ...notes.map((note) => element('p', { class: 'driftline-note' }, note))),
    pagedTable<CaptureTableRow>({ caption: title, columns: captureColumns(table, trans), rows, trans }),
    unreadable > 0 && unreadablePart(table, context),
  ];
  return shown.filter((node) => node instanceof HTMLElement);
}

function titleOf({ columns, rows }: CaptureTable, { trans }: PanelContext): string {
  const labelled = columns.some(({ part }) => part === 'ground-truth');
  if (labelled)
    return columns.every(({ part }) => part === 'ground-truth')
      ? trans.__('Ground truth')
      : trans.__('Capture with ground truth');
  return rows.every(({ eventId }) => eventId === undefined) ? trans.__('Batch transform output') : trans.__('Capture');
}

function namesWords({ columns }: CaptureTable, { from }: CaptureNames, { trans }: PanelContext): string | undefined {
  if (columns.every(({ part }) => part === 'ground-truth')) return undefined;
  if (from !== undefined) {
    return from.source === 'baseline'
      ? trans.__('by position, from the baseline of %1 in %2', from.endpoint, from.project)
      : trans.__('from %1 in %2', from.endpoint, from.project);
  }
  return columns.some(({ name }) => name === undefined)
    ? trans.__('by position: no driftline.yaml above says more')
    : trans.__('keys of the JSON');
}

function unreadablePart({ unreadable, unreadableLines }: CaptureTable, { trans }: PanelContext): HTMLElement {
  const shown = unreadableLines.length;
  return element(
    'details',
    { class: 'driftline-folded' },
    element('summary', {}, element('h3', {}, trans.__('Lines that cannot be read'))),
    shown < unreadable &&
      element('p', { class: 'driftline-note' }, trans.__('The first %1 of %2.', shown, formatCount(unreadable))),
    dataTable<UnreadableLine>({
      caption: trans.__('Lines that cannot be read'),
      trans,
      rows: unreadableLines,
      columns: [
        {
          title: trans.__('Line'),
          kind: 'number',
          rowHeader: true,
          cell: ({ line }) => String(line),
          sortBy: ({ line }) => line,
        },
        { title: trans.__('Why'), cell: ({ reason: why }) => why, sortBy: ({ reason: why }) => why },
        { title: trans.__('Beginning'), kind: 'code', cell: ({ excerpt }) => excerpt },
      ],
    }),
  );
}
