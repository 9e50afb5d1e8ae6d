import type { Estimated } from 'driftline';
import { formatFraction, formatNumber, noValue } from './number-format.js';

type Bounds = Pick<Estimated, 'lower' | 'upper'>;

/** An attribution on the report's scale, three significant digits: `0.412`, `−1.25`; `–` where there is none. */
export function formatAttribution(value: number | undefined): string {
  if (value === undefined) return noValue;
  return value < 0 ? `−${formatNumber(-value, 3)}` : formatNumber(value, 3);
}

/** The same with its sign, as a change or a step of a waterfall: `+0.412`, `−1.25`, `0`. */
export function formatStep(value: number | undefined): string {
  return value !== undefined && value > 0 ? `+${formatAttribution(value)}` : formatAttribution(value);
}

/** How attributions of one output are written: all with as many decimals, so that they line up. */
export interface AttributionNumbers {
  /** `0.412`, `−1.250`; `–` where there is none. */
  value(number: number | undefined): string;
  /** With its sign, as a change or a step of a waterfall: `+0.412`, `−1.250`, `0.000`. */
  step(number: number | undefined): string;
}

/** Numbers with as many decimals as give the largest of them three significant digits, at most 8. */
export function attributionNumbers(largest: number): AttributionNumbers {
  const size = Math.abs(largest);
  const decimals = size > 0 && Number.isFinite(size) ? Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(size)))) : 3;
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const value = (number: number | undefined): string => {
    if (number === undefined) return noValue;
    const text = format.format(Math.abs(number));
    return number < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
  };
  const step = (number: number | undefined): string => {
    const text = value(number);
    return number !== undefined && number > 0 && Number(text.replaceAll(',', '')) !== 0 ? `+${text}` : text;
  };
  return { value, step };
}

/** A share of attribution: `31.2 %`. */
export function formatShare(value: number | undefined): string {
  return value !== undefined && value < 0 ? `−${formatFraction(-value)}` : formatFraction(value);
}

/** A change of a share in percentage points, with its sign: `+12.1`, `−0.4`, `0.0`. */
export function formatPoints(change: number | undefined): string {
  if (change === undefined) return noValue;
  const text = Math.abs(change * 100).toFixed(1);
  if (Number(text) === 0) return text;
  return `${change < 0 ? '−' : '+'}${text}`;
}

/** nDCG with three decimals, never rounded to 1 unless it is: `0.842`, `0.9998`. */
export function formatNdcg(value: number | undefined, digits: number = 3): string {
  if (value === undefined) return noValue;
  const text = value.toFixed(digits);
  return Number(text) === 1 && value < 1 && digits < 9 ? formatNdcg(value, digits + 1) : text;
}

/** nDCG and its threshold, with as many digits as it takes to tell them apart: `0.8996`, `0.9000`. */
export function formatNdcgAndLimit(value: number, limit: number): readonly [value: string, limit: string] {
  for (let digits = 3; digits < 9; digits++) {
    const texts = [formatNdcg(value, digits), limit.toFixed(digits)] as const;
    if (texts[0] !== texts[1] || value === limit) return texts;
  }
  return [String(value), String(limit)];
}

/** A 95 % interval in one of the formats above: `0.31 to 0.36`; undefined without both bounds. */
export function formatBounds(bounds: Bounds | undefined, format: (value: number) => string): string | undefined {
  const { lower, upper } = bounds ?? {};
  return lower === undefined || upper === undefined ? undefined : `${format(lower)} to ${format(upper)}`;
}

/** The probability whose log-odds are given. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
