import type { Violation } from 'driftline';
import { formatFraction, formatNumber, formatPValue } from './number-format.js';

/** A violation's measure, limit or baseline value in its unit. */
export function formatMeasure(value: number | undefined, unit: Violation['unit']): string {
  if (unit === 'fraction') return formatFraction(value);
  if (unit === 'p-value') return formatPValue(value);
  return formatNumber(value, unit === 'distance' ? 3 : 4);
}

/** Measured and limit, with as many digits as it takes to tell them apart. */
export function formatMeasuredAndLimit({ measured, limit, unit }: Violation): readonly [string, string] {
  const texts = [formatMeasure(measured, unit), formatMeasure(limit, unit)] as const;
  if (texts[0] !== texts[1] || measured === limit) return texts;
  return [formatNumber(measured, 9), formatNumber(limit, 9)];
}
