import { MonitorError } from '../../errors.js';
import type { BiasCells, FacetCounts } from '../../metrics/bias/counts.js';
import type { BiasColumn } from './bias-column.js';
import type { BiasSample } from './bias-sample.js';
import { type BiasRows, countCells, countCellsBy } from './count-cells.js';
import { differentCells, type Grouping, groupText, membersOf, missingOf } from './grouping.js';
import { requireKnownClasses, requireLikeClasses } from './known-classes.js';
import { type BiasPlan, columnOf, type PlannedGroup } from './plan.js';

/** One group of a facet, counted. */
export interface MeasuredGroup extends PlannedGroup {
  /** As in `analysis.json`: "Female", "(40, 90]". */
  readonly value: string;
  readonly counts: FacetCounts;
  /** Rows without a value of the facet; they count among the others, as in the service. */
  readonly missing: number;
  /** Of each row 1 where it is in the group. */
  readonly members: Uint8Array;
}

/** A sample, counted. */
export interface MeasuredBias {
  /** The positive labels as in `analysis.json`. */
  readonly positive: string;
  readonly rows: BiasRows;
  readonly groups: readonly MeasuredGroup[];
  /** Values of the group variable, in the order of `FacetCounts.groups`; undefined without one. */
  readonly groupValues?: readonly string[];
}

/**
 * Counts every group of the plan; no row is looked at but as numbers.
 *
 * @throws MonitorError `USAGE` where the predictions are probabilities, and not labels, and where no label, or no
 * prediction, is called as one of the baseline's classes.
 */
export function measureBias(sample: BiasSample, plan: BiasPlan, where: string): MeasuredBias {
  const rows: BiasRows = {
    labels: membersOf(sample.label, plan.label),
    predictions: sample.scored ?? positivePredictions(sample, plan.label),
  };
  if (plan.label.kind === 'values' && rows.predictions?.includes(1) === false) requireLabels(sample, where);
  if (plan.classes === undefined) requireLikeClasses(sample, plan.label, where);
  else requireKnownClasses(sample, plan.classes, where);
  const conditional =
    plan.groupVariable === undefined
      ? undefined
      : codesOf(columnOf(sample, plan.groupVariable, 'group variable', where));
  const groups = plan.groups.map((group): MeasuredGroup => {
    const column = columnOf(sample, group.facet, 'facet', where);
    const members = membersOf(column, group.grouping);
    return {
      ...group,
      value: group.value ?? (groupText(column, group.grouping) || (group.known ?? '')),
      members,
      missing: missingOf(column),
      counts: {
        cells: countCells(rows, members),
        predicted: rows.predictions !== undefined,
        ...(conditional && { groups: countCellsBy(rows, members, conditional.codes, conditional.values.length) }),
      },
    };
  });
  return {
    positive: groupText(sample.label, plan.label),
    rows,
    groups,
    ...(conditional && { groupValues: conditional.values }),
  };
}

/** As smclarify has it, predictions of whole numbers lose their fractions before a threshold: 40.6 is not above 40. */
function positivePredictions({ label, prediction }: BiasSample, grouping: Grouping): Uint8Array | undefined {
  if (prediction?.kind !== 'numeric' || grouping.kind !== 'threshold' || label.integral !== true) {
    return prediction && membersOf(prediction, grouping);
  }
  return membersOf({ ...prediction, values: prediction.values.map(Math.trunc) }, grouping);
}

/** Where no prediction is positive and some are fractions, these are what the model is sure of, and not what it says. */
function requireLabels({ prediction }: BiasSample, where: string): void {
  if (prediction?.kind !== 'numeric') return;
  const fraction = prediction.values.find((value) => !Number.isInteger(value) && !Number.isNaN(value));
  if (fraction === undefined) return;
  throw new MonitorError('USAGE', `The predictions are no labels: none is positive, and one is ${fraction}.`, {
    where,
    fix: 'give them as predictor.probability in --config, or --probability-attribute',
  });
}

/** The eight counts of a group in each of some parts of the sample. */
export function cellsOfParts(
  { rows }: MeasuredBias,
  { members }: MeasuredGroup,
  codes: Int32Array,
  count: number,
): readonly BiasCells[] {
  return countCellsBy(rows, members, codes, count);
}

/** Cells as numbers from 0 on, in the order of the values, as smclarify goes through them; -1 is missing. */
function codesOf(column: BiasColumn): { readonly codes: Int32Array; readonly values: readonly string[] } {
  const cells: ArrayLike<string | number | null> = column.values;
  const sorted = differentCells(column).sort((a, b) =>
    column.kind === 'numeric' ? Number(a) - Number(b) : a < b ? -1 : 1,
  );
  const places = new Map<string | number | null, number>(
    sorted.map((value, place) => [column.kind === 'numeric' ? Number(value) : value, place]),
  );
  const codes = new Int32Array(cells.length);
  for (let row = 0; row < codes.length; row++) codes[row] = places.get(cells[row]!) ?? -1;
  return { codes, values: sorted };
}
