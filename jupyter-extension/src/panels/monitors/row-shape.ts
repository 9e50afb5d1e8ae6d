import { TREND_STEP } from '../../widgets/trend-marks.js';
import type { ListRow } from './monitor-list.js';

/** How much of a row there is room for. */
export interface RowShape {
  /** Lines of the sentence. */
  readonly lines: number;
  /** The times stand below the trend and not beside it. */
  readonly stacked: boolean;
  /** Times are days only. */
  readonly compact: boolean;
}

/** Average widths of letters, in parts of the font size. */
const LETTER = 0.52;
/** Both times, and the buttons beside them, in pixels. */
const TIMES = 260;
const BUTTONS = 80;

/** @param width - of the list, in pixels. */
export function rowShape(row: ListRow, width: number, fontSize: number = 13): RowShape {
  const room = width - 8 * row.level - 30;
  if (row.kind !== 'monitor' || row.entry.name === undefined) return { lines: 0, stacked: false, compact: false };
  const { state, status } = row.entry;
  const needed = Math.ceil(((state.sentence?.length ?? 0) * LETTER * fontSize) / Math.max(100, room));
  const trend = (status?.trend.outcomes.length ?? 0) * TREND_STEP;
  return { lines: Math.min(2, needed), stacked: room < trend + TIMES + BUTTONS, compact: room < TIMES };
}

/** The height of a row in pixels; `style/monitors.css` has the same lengths. */
export function rowHeight(row: ListRow, width: number, fontSize: number): number {
  const line = Math.round(fontSize * 1.45);
  if (row.kind === 'project') return line + 12;
  if (row.kind === 'endpoint') return line + 24 + 12;
  const { lines, stacked } = rowShape(row, width, fontSize);
  const { name, status, next } = row.entry;
  if (name === undefined) return line + 26 + 10;
  const timesLine = stacked && (status !== undefined || next !== undefined) ? line : 0;
  return line + lines * line + 24 + timesLine + 12;
}
