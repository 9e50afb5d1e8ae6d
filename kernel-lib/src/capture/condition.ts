import { quoteIdentifier, quoteString } from '../engine/sql.js';
import { type ColumnType, cellNumber, fitsType, typePattern } from './cell-type.js';

/** What the cell of one feature must be like for its row to be asked for. */
export type CellCondition =
  | { readonly kind: 'missing'; readonly feature: string }
  /** A value that does not fit the expected type; a missing cell does not count. */
  | { readonly kind: 'not-type'; readonly feature: string; readonly expected: ColumnType }
  /** A value, and none of these. */
  | { readonly kind: 'not-in'; readonly feature: string; readonly values: readonly string[] }
  | { readonly kind: 'in'; readonly feature: string; readonly values: readonly string[] }
  /** A number in (above, atMost]; a bound that is left out does not bind. */
  | { readonly kind: 'range'; readonly feature: string; readonly above?: number; readonly atMost?: number }
  /** A number in [from, to); a bound that is left out does not bind. */
  | { readonly kind: 'interval'; readonly feature: string; readonly from?: number; readonly to?: number };

/** One condition or several, as several. */
export function conditionList(condition: CellCondition | readonly CellCondition[]): readonly CellCondition[] {
  return 'kind' in condition ? [condition] : condition;
}

/** Whether a cell (null: missing, or no such column) is one that the condition asks for. */
export function matches(condition: CellCondition, cell: string | null): boolean {
  if (condition.kind === 'missing') return cell === null;
  if (cell === null) return false;
  switch (condition.kind) {
    case 'not-type':
      return !fitsType(cell, condition.expected);
    case 'not-in':
      return !condition.values.includes(cell);
    case 'in':
      return condition.values.includes(cell);
    case 'range': {
      const value = cellNumber(cell);
      if (value === undefined) return false;
      return (
        value > (condition.above ?? Number.NEGATIVE_INFINITY) && value <= (condition.atMost ?? Number.POSITIVE_INFINITY)
      );
    }
    case 'interval': {
      const value = cellNumber(cell);
      if (value === undefined) return false;
      return (
        value >= (condition.from ?? Number.NEGATIVE_INFINITY) && value < (condition.to ?? Number.POSITIVE_INFINITY)
      );
    }
  }
}

/** The same as SQL (DuckDB's) over a table `current` with one text column a feature; several conditions all hold. */
export function conditionSql(...conditions: readonly CellCondition[]): string {
  const predicates = conditions.map((condition) => predicate(condition, quoteIdentifier(condition.feature)));
  return `SELECT * FROM current WHERE ${predicates.join(' AND ')}`;
}

function predicate(condition: CellCondition, column: string): string {
  switch (condition.kind) {
    case 'missing':
      return `${column} IS NULL`;
    case 'not-type':
      return typePredicate(column, condition.expected);
    case 'not-in':
      return condition.values.length === 0
        ? `${column} IS NOT NULL`
        : `${column} NOT IN (${strings(condition.values)})`;
    case 'in':
      return condition.values.length === 0 ? 'FALSE' : `${column} IN (${strings(condition.values)})`;
    case 'range': {
      const number = `TRY_CAST(${column} AS DOUBLE)`;
      const bounds = [
        ...(condition.above === undefined ? [] : [`${number} > ${condition.above}`]),
        ...(condition.atMost === undefined ? [] : [`${number} <= ${condition.atMost}`]),
      ];
      return bounds.length === 0 ? `${number} IS NOT NULL` : bounds.join(' AND ');
    }
    case 'interval': {
      const number = `TRY_CAST(${column} AS DOUBLE)`;
      const bounds = [
        ...(condition.from === undefined ? [] : [`${number} >= ${condition.from}`]),
        ...(condition.to === undefined ? [] : [`${number} < ${condition.to}`]),
      ];
      return bounds.length === 0 ? `${number} IS NOT NULL` : bounds.join(' AND ');
    }
  }
}

function typePredicate(column: string, expected: ColumnType): string {
  if (expected === 'Unknown') return `${column} IS NOT NULL`;
  if (expected === 'String') return `regexp_full_match(${column}, ${quoteString(typePattern.Fractional)})`;
  return `NOT regexp_full_match(${column}, ${quoteString(typePattern[expected])})`;
}

function strings(values: readonly string[]): string {
  return values.map(quoteString).join(', ');
}
