import type { LabelCoverage, ModelQualityReport } from 'driftline';
import { labelCoverageFigure } from '../../charts/label-coverage.js';
import { formatHours } from '../../format/metric-format.js';
import { formatCount, formatFraction, formatNumber, noValue } from '../../format/number-format.js';
import { formatTime } from '../../format/time-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';

/** Where label and prediction were found, how many predictions have their label, and how late labels come. */
export function coveragePanel({ coverage, ...quality }: ModelQualityReport, context: PanelContext): HTMLElement[] {
  const chart = coverage.hours.length > 1 ? [coverageChart(coverage, context)] : [];
  return [
    element('dl', { class: 'driftline-facts' }, ...coverageFacts(coverage, context), ...addressFacts(quality, context)),
    ...chart,
  ];
}

function coverageFacts(coverage: LabelCoverage, { trans }: PanelContext): HTMLElement[] {
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

function addressFacts(
  { addressing, problemType }: Pick<ModelQualityReport, 'addressing' | 'problemType'>,
  { trans }: PanelContext,
): HTMLElement[] {
  const { label, prediction, probability, threshold, positiveLabel } = addressing;
  const problems: Readonly<Record<string, string>> = {
    BinaryClassification: trans.__('binary classification'),
    MulticlassClassification: trans.__('multiclass classification'),
    Regression: trans.__('regression'),
  };
  return [
    fact(
      trans.__('Problem'),
      problems[problemType] ?? problemType,
      positiveLabel !== undefined && trans.__('positive class %1', positiveLabel),
    ),
    fact(trans.__('Label'), label),
    fact(trans.__('Prediction'), prediction),
    ...(probability === undefined
      ? []
      : [
          fact(
            trans.__('Probability'),
            probability,
            threshold !== undefined && trans.__('positive above %1', formatNumber(threshold)),
          ),
        ]),
  ];
}

function coverageChart({ hours, predictions, labelled }: LabelCoverage, context: PanelContext): HTMLElement {
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
              title: trans.__('Hour (UTC)'),
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
