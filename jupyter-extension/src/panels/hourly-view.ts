import type { FeatureReport, Since, Violation } from 'driftline';
import { hourlyDistanceFigure } from '../charts/hourly-distance.js';
import { formatCount, formatNumber, noValue } from '../format/number-format.js';
import { bucketTitle, formatTime, formatTimeAndZone } from '../format/time-format.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import type { PanelContext } from '../widgets/panel-context.js';

/** The distance by captured hour, with the hour since when a violation holds. Undefined where hours are not known. */
export function hourlyView(
  { name, series, drift }: FeatureReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement | undefined {
  if (series === undefined || series.length < 2) return undefined;
  const { trans } = context;
  const since = violations.find((violation) => violation.since !== undefined)?.since;
  return chartWithTable(
    {
      title: trans.__('Distance by hour'),
      label:
        trans.__('Line chart of the distance of %1 from the baseline by captured hour.', name) +
        (since === undefined ? '' : ` ${trans.__('A violation holds since %1.', formatTimeAndZone(since.hour))}`),
      legend: [
        ['current-line', trans.__('distance')],
        ...(drift ? [['threshold', trans.__('threshold %1', formatNumber(drift.threshold))] as const] : []),
        ...(since === undefined ? [] : [['since', sinceWords(since, series[0]?.hour, trans)] as const]),
      ],
      figure: (style) =>
        hourlyDistanceFigure(
          { series, ...(drift && { threshold: drift.threshold }), ...(since !== undefined && { since: since.hour }) },
          style,
        ),
      table: () =>
        dataTable({
          caption: trans.__('Distance of %1 by captured hour', name),
          trans,
          rows: series,
          columns: [
            {
              title: bucketTitle('hour', trans),
              rowHeader: true,
              cell: ({ hour }) => formatTime(hour),
              sortBy: ({ hour }) => hour,
            },
            {
              title: trans.__('Rows'),
              kind: 'number',
              cell: ({ rows }) => formatCount(rows),
              sortBy: ({ rows }) => rows,
            },
            {
              title: trans.__('Distance'),
              kind: 'number',
              cell: ({ rows, distance }) => (rows > 0 ? formatNumber(distance) : noValue),
              sortBy: ({ rows, distance }) => (rows > 0 ? distance : undefined),
            },
          ],
        }),
      note: trans.__(
        'One hour has few rows, so its distance is noisier than that of the window. Hours are never judged.',
      ),
    },
    context,
  );
}

/** Since when a violation holds, for a legend; `first` is where the chart begins. */
export function sinceWords(since: Since, first: string | undefined, trans: PanelContext['trans']): string {
  const words = trans.__('violation since %1', formatTime(since.hour));
  if (since.orEarlier) return trans.__('%1 or earlier', words);
  return first !== undefined && since.hour < first ? trans.__('%1, before this window', words) : words;
}
