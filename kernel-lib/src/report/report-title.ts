import type { MonitorType } from './report.js';
import { timeText } from './value-text.js';

/** "census-data-quality, 2026-03-05", "data quality". */
export function titleOf({
  monitor,
  monitorType,
  window,
}: {
  readonly monitor?: string;
  readonly monitorType: MonitorType;
  readonly window?: { readonly start: string; readonly end: string };
}): string {
  const name = monitor ?? monitorType.replace('-', ' ');
  if (window === undefined) return name;
  const wholeDay =
    Date.parse(window.end) - Date.parse(window.start) === 86_400_000 && window.start.includes('T00:00:00');
  return `${name}, ${wholeDay ? window.start.slice(0, 10) : `${timeText(window.start)} to ${timeText(window.end)}`}`;
}
