const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A label as it is compared: without spaces around it, and numbers in one form, so that `1`, `1.0` and `+1` are one class.
 * The service compares the texts, and its metrics are then 0 beside a matrix that is right.
 */
export function canonicalLabel(text: string): string {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return trimmed;
  const value = Number(trimmed);
  // Identifiers of many digits stay as they are: a double would make one of two.
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
    ? String(value + 0)
    : trimmed;
}

/** The number in a cell; undefined where it is none, or not finite. */
export function numberOf(cell: string): number | undefined {
  const trimmed = cell.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
