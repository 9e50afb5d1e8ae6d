import type { CalibrationBin, LiftBin, Pair } from 'driftline';
import { calibrationFigure } from '../../charts/calibration.js';
import { liftFigure } from '../../charts/lift-bars.js';
import { formatInterval, formatMetric } from '../../format/metric-format.js';
import { formatCount, formatFraction, formatNumber, noValue } from '../../format/number-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';

type Sampled<Bin> = Bin & { readonly sample: string };

/** Whether scores are the probabilities that they claim to be. */
export function calibrationView(bins: Pair<readonly CalibrationBin[]>, context: PanelContext): HTMLElement {
  const { trans } = context;
  return chartWithTable(
    {
      title: trans.__('Calibration'),
      label: trans.__('Line chart of the share of positives against the predicted probability, with 95 % intervals.'),
      legend: [...sampleKeys(bins, ['baseline-line', 'current-line'], context), ['guess', trans.__('as predicted')]],
      figure: (style) => calibrationFigure(bins, style),
      table: () =>
        dataTable<Sampled<CalibrationBin>>({
          caption: trans.__('Calibration by bins of the score'),
          trans,
          rows: sampled(bins, context).filter(({ rows }) => rows > 0),
          columns: [
            {
              title: trans.__('Scores'),
              rowHeader: true,
              cell: ({ lower, upper }) =>
                trans.__('%1 to %2', formatMetric(lower, 'fraction'), formatMetric(upper, 'fraction')),
              sortBy: ({ lower }) => lower,
            },
            { title: trans.__('Sample'), cell: ({ sample }) => sample, sortBy: ({ sample }) => sample },
            { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows) },
            {
              title: trans.__('Predicted'),
              kind: 'number',
              cell: ({ predicted }) => formatMetric(predicted, 'fraction'),
            },
            {
              title: trans.__('Positives'),
              kind: 'number',
              cell: ({ observed }) => formatMetric(observed.value, 'fraction'),
            },
            {
              title: trans.__('95 % interval'),
              kind: 'number',
              cell: ({ observed }) => formatInterval(observed, 'fraction') ?? noValue,
            },
          ],
        }),
    },
    context,
  );
}

/** How much denser positives are among the rows with high scores. */
export function liftView(bins: Pair<readonly LiftBin[]>, context: PanelContext): HTMLElement {
  const { trans } = context;
  return chartWithTable(
    {
      title: trans.__('Lift'),
      label: trans.__('Bars of the lift of each tenth of the rows, highest scores first; 1 is no better than chance.'),
      legend: [...sampleKeys(bins, ['baseline', 'current'], context), ['guess', trans.__('chance')]],
      figure: (style) => liftFigure(bins, style),
      table: () =>
        dataTable<Sampled<LiftBin>>({
          caption: trans.__('Lift by tenths of the rows, highest scores first'),
          trans,
          rows: sampled(bins, context),
          columns: [
            {
              title: trans.__('Tenth'),
              kind: 'number',
              rowHeader: true,
              cell: ({ decile }) => String(decile),
              sortBy: ({ decile }) => decile,
            },
            { title: trans.__('Sample'), cell: ({ sample }) => sample, sortBy: ({ sample }) => sample },
            { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows) },
            { title: trans.__('Positives'), kind: 'number', cell: ({ positives }) => formatFraction(positives) },
            {
              title: trans.__('Lift'),
              kind: 'number',
              cell: ({ lift }) => formatNumber(lift, 3),
              sortBy: ({ lift }) => lift,
            },
          ],
        }),
    },
    context,
  );
}

function sampled<Bin>({ baseline, current }: Pair<readonly Bin[]>, { trans }: PanelContext): Sampled<Bin>[] {
  return [
    ...(baseline ?? []).map((bin) => ({ ...bin, sample: trans.__('baseline') })),
    ...(current ?? []).map((bin) => ({ ...bin, sample: trans.__('current') })),
  ];
}

function sampleKeys(
  { baseline, current }: Pair<unknown>,
  [first, second]: readonly [LegendKey, LegendKey],
  { trans }: PanelContext,
): (readonly [LegendKey, string])[] {
  return [
    ...(baseline === undefined ? [] : [[first, trans.__('baseline')] as const]),
    ...(current === undefined ? [] : [[second, trans.__('current')] as const]),
  ];
}
