import Table from 'cli-table3';
import { withoutControls } from './html-template.js';

export interface PlainColumn {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** In characters, padding not included; default: the widest cell. Longer cells are wrapped. */
  readonly width?: number;
}

/** A cell, or one that reaches over several columns. */
export type PlainCell = string | { readonly content: string; readonly colSpan: number; readonly hAlign: 'left' };

/** A table without frames, for terminals, pipes and logs alike: columns parted by two spaces, no trailing spaces. */
export function plainTable(
  columns: readonly PlainColumn[],
  rows: readonly (readonly PlainCell[])[],
  paintHead: (text: string) => string = (text) => text,
): string {
  const table = new Table({
    head: columns.map(({ head }) => paintHead(head)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map(({ width }) => (width === undefined ? null : width + 2)),
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: plainFrame,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** One line of at most `length` characters that a terminal shows as it is: no escapes, no line breaks, no turning. */
export function terminalText(text: string, length: number = Number.POSITIVE_INFINITY): string {
  // The slice bounds the work on long cells; two units make at most one character.
  const line = withoutControls(text.slice(0, 2 * Math.min(length, 100_000))).replace(/\s+/g, ' ');
  const characters = [...line];
  const all = characters.length <= length && text.length <= 2 * length;
  return all ? line : `${characters.slice(0, length - 1).join('')}…`;
}

const plainFrame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
