import type { CellCondition } from '../capture/condition.js';
import type { SegmentCondition } from '../report/model-quality-report.js';

/** Rows that meet a condition. */
export interface RowGroup {
  /** Equal for groups of the same rows, whichever monitor names them. */
  readonly key: string;
  /** "sex = Female", "occupation is missing". */
  readonly title: string;
}

/** @param title - says the conditions in words. */
export function rowGroup(conditions: readonly (SegmentCondition | CellCondition)[], title: string): RowGroup {
  return { key: JSON.stringify(conditions.map((condition) => JSON.stringify(normal(condition))).sort()), title };
}

/** The rows of a condition on one column. */
export function cellGroup(condition: CellCondition): RowGroup {
  return rowGroup([condition], conditionTitle(condition));
}

/** The same for a condition on a segment and one on cells that ask for the same rows. */
function normal(condition: SegmentCondition | CellCondition): readonly unknown[] {
  const { feature, kind } = condition;
  switch (kind) {
    case 'equals':
      return ['in', feature, [condition.value]];
    case 'in':
    case 'not-in':
      return [kind, feature, [...condition.values].sort()];
    case 'missing':
      return [kind, feature];
    case 'not-type':
      return [kind, feature, condition.expected];
    case 'interval':
      return [kind, feature, condition.from ?? null, condition.to ?? null];
    case 'range': {
      // The word means an interval open below in cells, and one open above in segments.
      if ('above' in condition) return [kind, feature, condition.above ?? null, condition.atMost ?? null];
      if ('atMost' in condition) return [kind, feature, null, condition.atMost ?? null];
      return ['interval', feature, ends(condition).from ?? null, ends(condition).to ?? null];
    }
  }
}

function ends(condition: object): { readonly from?: number; readonly to?: number } {
  return condition;
}

/** At most so many categories are named. */
const NAMED = 3;

function conditionTitle(condition: CellCondition): string {
  const { feature } = condition;
  switch (condition.kind) {
    case 'missing':
      return `${feature} is missing`;
    case 'not-type':
      return `${feature} is not ${condition.expected}`;
    case 'not-in':
      return `${feature} has a value that is new to the baseline`;
    case 'in': {
      const { values } = condition;
      if (values.length === 1) return `${feature} = ${values[0]}`;
      const named = values.slice(0, NAMED).join(', ');
      return `${feature} is one of ${named}${values.length > NAMED ? ` and ${values.length - NAMED} more` : ''}`;
    }
    case 'range': {
      const { above, atMost } = condition;
      if (above !== undefined && atMost !== undefined) return `${above} < ${feature} <= ${atMost}`;
      if (above !== undefined) return `${feature} > ${above}`;
      return atMost !== undefined ? `${feature} <= ${atMost}` : `${feature} is a number`;
    }
    case 'interval': {
      const { from, to } = condition;
      if (from !== undefined && to !== undefined) return `${from} <= ${feature} < ${to}`;
      if (from !== undefined) return `${feature} >= ${from}`;
      return to !== undefined ? `${feature} < ${to}` : `${feature} is a number`;
    }
  }
}
