import type { Since } from '../report.js';
import { themed } from '../theme.js';
import { timeText } from '../value-text.js';
import { type Shape, textWidth } from './chart-parts.js';

/** A vertical line since which something is violated, with its label above the chart. */
export function sinceMarker(label: string, x: number, bottom: number, width: number): Shape[] {
  const atRight = x + textWidth(label) + 8 < width - 16;
  return [
    {
      type: 'line',
      x1: x,
      y1: 22,
      x2: x,
      y2: bottom,
      style: { stroke: themed('drifting'), lineWidth: 1.5 },
    },
    {
      type: 'text',
      text: label,
      x: x + (atRight ? 5 : -5),
      y: 12,
      anchor: atRight ? 'start' : 'end',
      style: { fill: themed('drifting') },
    },
  ];
}

/** "since 12:00" within the chart, "◂ since 4 Mar 06:00" before it, "◂ since earlier" where it is not known. */
export function sinceLabel(since: Since, before: boolean): string {
  if (since.orEarlier) return '◂ since earlier';
  const clock = timeText(since.hour).slice(-5);
  return before ? `◂ since ${day.format(new Date(since.hour))} ${clock}` : `since ${clock}`;
}

/** "since 5 Mar", in charts of whole days. */
export function sinceDayLabel(since: Since, before: boolean): string {
  if (since.orEarlier) return '◂ since earlier';
  return `${before ? '◂ ' : ''}since ${day.format(new Date(since.hour))}`;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
