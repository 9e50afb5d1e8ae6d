import type { SampleSummary, Since, Violation } from './report.js';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "32,561". */
export function countText(count: number): string {
  return whole.format(count);
}

/** Four significant digits with thousands separators: "189,778", "38.58", "0.001234", "1.2e-9". */
export function numberText(value: number, digits: number = 4): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return whole.format(value + 0);
  const size = Math.abs(value);
  if (size >= 1e12 || size < 1e-4) return value.toExponential(Math.max(0, digits - 2)).replace('e+', 'e');
  return significant(Math.max(digits, Math.ceil(Math.log10(size)))).format(value);
}

const formats: Intl.NumberFormat[] = [];

/** The format for so many significant digits, made once: making one takes longer than a hundred uses of it. */
function significant(digits: number): Intl.NumberFormat {
  formats[digits] ??= new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
  return formats[digits];
}

/** A fraction as a percentage, never rounded to 0 or 100 unless it is: "74.9 %", "99.96 %", "< 0.01 %". */
export function percentText(fraction: number): string {
  const percent = fraction * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.99) return '> 99.99 %';
  const nearEnd = percent < 1 || (percent > 99 && percent < 100);
  return `${percent.toFixed(nearEnd ? 2 : 1)} %`;
}

/** "0.0312", "< 0.0001". */
export function probabilityText(pValue: number): string {
  return pValue < 0.0001 ? '< 0.0001' : numberText(pValue, 3);
}

/** A distance with three decimals, so that columns of them align: "0.749", "< 0.001"; large ones as numbers. */
export function distanceText(distance: number): string {
  if (distance > 0 && distance < 0.0005) return '< 0.001';
  return distance < 10 ? distance.toFixed(3) : numberText(distance);
}

/** A violation's measure, limit or baseline value in its unit. */
export function measureText(value: number, unit: Violation['unit']): string {
  if (unit === 'fraction') return percentText(value);
  if (unit === 'p-value') return probabilityText(value);
  if (unit === 'distance') return distanceText(value);
  return numberText(value);
}

/** Measured and limit, with as many digits as it takes to tell them apart. */
export function measuredAndLimit({ measured, limit, unit }: Violation): readonly [string, string] {
  const texts = [measureText(measured, unit), measureText(limit, unit)] as const;
  if (texts[0] !== texts[1] || measured === limit) return texts;
  for (let digits = 4; digits < 9; digits++) {
    const more = [numberText(measured, digits), numberText(limit, digits)] as const;
    if (more[0] !== more[1]) return more;
  }
  return [numberText(measured, 9), numberText(limit, 9)];
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** "5 Mar 2026, 06:00"; all times are UTC. A text that is no time is returned as it is. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${day.format(date)}, ${clock.format(date)}`;
}

/** "5 Mar 2026, 00:00 to 6 Mar 2026, 06:00 UTC"; within one day "5 Mar 2026, 00:00 to 24:00 UTC". */
export function windowText({ start, end }: { readonly start: string; readonly end: string }): string {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const sameDay = Math.floor(from / 86_400_000) === Math.floor((to - 1) / 86_400_000);
  if (sameDay && from < to) {
    const midnight = to % 86_400_000 === 0;
    return `${timeText(start)} to ${midnight ? '24:00' : timeText(end).slice(-5)} UTC`;
  }
  return `${timeText(start)} to ${timeText(end)} UTC`;
}

/** "4 Mar 2026, 06:00", "5 Mar 2026, 00:00 or earlier"; empty where it is not known. */
export function sinceText(since: Since | undefined): string {
  if (since === undefined) return '';
  const until = since.until === undefined ? '' : ` until ${timeText(since.until)}`;
  return timeText(since.hour) + (since.orEarlier ? ' or earlier' : '') + until;
}

/** "2,332 rows in 24 files", "32,561 rows". */
export function sampleText({ rows, read }: SampleSummary): string {
  const files = read && read.files > 0 ? ` in ${plural(read.files, 'file')}` : '';
  return plural(rows, 'row') + files;
}

/** "1 row", "2,332 rows". */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first `length` characters, and how many there are when that is not all. */
export function clipText(text: string, length: number = 120): string {
  const characters = text.length <= length ? undefined : [...text];
  if (characters === undefined || characters.length <= length) return text;
  return `${characters.slice(0, length).join('')}… (${countText(characters.length)} characters)`;
}
