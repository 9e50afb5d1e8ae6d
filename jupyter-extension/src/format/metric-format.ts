import type { Estimated, MetricReport } from 'driftline';
import { formatNumber, noValue } from './number-format.js';

type Unit = MetricReport['unit'];

/** A metric's value in its unit: a fraction with three decimals, `0.731`; a value with four digits, `189,778`. */
export function formatMetric(value: number | undefined, unit: Unit, digits: number = 3): string {
  if (value === undefined || !Number.isFinite(value)) return noValue;
  return unit === 'fraction' ? value.toFixed(digits) : formatNumber(value, digits + 1);
}

/** Value and limit, with as many digits as it takes to tell them apart. */
export function formatMetricAndLimit(
  value: number | undefined,
  limit: number | undefined,
  unit: Unit,
): readonly [value: string, limit: string] {
  for (let digits = 3; digits < 8; digits++) {
    const texts = [formatMetric(value, unit, digits), formatMetric(limit, unit, digits)] as const;
    if (texts[0] !== texts[1] || value === limit) return texts;
  }
  return [String(value ?? noValue), String(limit ?? noValue)];
}

/** A 95 % interval, `0.712 to 0.749`; undefined without both bounds. */
export function formatInterval({ lower, upper }: Partial<Estimated>, unit: Unit): string | undefined {
  if (lower === undefined || upper === undefined) return undefined;
  return `${formatMetric(lower, unit)} to ${formatMetric(upper, unit)}`;
}

/** A change with its sign: `+0.031`, `−12.4`. */
export function formatChange(value: number, unit: Unit): string {
  const size = formatMetric(Math.abs(value), unit);
  return value === 0 ? size : `${value > 0 ? '+' : '−'}${size}`;
}

/** Hours in the unit that people say: `40 min`, `6 h`, `3.5 days`. */
export function formatHours(hours: number): string {
  if (hours > 0 && hours < 1) return `${formatNumber(Math.round(hours * 60), 2)} min`;
  return hours < 48 ? `${formatNumber(hours, 3)} h` : `${formatNumber(hours / 24, 2)} days`;
}
