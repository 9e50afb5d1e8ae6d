import type { LabelCoverage } from 'driftline';
import { labelCoverageFigure } from '../charts/label-coverage.js';
import { formatHours } from '../format/metric-format.js';
import { formatCount, formatFraction, noValue } from '../format/number-format.js';
import { bucketTitle, formatTime } from '../format/time-format.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import { fact } from '../widgets/fact.js';
import type { PanelContext } from '../widgets/panel-context.js';

/** How many predictions have their label, how late labels come, and those that belong to none. */
export function coverageFacts(coverage: LabelCoverage, { trans }: PanelContext): HTMLElement[] {
  const { predictions, labelled, unmatchedLabels, repeatedLabels, delayHours } = coverage;
  return [
    fact(
      trans.__('Labelled'),
      predictions > 0 ? formatFraction(labelled / predictions) : noValue,
      trans.__('%1 of %2 predictions', formatCount(labelled), formatCount(predictions)),
    ),
    ...(delayHours === undefined
      ? []
      : [
          fact(
            trans.__('Delay of labels'),
            trans.__('%1 median', formatHours(delayHours.median)),
            trans.__('95 % within %1, all within %2', formatHours(delayHours.p95), formatHours(delayHours.max)),
          ),
        ]),
    ...(unmatchedLabels + repeatedLabels === 0
      ? []
      : [
          fact(
            trans.__('Other labels'),
            trans.__('%1 without prediction', formatCount(unmatchedLabels)),
            repeatedLabels > 0 && trans.__('%1 repeated; the last counts', formatCount(repeatedLabels)),
          ),
        ]),
  ];
}

/** Predictions with and without label by captured hour. Undefined for a single hour. */
export function coverageChart(
  { hours, predictions, labelled }: LabelCoverage,
  context: PanelContext,
): HTMLElement | undefined {
  if (hours.length < 2) return undefined;
  const { trans } = context;
  return chartWithTable(
    {
      title: trans.__('Labels by hour'),
      label: trans.__(
        'Stacked bars by captured hour: %1 of %2 predictions have their label.',
        formatCount(labelled),
        formatCount(predictions),
      ),
      legend: [
        ['labelled', trans.__('with label')],
        ['unlabelled', trans.__('without label yet')],
      ],
      figure: (style) => labelCoverageFigure(hours, style),
      table: () =>
        dataTable({
          caption: trans.__('Predictions and labels by captured hour'),
          trans,
          rows: hours,
          columns: [
            {
              title: bucketTitle('hour', trans),
              rowHeader: true,
              cell: ({ hour }) => formatTime(hour),
              sortBy: ({ hour }) => hour,
            },
            {
              title: trans.__('Predictions'),
              kind: 'number',
              cell: (row) => formatCount(row.predictions),
              sortBy: (row) => row.predictions,
            },
            {
              title: trans.__('With label'),
              kind: 'number',
              cell: (row) => formatCount(row.labelled),
              sortBy: (row) => row.labelled,
            },
            {
              title: trans.__('Share'),
              kind: 'number',
              cell: (row) => (row.predictions > 0 ? formatFraction(row.labelled / row.predictions) : noValue),
              sortBy: (row) => (row.predictions > 0 ? row.labelled / row.predictions : undefined),
            },
          ],
        }),
    },
    context,
  );
}
