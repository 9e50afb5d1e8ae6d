import type { MeasureSubject } from 'driftline/browser';
import { formatNdcg, formatShare } from './attribution-format.js';
import { formatNumber } from './number-format.js';

/**
 * A value of a history, which knows the kind of its subject and not its unit: shares as percentages, nDCG never rounded to 1,
 * others up to 10 with three decimals and beyond it with four digits.
 */
export function formatMeasured(value: number, kind: MeasureSubject['kind']): string {
  if (kind === 'share') return formatShare(value);
  if (kind === 'ranking') return formatNdcg(value);
  const size = Math.abs(value);
  const text = size < 10 ? size.toFixed(3) : formatNumber(size);
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
}
