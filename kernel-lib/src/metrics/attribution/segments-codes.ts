import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import { numberOf } from '../../monitor/label.js';
import { planSegments, rangeCode, type SegmentColumn, type SegmentPlan, segmentCode } from '../segments/binning.js';

/** A plan and, by its features, the code of each row's cell. */
export interface SegmentCodes {
  readonly plan: SegmentPlan;
  readonly codes: readonly Uint8Array[];
}

/** The cells as numbers, NaN where there is none; undefined where a cell that is present is no number. */
export function numbersOf(column: CellColumn, rows: number): Float64Array | undefined {
  if (column.kind === 'number') {
    return Float64Array.from({ length: rows }, (_, row) =>
      column.valid[row] === 1 && Number.isFinite(column.values[row]!) ? column.values[row]! : Number.NaN,
    );
  }
  const numbers = new Float64Array(rows).fill(Number.NaN);
  let any = false;
  for (let row = 0; row < rows; row++) {
    const text = column.values[row];
    if (text === null || text === undefined || text === '') continue;
    const number = numberOf(text);
    if (number === undefined) return undefined;
    numbers[row] = number;
    any = true;
  }
  return any ? numbers : undefined;
}

/** Groups of the sample's rows by a plan; without one, by one of the sample's own. Features that it lacks are left out. */
export function segmentCodesOf(sample: ExplainedSample, given?: SegmentPlan): SegmentCodes {
  const { columns, rows } = sample;
  const plan = given === undefined ? planSegments(sample.features.map((_, place) => columnOf(sample, place))) : given;
  const features = plan.features.filter(({ name }) => sample.features.includes(name));
  const known: SegmentPlan = { features, paired: [...features.keys()] };
  const codes = features.map((feature, place) => {
    const column = columns[sample.features.indexOf(feature.name)]!;
    const numbers = feature.kind === 'numeric' ? numbersOf(column, rows) : undefined;
    return Uint8Array.from({ length: rows }, (_, row) =>
      numbers !== undefined && feature.kind === 'numeric'
        ? rangeCode(feature.edges, numbers[row]!)
        : segmentCode(known, place, textOf(column, row)),
    );
  });
  return { plan: known, codes };
}

function columnOf({ features, columns, rows }: ExplainedSample, place: number): SegmentColumn {
  const column = columns[place]!;
  const name = features[place]!;
  const values = numbersOf(column, rows);
  if (values !== undefined) return { name, kind: 'numeric', values };
  return { name, kind: 'categorical', values: Array.from({ length: rows }, (_, row) => textOf(column, row)) };
}
