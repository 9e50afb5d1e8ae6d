import type { ColumnMapping, QuarantinedLine, ReadSummary, Report } from 'driftline';
import { formatCount } from '../format/number-format.js';
import { formatTimeAndZone } from '../format/time-format.js';
import { dataTable } from '../widgets/data-table.js';
import { type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';

/** Lines that could not be read: how many and why, and where the first of them are. Undefined where there are none. */
export function quarantinePanel(read: ReadSummary | undefined, { trans }: PanelContext): HTMLElement | undefined {
  if (read === undefined || read.quarantined === 0) return undefined;
  return folded(
    trans._n('Quarantine: 1 line could not be read', 'Quarantine: %1 lines could not be read', read.quarantined),
    false,
    dataTable({
      caption: trans.__('Reasons'),
      trans,
      rows: read.reasons,
      columns: [
        { title: trans.__('Reason'), rowHeader: true, cell: ({ reason }) => reason },
        { title: trans.__('Lines'), kind: 'number', cell: ({ count }) => formatCount(count) },
      ],
    }),
    dataTable<QuarantinedLine>({
      caption: trans._n('The first of them', 'The first %1 of them', read.examples.length),
      showCaption: true,
      trans,
      rows: read.examples,
      columns: [
        {
          title: trans.__('File'),
          rowHeader: true,
          kind: 'code',
          cell: ({ file }) => element('span', { title: file }, fileEnd(file)),
        },
        { title: trans.__('Line'), kind: 'number', cell: ({ line }) => formatCount(line) },
        { title: trans.__('Reason'), cell: ({ reason }) => reason },
        { title: trans.__('Begins with'), kind: 'code', cell: ({ excerpt }) => excerpt },
      ],
    }),
  );
}

/** How the columns got their names; open at once where that looks wrong. */
export function mappingPanel(mapping: ColumnMapping | undefined, { trans }: PanelContext): HTMLElement | undefined {
  if (mapping === undefined) return undefined;
  const sources: Readonly<Record<ColumnMapping['source'], string>> = {
    configuration: trans.__('from the configuration'),
    'baseline-position': trans.__('from the baseline, by position'),
    'json-keys': trans.__('from the keys of the JSON'),
    header: trans.__('from the header line'),
    position: trans.__('by position alone'),
  };
  return folded(
    trans.__('Columns: %1 names %2', mapping.columns.length, sources[mapping.source] ?? mapping.source),
    mapping.warning !== undefined,
    mapping.warning !== undefined && element('p', {}, statusMark('drifting', mapping.warning)),
    dataTable({
      caption: trans.__('Columns in the order of the capture'),
      trans,
      rows: mapping.columns,
      columns: [
        { title: trans.__('Column'), rowHeader: true, cell: ({ name }) => name },
        { title: trans.__('Part'), cell: ({ part }) => part },
        { title: trans.__('Position'), kind: 'number', cell: ({ index }) => String(index + 1) },
        { title: trans.__('First value'), kind: 'code', cell: ({ example }) => example ?? '' },
      ],
    }),
  );
}

/** What the reader must know besides, and who made the report when. */
export function notesPanel(
  { notes, producedBy, createdAt, baseline, current }: Report,
  { trans }: PanelContext,
): HTMLElement {
  return element(
    'footer',
    { class: 'driftline-notes' },
    notes.length > 0 && element('ul', {}, ...notes.map((note) => element('li', {}, note))),
    element(
      'p',
      { class: 'driftline-muted' },
      trans.__('Baseline %1, current %2.', baseline.source, current.source),
      ' ',
      trans.__(
        'Made %1 by Driftline %2, %3, seed %4.',
        formatTimeAndZone(createdAt),
        producedBy.driftline,
        producedBy.engine,
        producedBy.seed,
      ),
    ),
  );
}

function folded(title: string, open: boolean, ...children: readonly Child[]): HTMLElement {
  return element(
    'details',
    { class: 'driftline-folded', open },
    element('summary', {}, element('h3', {}, title)),
    ...children,
  );
}

/** The last three parts of a path: the hour folder tells files of one name apart. */
function fileEnd(file: string): string {
  const parts = file.split('/');
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : file;
}
