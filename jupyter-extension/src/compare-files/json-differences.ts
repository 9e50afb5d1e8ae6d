import { isRecord } from '../report/read-report.js';

/** A value that two JSON documents do not share. */
export interface JsonDifference {
  /** Keys from the root; an entry of a list of named records by its name. */
  readonly path: readonly string[];
  /** Undefined where a side does not have it. */
  readonly baseline: unknown;
  readonly current: unknown;
}

/**
 * What differs between two JSON values, in the order of the first and then of the second. Lists of records with a `name` are
 * compared by it, whatever their order; other lists as a whole.
 */
export function jsonDifferences(baseline: unknown, current: unknown, path: readonly string[] = []): JsonDifference[] {
  const [before, now] = [entriesOf(baseline), entriesOf(current)];
  if (before === undefined || now === undefined) {
    return same(baseline, current) ? [] : [{ path, baseline, current }];
  }
  const keys = [...new Set([...before.keys(), ...now.keys()])];
  return keys.flatMap((key) => jsonDifferences(before.get(key), now.get(key), [...path, key]));
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (isRecord(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value) || value.length === 0 || !value.every(isNamed)) return undefined;
  const names = new Map(value.map((item) => [item.name, item]));
  return names.size === value.length ? names : undefined;
}

function isNamed(item: unknown): item is { readonly name: string } {
  return isRecord(item) && typeof item['name'] === 'string';
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
