import { MonitorError } from '../errors.js';
import type { RecordHook } from '../hooks/record-hook.js';
import { hookedRows } from './hooked-rows.js';
import { partRows, type RowsOfPart } from './part-rows.js';
import type { LineResult, ReadPlan, RecordPart, RecordRows } from './read-plan.js';
import { type CaptureRecord, parseRecord } from './record.js';

/**
 * Makes the reader of capture lines: `parseRecord` and then {@link createRecordReader}. It keeps the columns' names
 * between lines, so make one and use it for many.
 *
 * @throws MonitorError `USAGE` where the plan's window is not made of times.
 */
export function createLineReader(plan: ReadPlan, hook?: RecordHook): (line: string) => LineResult {
  const read = createRecordReader(plan, hook);
  return (line) => {
    const record = parseRecord(line);
    return 'reason' in record ? { kind: 'quarantined', reason: record.reason } : read(record);
  };
}

/**
 * Makes what turns records into rows: drops those outside the plan's window (half-open, by `inferenceTime`; a record
 * without one is inside), decodes the plan's parts, joins them row by row, names the cells, and applies the hook.
 *
 * Cells without names take the plan's, by position in their part; without these `_c0`, `_c1`, ... by position in the
 * row. Where input and output have a key in common, the later column is called `input.KEY` (or `output.`,
 * `ground-truth.`). Objects of one record that differ in their keys share all of them, missing where absent.
 *
 * A record is quarantined when a part of the plan is absent or cannot be decoded, when its parts have different numbers
 * of rows (one answer to many rows included), and when a number of cells is not that of the plan's names.
 */
export function createRecordReader(plan: ReadPlan, hook?: RecordHook): (record: CaptureRecord) => LineResult {
  const inside = windowFilter(plan.window);
  const shapes: Shapes = new Map();
  const hookShapes = new Map<string, readonly string[]>();
  return (record) => {
    const time = record.inferenceTime;
    if (inside !== undefined && time !== undefined) {
      const timeMs = Date.parse(time);
      if (Number.isNaN(timeMs)) return { kind: 'quarantined', reason: 'inferenceTime is not a time' };
      if (!inside(timeMs)) return { kind: 'outside-window' };
    }
    const result = hook === undefined ? joinParts(record, plan, shapes) : hookedRows(record, plan, hook, hookShapes);
    if (result === undefined) return { kind: 'dropped' };
    if ('reason' in result) return { kind: 'quarantined', reason: result.reason };
    return { kind: 'rows', rows: result };
  };
}

function joinParts(record: CaptureRecord, plan: ReadPlan, shapes: Shapes): RecordRows | { readonly reason: string } {
  const parts = partRows(record, plan.parts);
  if ('reason' in parts) return parts;
  const key = parts.map(({ rows }) => (rows.names === undefined ? rows.width : JSON.stringify(rows.names))).join('\n');
  let names = shapes.get(key);
  if (names === undefined) {
    names = joinNames(parts, plan);
    if (shapes.size >= MOST_SHAPES) shapes.clear();
    shapes.set(key, names);
  }
  if ('reason' in names) return names;
  const [first, ...others] = parts;
  const rows = first!.rows.cells.map((row, index) =>
    others.length === 0 ? row : row.concat(...others.map((other) => other.rows.cells[index]!)),
  );
  return { names, rows };
}

/** Requests whose keys are data have a shape each; they must not fill the memory. */
const MOST_SHAPES = 1024;

/** The columns' names, or why there are none, by the shapes of a record's parts. */
type Shapes = Map<string, readonly string[] | { readonly reason: string }>;

function joinNames(parts: readonly RowsOfPart[], plan: ReadPlan): readonly string[] | { readonly reason: string } {
  const names: string[] = [];
  const taken = new Set<string>();
  for (const { part, rows } of parts) {
    const own = rows.names ?? plan.names[part];
    if (own !== undefined && own.length !== rows.width) return { reason: countReason(part, rows.width, own.length) };
    for (let index = 0; index < rows.width; index++) {
      const name = own?.[index] ?? `_c${names.length}`;
      const free = taken.has(name) ? `${part}.${name}` : name;
      taken.add(free);
      names.push(free);
    }
  }
  return names;
}

function countReason(part: RecordPart, found: number, expected: number): string {
  return `${part.replace('-', ' ')} has ${found} column${found === 1 ? '' : 's'}, expected ${expected}`;
}

function windowFilter(window: ReadPlan['window']): ((timeMs: number) => boolean) | undefined {
  if (window === undefined) return undefined;
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  if (Number.isNaN(start) || Number.isNaN(end)) {
    throw new MonitorError('USAGE', `The window ${window.start} to ${window.end} is not made of times.`, {
      fix: 'write ISO times, such as 2026-03-05T00:00:00Z',
    });
  }
  return (timeMs) => timeMs >= start && timeMs < end;
}
