import type { ExplainedRow, OutputAttributionReport } from 'driftline';
import { drawnSteps, waterfallFigure, waterfallSteps } from '../../charts/model-explainability/waterfall.js';
import { formatShare, probabilityOf } from '../../format/attribution-format.js';
import { shorten } from '../../format/shorten.js';
import { formatTimeAndZone } from '../../format/time-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { chooser } from '../../widgets/chooser.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { longestName, scaleWords } from './attribution-words.js';
import type { ShownReport } from './shown-report.js';

/** Up to so many requests the list has no filter. */
const seenAtOnce = 12;

/** Single requests in a list, and beside it how the answer to the chosen one came about. */
export function examplesView(output: OutputAttributionReport, report: ShownReport, context: PanelContext): HTMLElement {
  const { trans } = context;
  const name = ({ reason, time, eventId }: ExplainedRow): string => [reason, time, eventId].filter(Boolean).join(' ');
  const { node } = chooser<ExplainedRow>(
    {
      items: output.examples,
      name,
      parts: (row) => [
        element(
          'span',
          { class: 'driftline-facet' },
          element('span', { class: 'driftline-name', title: row.reason }, sentence(row.reason)),
          element('span', { class: 'driftline-muted' }, `${trans.__('answer')} ${answerWords(row.answer, report)}`),
        ),
      ],
      detail: (row) => exampleDetail(row, output, report, context),
      filterWords: trans.__('Filter requests'),
      countWords: (left, all) => trans.__('%1 of %2 requests', left, all),
      unfiltered: seenAtOnce,
      className: 'driftline-facets driftline-plain',
    },
    context,
  );
  return node;
}

function sentence(reason: string): string {
  return shorten(reason, longestName).replace(/^./u, (first) => first.toUpperCase());
}

/** The answer on the report's scale; of log-odds also the probability. */
function answerWords(answer: number, { scale, numbers }: ShownReport): string {
  const text = numbers.value(answer);
  return scale === 'log-odds' ? `${text} (${formatShare(probabilityOf(answer))})` : text;
}

function exampleDetail(
  row: ExplainedRow,
  { expectedValue, label }: OutputAttributionReport,
  report: ShownReport,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const expected =
    expectedValue.current ??
    expectedValue.baseline ??
    row.answer - row.features.reduce((sum, { attribution }) => sum + attribution, 0);
  const unit = scaleWords(report.scale, trans);
  const title = trans.__('From the expected value to the answer');
  const [largest] = row.features;
  return [
    element('h5', { tabindex: '-1', class: 'driftline-subject' }, sentence(row.reason)),
    element(
      'dl',
      { class: 'driftline-facts' },
      fact(trans.__('Answer'), answerWords(row.answer, report), unit),
      ...(row.time === undefined ? [] : [fact(trans.__('Captured'), formatTimeAndZone(row.time))]),
      ...(row.eventId === undefined ? [] : [fact(trans.__('Event'), shorten(row.eventId, longestName))]),
      fact(trans.__('Output'), shorten(label, longestName)),
    ),
    chartWithTable(
      {
        title,
        level: 5,
        label: [
          trans.__(
            'Waterfall from the expected value %1 to the answer %2.',
            report.numbers.value(expected),
            report.numbers.value(row.answer),
          ),
          largest &&
            trans.__(
              'The largest step is %1 with %2.',
              shorten(largest.feature, 60),
              report.numbers.step(largest.attribution),
            ),
        ]
          .filter((each) => typeof each === 'string')
          .join(' '),
        legend: [
          ['raises', trans.__('raises the answer')],
          ['lowers', trans.__('lowers it')],
        ],
        figure: (style) =>
          waterfallFigure(
            waterfallSteps(row, expected, {
              rest: (count) => trans.__('%1 other features', count),
              missing: trans.__('missing'),
            }),
            { expected, answer: row.answer },
            { title: unit, numbers: report.numbers },
            style,
          ),
        table: () => stepsTable(title, row, report, context),
        note:
          row.features.length > drawnSteps + 1 &&
          trans.__('The %1 largest of %2 features; the table has all.', drawnSteps, row.features.length),
      },
      context,
    ),
  ];
}

function stepsTable(
  caption: string,
  { features }: ExplainedRow,
  { numbers }: ShownReport,
  { trans }: PanelContext,
): HTMLElement {
  return dataTable<ExplainedRow['features'][number]>({
    caption,
    trans,
    compact: true,
    rows: features,
    columns: [
      {
        title: trans.__('Feature'),
        rowHeader: true,
        cell: ({ feature }) => shorten(feature, longestName),
        sortBy: ({ feature }) => feature,
      },
      {
        title: trans.__('Value'),
        kind: 'code',
        cell: ({ value }) =>
          value === null
            ? element('span', { class: 'driftline-muted' }, trans.__('missing'))
            : shorten(value, longestName),
      },
      {
        title: trans.__('Attribution'),
        kind: 'number',
        cell: ({ attribution }) => numbers.step(attribution),
        sortBy: ({ attribution }) => attribution,
      },
    ],
  });
}
