import type { BiasMetricReport, BiasRange, BiasValue } from 'driftline';
import { formatNumber, formatPValue, noValue } from './number-format.js';

type Unit = BiasMetricReport['unit'];
type Bounds = Pick<BiasValue, 'lower' | 'upper' | 'method'>;

/** A number of a bias metric: a fraction with three decimals, `−0.144`; others with three digits, `1.25`. */
export function formatBias(value: number | undefined, unit: Unit, digits: number = 3): string {
  if (value === undefined || Number.isNaN(value)) return noValue;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = unit === 'fraction' ? size.toFixed(digits) : formatNumber(size, digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A metric of one sample, infinite ones as `∞`; `–` where there is none. */
export function formatBiasValue(value: Pick<BiasValue, 'value' | 'infinite'> | undefined, unit: Unit): string {
  return formatBias(biasNumber(value), unit);
}

/** The number of a value, infinite where it is; undefined without one. */
export function biasNumber(value: Pick<BiasValue, 'value' | 'infinite'> | undefined): number | undefined {
  if (value?.infinite !== undefined) return value.infinite === 'positive' ? Infinity : -Infinity;
  return value?.value;
}

/** The 95 % interval, `0.112 to 0.175`; an end that is absent is infinite. Undefined where there is none. */
export function formatBiasInterval(value: Bounds | undefined, unit: Unit): string | undefined {
  const bounds = biasBounds(value);
  return bounds && `${formatBias(bounds[0], unit)} to ${formatBias(bounds[1], unit)}`;
}

/** Both ends of the 95 % interval, infinite where the value says so by leaving one out. */
export function biasBounds(value: Bounds | undefined): readonly [number, number] | undefined {
  if (value === undefined) return undefined;
  const { lower, upper, method } = value;
  if (lower === undefined && upper === undefined) return undefined;
  if (method === undefined && (lower === undefined || upper === undefined)) return undefined;
  return [lower ?? -Infinity, upper ?? Infinity];
}

/** The allowed range: `−0.05 to 0.05`, `≥ 0.8`, `≤ 0.1`; undefined without bounds. */
export function formatBiasRange(range: Pick<BiasRange, 'lower' | 'upper'> | undefined, unit: Unit): string | undefined {
  if (range === undefined) return undefined;
  const { lower, upper } = range;
  if (lower === undefined && upper === undefined) return undefined;
  if (lower === undefined) return `≤ ${formatBias(upper, unit)}`;
  if (upper === undefined) return `≥ ${formatBias(lower, unit)}`;
  return `${formatBias(lower, unit)} to ${formatBias(upper, unit)}`;
}

/** A change with its sign: `+0.063`, `−0.012`. */
export function formatBiasChange(value: number, unit: Unit): string {
  const text = formatBias(value, unit);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** Measured, limit and baseline, with as many digits as it takes to tell measured and limit apart. */
export function formatBiasAndLimit(
  measured: number | undefined,
  limit: number | undefined,
  baseline: number | undefined,
  unit: Unit,
): readonly [measured: string, limit: string, baseline: string] {
  const texts = (digits: number): readonly [string, string, string] => [
    formatBias(measured, unit, digits),
    formatBias(limit, unit, digits),
    formatBias(baseline, unit, digits),
  ];
  for (let digits = 3; digits < 9; digits++) {
    const [first, second, third] = texts(digits);
    if (first !== second || measured === limit) return [first, second, third];
  }
  return texts(12);
}

/** A p-value that no line break parts: `0.0312`, `< 0.0001`. */
export function formatP(value: number): string {
  return formatPValue(value).replace(' ', '\u00a0');
}

/** A share as percentage points: `14.4`. */
export function formatPoints(fraction: number): string {
  return formatBias(fraction * 100, 'fraction', 1);
}
