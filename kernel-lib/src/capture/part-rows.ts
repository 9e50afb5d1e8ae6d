import type { Cells } from './csv-cells.js';
import { agreeOnRows, type DecodedPart, decodePart, decodeTransform, type Undecodable } from './decode.js';
import type { DecodedRow } from './flatten.js';
import type { RecordPart } from './read-plan.js';
import type { CapturePart, CaptureRecord } from './record.js';

/** The rows of one part under one shape. */
export interface PartRows {
  /** Undefined where cells are known by position only. */
  readonly names: readonly string[] | undefined;
  readonly width: number;
  readonly cells: readonly Cells[];
}

/** A part and its rows. */
export interface RowsOfPart {
  readonly part: RecordPart;
  readonly rows: PartRows;
}

type Decoded = Partial<Record<RecordPart, DecodedPart>>;

/**
 * The wanted parts of a record, decoded, with equally many rows each. Input and output settle between them which
 * reading of the other's data is meant (`DecodedPart`), even if only one is wanted.
 *
 * @returns a reason when a part is absent or unreadable, or their numbers of rows differ.
 */
export function partRows(record: CaptureRecord, wanted: readonly RecordPart[]): readonly RowsOfPart[] | Undecodable {
  const decoded = decodeParts(record, wanted);
  if ('reason' in decoded) return decoded as Undecodable;
  const chosen = chooseReadings(decoded);
  const parts: RowsOfPart[] = [];
  for (const part of wanted) {
    const rows = chosen[part];
    if (rows === undefined) return { reason: `no ${spoken(part)} in the record` };
    const shaped = oneShape(rows);
    if ('reason' in shaped) return { reason: `${spoken(part)} ${shaped.reason}` };
    parts.push({ part, rows: shaped });
  }
  if (parts.some(({ rows }) => rows.cells.length !== parts[0]!.rows.cells.length)) {
    return { reason: `${parts.map(({ part }) => spoken(part)).join(' and ')} have different numbers of rows` };
  }
  if (parts[0]?.rows.cells.length === 0) return { reason: 'no rows in the record' };
  return parts;
}

function decodeParts(record: CaptureRecord, wanted: readonly RecordPart[]): Decoded | Undecodable {
  const decoded: Decoded = {};
  if (record.batchTransformOutput !== undefined) {
    const transform = decodeTransform(record.batchTransformOutput);
    if ('reason' in transform) return { reason: `output ${transform.reason}` };
    decoded.output = transform.output;
    if (transform.input !== undefined) decoded.input = transform.input;
  }
  for (const part of wanted) {
    const side = sideOf(record, part);
    if (side === undefined) continue;
    const own = decodePart(side);
    if ('reason' in own) return { reason: `${spoken(part)} ${own.reason}` };
    decoded[part] = own;
  }
  for (const [part, other] of [
    ['input', 'output'],
    ['output', 'input'],
  ] as const) {
    if ((decoded[part]?.readings.length ?? 0) < 2 || decoded[other] !== undefined) continue;
    const side = sideOf(record, other);
    const judge = side === undefined ? undefined : decodePart(side);
    if (judge !== undefined && !('reason' in judge)) decoded[other] = judge;
  }
  return decoded;
}

function sideOf(record: CaptureRecord, part: RecordPart): CapturePart | undefined {
  return part === 'ground-truth' ? record.groundTruth : record[part];
}

function chooseReadings({
  output,
  input,
  'ground-truth': truth,
}: Decoded): Partial<Record<RecordPart, readonly DecodedRow[]>> {
  const agreed = output !== undefined && input !== undefined ? agreeOnRows(output, input) : undefined;
  const chosen: Partial<Record<RecordPart, readonly DecodedRow[]>> = {};
  if (output !== undefined) chosen.output = agreed?.[0] ?? output.readings[output.alone]!;
  if (input !== undefined) chosen.input = agreed?.[1] ?? input.readings[input.alone]!;
  if (truth !== undefined) {
    const count = (chosen.output ?? chosen.input)?.length;
    chosen['ground-truth'] = truth.readings.find((rows) => rows.length === count) ?? truth.readings[truth.alone]!;
  }
  return chosen;
}

/** Rows with their cells in one order: objects with other keys, or keys in another order, come under the same names. */
export function oneShape(rows: readonly DecodedRow[]): PartRows | Undecodable {
  const [first] = rows;
  if (first === undefined) return { names: undefined, width: 0, cells: [] };
  const { names } = first;
  if (rows.every((row) => row.names === names || sameNames(row.names, names))) {
    const width = first.cells.length;
    if (rows.some((row) => row.cells.length !== width)) return { reason: 'rows have different numbers of columns' };
    return { names, width, cells: rows.map((row) => row.cells) };
  }
  if (rows.some((row) => row.names === undefined)) return { reason: 'rows are partly lists and partly objects' };
  const all = [...new Set(rows.flatMap((row) => row.names!))];
  const cells = rows.map((row) => {
    const byName = new Map(row.names!.map((name, index) => [name, row.cells[index]!]));
    return all.map((name) => byName.get(name) ?? null);
  });
  return { names: all, width: all.length, cells };
}

function sameNames(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

function spoken(part: RecordPart): string {
  return part.replace('-', ' ');
}
