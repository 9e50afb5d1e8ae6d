import {
  type SegmentColumn,
  type SegmentPlan,
  segmentCode,
} from '../../../../kernel-lib/src/metrics/segments/binning.js';
import { SegmentTable } from '../../../../kernel-lib/src/metrics/segments/table.js';

const numeric = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];

/** Rows of text cells with the loss of each. */
export interface LossRows {
  readonly names: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly losses: Float64Array;
}

export function columnsOf({ names, cells }: LossRows): SegmentColumn[] {
  return names.map((name, i): SegmentColumn => {
    const column = cells.map((row) => (row[i] === '' ? null : row[i]!));
    if (!numeric.includes(name)) return { name, kind: 'categorical', values: column };
    return {
      name,
      kind: 'numeric',
      values: Float64Array.from(column, (cell) => (cell === null ? Number.NaN : Number(cell))),
    };
  });
}

export function codesOf(plan: SegmentPlan, { names, cells }: LossRows): Uint8Array[] {
  return plan.features.map(({ name }, feature) => {
    const at = names.indexOf(name);
    return Uint8Array.from(cells, (row) => segmentCode(plan, feature, row[at] ?? null));
  });
}

/** The table of rows, given their codes. */
export function tableOf(plan: SegmentPlan, codes: readonly Uint8Array[], losses: Float64Array): SegmentTable {
  const table = new SegmentTable(plan);
  table.add(codes, losses);
  return table;
}

/** Some of the rows, in that order. */
export function pick<Values extends Uint8Array | Float64Array>(values: Values, rows: Int32Array): Values {
  const picked = values.slice(0, rows.length) as Values;
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}
