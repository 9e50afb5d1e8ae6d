import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import { numberOf } from '../../monitor/label.js';
import { planSegments, rangeCode, type SegmentColumn, type SegmentPlan, segmentCode } from '../segments/binning.js';

/** A plan and, by its features, the code of each row's cell. */
export interface SegmentCodes {
  readonly plan: SegmentPlan;
  readonly codes: readonly Uint8Array[];
}

/**
 * Groups of the sample's rows by a plan; without one, by one of the sample's own.
 *
 * @param places - of the features that may make groups.
 * @param given - its features beyond these are left out.
 */
export function segmentCodesOf(sample: ExplainedSample, places: readonly number[], given?: SegmentPlan): SegmentCodes {
  const columns = places.map((place) => segmentColumn(sample, place));
  const { features } = given ?? planSegments(columns);
  const known = features.filter(({ name }) => columns.some((column) => column.name === name));
  const plan: SegmentPlan = { features: known, paired: [...known.keys()] };
  return {
    plan,
    codes: known.map(({ name }, place) => codesOf(plan, place, columns.find((column) => column.name === name)!)),
  };
}

function codesOf(plan: SegmentPlan, place: number, column: SegmentColumn): Uint8Array {
  const feature = plan.features[place]!;
  const codes = new Uint8Array(column.values.length);
  if (column.kind === 'numeric' && feature.kind === 'numeric') {
    for (let row = 0; row < codes.length; row++) codes[row] = rangeCode(feature.edges, column.values[row]!);
    return codes;
  }
  for (let row = 0; row < codes.length; row++) {
    const cell = column.values[row]!;
    codes[row] = segmentCode(plan, place, cell === null || Number.isNaN(cell) ? null : String(cell));
  }
  return codes;
}

/** A feature's cells: numbers where all that are present are finite numbers, else texts. */
function segmentColumn({ features, columns, rows }: ExplainedSample, place: number): SegmentColumn {
  const column = columns[place]!;
  const name = features[place]!;
  const numbers = numbersOf(column, rows);
  if (numbers !== undefined) return { name, kind: 'numeric', values: numbers };
  const values: (string | null)[] = [];
  for (let row = 0; row < rows; row++) values.push(textOf(column, row));
  return { name, kind: 'categorical', values };
}

/** NaN where a cell is missing; undefined where one that is present is no number, or all are missing. */
function numbersOf(column: CellColumn, rows: number): Float64Array | undefined {
  const numbers = new Float64Array(rows).fill(Number.NaN);
  let any = false;
  for (let row = 0; row < rows; row++) {
    const number = column.kind === 'number' ? numberIn(column, row) : parsed(column.values[row]);
    if (number === undefined) return undefined;
    numbers[row] = number;
    any ||= !Number.isNaN(number);
  }
  return any || column.kind === 'number' ? numbers : undefined;
}

function numberIn({ values, valid }: CellColumn & { readonly kind: 'number' }, row: number): number {
  return valid[row] === 1 && Number.isFinite(values[row]!) ? values[row]! : Number.NaN;
}

function parsed(text: string | null | undefined): number | undefined {
  return text === null || text === undefined || text === '' ? Number.NaN : numberOf(text);
}
