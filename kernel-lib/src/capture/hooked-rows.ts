import type { HookPart, HookRecord, HookRow, RecordHook } from '../hooks/record-hook.js';
import { partRows } from './part-rows.js';
import type { ReadPlan, RecordPart, RecordRows } from './read-plan.js';
import type { CapturePart, CaptureRecord } from './record.js';

const messageLength = 200;

/** Beyond it names are no longer kept: rows whose keys are data have a shape each. */
const MOST_SHAPES = 1024;

/**
 * What a hook makes of a record: rows; undefined when it leaves the record out; a reason ("hook failed: ...", the
 * message cut at 200 characters) when it throws or returns something that is not rows.
 *
 * @param shapes - the names known so far, so that equal ones are one array; added to.
 */
export function hookedRows(
  record: CaptureRecord,
  plan: ReadPlan,
  hook: RecordHook,
  shapes: Map<string, readonly string[]>,
): RecordRows | { readonly reason: string } | undefined {
  try {
    return rowsOf(hook(hookRecord(record, plan)), shapes);
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    return { reason: `hook failed: ${message.slice(0, messageLength)}` };
  }
}

function rowsOf(returned: unknown, shapes: Map<string, readonly string[]>): RecordRows | undefined {
  if (returned === null || returned === undefined) return undefined;
  if (returned instanceof Promise) {
    returned.catch(() => undefined);
    throw new TypeError('it returned a promise; hooks are synchronous');
  }
  const rows: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  if (rows.length === 0) return undefined;
  if (!rows.every(isRow)) throw new TypeError('it returned something else than a row, rows or nothing');
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shape = JSON.stringify(keys);
  const names = shapes.get(shape) ?? keys;
  if (shapes.size < MOST_SHAPES) shapes.set(shape, names);
  return { names, rows: rows.map((row) => names.map((name) => cell(row[name], name))) };
}

function isRow(value: unknown): value is HookRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cell(value: unknown, name: string): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(
    `it returned ${typeof value === 'object' ? 'an object' : `a ${typeof value}`} in "${name}"; cells are text, numbers, booleans or null`,
  );
}

function hookRecord(record: CaptureRecord, plan: ReadPlan): HookRecord {
  const transform = record.batchTransformOutput;
  return {
    eventMetadata: {
      eventId: record.eventId,
      inferenceId: record.inferenceId,
      inferenceTime: record.inferenceTime,
      customAttributes: record.customAttributes,
    },
    input: hookPart(record, 'input', record.input, plan),
    output: hookPart(record, 'output', record.output ?? transform, plan),
    groundTruth: hookPart(record, 'ground-truth', record.groundTruth, plan),
  };
}

function hookPart(record: CaptureRecord, part: RecordPart, side: CapturePart | undefined, plan: ReadPlan): HookPart {
  let decoded: HookPart['rows'] | undefined;
  return {
    data: side?.data ?? '',
    encoding: side?.encoding ?? '',
    contentType: side?.contentType,
    get rows() {
      decoded ??= decodeRows(record, part, plan);
      return decoded;
    },
  };
}

function decodeRows(record: CaptureRecord, part: RecordPart, plan: ReadPlan): HookPart['rows'] {
  const parts = partRows(record, [part]);
  if ('reason' in parts) {
    if (parts.reason.startsWith('no ')) return [];
    throw new Error(parts.reason);
  }
  const { names, cells } = parts[0]!.rows;
  const known = names ?? plan.names[part];
  return cells.map((row) => Object.fromEntries(row.map((text, index) => [known?.[index] ?? `_c${index}`, text])));
}
