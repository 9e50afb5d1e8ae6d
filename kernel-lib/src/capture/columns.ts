import type { RecordHook } from '../hooks/record-hook.js';
import type { ColumnType } from './cell-type.js';
import { mappingWarning, type NamedColumn } from './mapping-warning.js';
import { type PartRows, partRows } from './part-rows.js';
import { namesByPosition } from './position-names.js';
import type { ReadPlan, RecordPart, RecordRows } from './read-plan.js';
import { type CaptureRecord, parseRecord } from './record.js';
import { createRecordReader } from './record-rows.js';
import type { ColumnMapping } from './summary.js';

export interface ResolveColumnsOptions {
  /** The baseline's columns, in order, with their types. */
  readonly baseline?: ReadonlyMap<string, ColumnType>;
  /** Names for cells that come without one, by position in their part. */
  readonly configured?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** The parts that make columns, in order; default: output, then input, those that the sample has. */
  readonly parts?: readonly RecordPart[];
  /** The pre-processing hook, which names the columns itself. */
  readonly hook?: RecordHook;
}

/** How capture lines become rows, and how the columns got their names. */
export interface ResolvedColumns {
  readonly plan: ReadPlan;
  readonly mapping: ColumnMapping;
}

/** What the sample says about one part: its most frequent shape. */
export interface PartSample extends PartRows {
  readonly part: RecordPart;
}

/**
 * Decides from a few lines how all are read. JSON keys name their cells; for cells without names (CSV, lists) the
 * configuration does, else the baseline by position, output first as in the service (`namesByPosition`), else `_c0`,
 * `_c1`, ... `mapping.warning` says where names look misplaced; the service would not notice.
 *
 * @param lines - Whole capture lines; some may be unreadable.
 */
export function resolveColumns(lines: readonly string[], options: ResolveColumnsOptions = {}): ResolvedColumns {
  const records = lines.map(parseRecord).filter((record) => !('reason' in record)) as CaptureRecord[];
  const wanted = options.parts ?? (['output', 'input'] as const);
  const samples = wanted.map((part) => sampleOf(records, part)).filter((sample) => sample !== undefined);
  const positioned = namesByPosition(samples, options);
  const plan: ReadPlan = {
    parts: samples.length === 0 ? wanted : positioned.parts,
    names: samples.length === 0 ? { ...options.configured } : positioned.names,
  };
  if (options.hook !== undefined) return { plan, mapping: hookMapping(records, plan, options.hook) };

  const used = samples.filter(({ part }) => plan.parts.includes(part));
  const columns = columnsOf(records, plan, used);
  const warning = positioned.warning ?? mappingWarning(columns, positioned.source, options.baseline);
  return {
    plan,
    mapping: {
      source: positioned.source,
      columns: columns.map(({ cells, ...column }) => ({ ...column, ...exampleOf(cells) })),
      ...(warning !== undefined && { warning }),
    },
  };
}

function sampleOf(records: readonly CaptureRecord[], part: RecordPart): PartSample | undefined {
  const shapes = new Map<string, { rows: PartRows; cells: PartRows['cells'][number][] }>();
  for (const record of records) {
    const parts = partRows(record, [part]);
    if ('reason' in parts) continue;
    const { rows } = parts[0]!;
    const key = JSON.stringify(rows.names ?? rows.width);
    const shape = shapes.get(key) ?? { rows, cells: [] };
    shape.cells.push(...rows.cells);
    shapes.set(key, shape);
  }
  const [best] = [...shapes.values()].sort((a, b) => b.cells.length - a.cells.length);
  return best && { part, names: best.rows.names, width: best.rows.width, cells: best.cells };
}

function columnsOf(records: readonly CaptureRecord[], plan: ReadPlan, samples: readonly PartSample[]): NamedColumn[] {
  const names = readSample(records, plan)?.names;
  const columns = samples.flatMap(({ part, width, cells, names: own }) =>
    Array.from({ length: width }, (_, index) => ({
      part,
      index,
      name: (own ?? plan.names[part])?.[index] ?? '',
      cells: cells.map((row) => row[index] ?? null),
    })),
  );
  return columns.map((column, at) => {
    const name = names?.length === columns.length ? names[at]! : column.name;
    return { ...column, name: name === '' ? `_c${at}` : name };
  });
}

function hookMapping(records: readonly CaptureRecord[], plan: ReadPlan, hook: RecordHook): ColumnMapping {
  const sample = readSample(records, plan, hook);
  const columns = (sample?.names ?? []).map((name, index) => ({
    part: 'hook' as const,
    index,
    name,
    ...exampleOf(sample!.rows.map((row) => row[index] ?? null)),
  }));
  return { source: 'json-keys', columns };
}

function readSample(records: readonly CaptureRecord[], plan: ReadPlan, hook?: RecordHook): RecordRows | undefined {
  const read = createRecordReader(plan, hook);
  for (const record of records) {
    const result = read(record);
    if (result.kind === 'rows') return result.rows;
  }
  return undefined;
}

function exampleOf(cells: readonly (string | null)[]): { readonly example?: string } {
  const example = cells.find((cell) => cell !== null);
  return example === undefined || example === null ? {} : { example: example.slice(0, 80) };
}
