import type { MeasuredExecution, MeasuredSeries } from '../../../kernel-lib/src/browser.js';

/** An execution over a day that ends at midnight of `day` (of March 2026), with what it measured. */
export function measuredDay(
  day: number,
  value: readonly (number | null)[],
  more: Partial<MeasuredExecution> = {},
): MeasuredExecution {
  const midnight = (of: number): string => `2026-03-${String(of).padStart(2, '0')}T00:00:00Z`;
  return { scheduledTime: midnight(day), start: midnight(day - 1), rows: 100 * day, value, violated: [], ...more };
}

/** Two features over three days; `b` drifts on the last two, and its hours are known on the last. */
export const driftSeries: MeasuredSeries = {
  subjects: [
    { key: 'a', title: 'a', kind: 'drift' },
    { key: 'b', title: '<b>b</b>', kind: 'drift' },
  ],
  executions: [
    measuredDay(3, [0.02, 0.05], { maximum: [0.1, 0.1], lower: [0.01, 0.02] }),
    measuredDay(4, [0.03, 0.3], { maximum: [0.1, 0.1], violated: [1] }),
    measuredDay(5, [0.04, 0.4], {
      maximum: [0.1, 0.2],
      violated: [1],
      hourly: {
        hours: ['2026-03-04T00:00:00Z', '2026-03-04T01:00:00Z', '2026-03-04T03:00:00Z'],
        rows: [40, 50, 410],
        distance: [
          [0.01, 0.02, 0.03],
          [0.1, 0.5, null],
        ],
      },
    }),
  ],
};

/** The days of {@link driftSeries}. */
export const driftSpan: { readonly from: Date; readonly to: Date } = {
  from: new Date('2026-03-02T00:00:00Z'),
  to: new Date('2026-03-05T00:00:00Z'),
};
