import type { Measure } from 'driftline/browser';
import { formatNdcg, formatPoints, formatShare } from '../../format/attribution-format.js';
import { formatDistance, formatNumber, noValue } from '../../format/number-format.js';
import type { ComparedMeasure, ComparedUnit } from './comparison-rows.js';

/** A number in the unit of its row; `–` where there is none. */
export function formatCompared(value: number | undefined, unit: ComparedUnit): string {
  if (value === undefined) return noValue;
  if (unit === 'share') return formatShare(value);
  if (unit === 'ndcg') return formatNdcg(value);
  const size = Math.abs(value);
  const text = unit === 'value' ? formatNumber(size) : formatDistance(size);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** The change with its sign: `+0.031`; of shares in percentage points, `+12.1`. */
export function formatComparedChange({ change, unit }: Pick<ComparedMeasure, 'change' | 'unit'>): string {
  if (change === undefined) return noValue;
  if (unit === 'share') return formatPoints(change);
  const text = formatCompared(change, unit === 'ndcg' ? 'fraction' : unit);
  return change > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** The 95 % interval: `0.62 to 0.67`; undefined without both bounds, and for distances, which have a lower one only. */
export function formatComparedInterval({ lower, upper }: Measure, unit: ComparedUnit): string | undefined {
  if (lower === undefined || upper === undefined) return undefined;
  return `${formatCompared(lower, unit)} to ${formatCompared(upper, unit)}`;
}

/** The limits in force: `≤ 0.1`, `≥ 0.652`, `−0.05 to 0.05`; undefined where there are none. */
export function formatComparedLimit({ minimum, maximum }: Measure, unit: ComparedUnit): string | undefined {
  if (minimum === undefined) return maximum === undefined ? undefined : `≤ ${formatCompared(maximum, unit)}`;
  if (maximum === undefined) return `≥ ${formatCompared(minimum, unit)}`;
  return `${formatCompared(minimum, unit)} to ${formatCompared(maximum, unit)}`;
}
