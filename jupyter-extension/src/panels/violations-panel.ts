import type { Report, Violation } from 'driftline';
import { formatCount, noValue } from '../format/number-format.js';
import { formatTime, isLocal } from '../format/time-format.js';
import { dataTable } from '../widgets/data-table.js';
import { button, type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';
import { checkWords } from './feature-state.js';
import { impactColumns, impactNote, impactsOf } from './impact-view.js';
import { violationSubjects } from './violation-subject.js';

/** Of what the deciding rule does not see, so many rows stand with the others; more are folded. */
const seenWithOthers = 6;

/** Ways from a report to other panels; a report alone, in a notebook or a file, has none. */
export interface ReportLinks {
  /** To the records behind a violation. */
  readonly violation?: (violation: Violation) => HTMLElement | undefined;
}

/**
 * The violations as a table that can be sorted; the button in a row goes to what it is about. Many that only the other
 * rule sees are folded, so that they do not hide those that count.
 */
export function violationsPanel(
  report: Report,
  context: PanelContext,
  goTo: (violation: Violation) => void,
  links: ReportLinks = {},
): HTMLElement {
  const { trans } = context;
  const { violations, rule } = report;
  const others = violations.filter(({ rules }) => !rules.includes(rule));
  const note = impactNote(report, context);
  if (others.length <= seenWithOthers) {
    const table = violationsTable(report, violations, context, goTo, links);
    return note === undefined ? table : element('div', { class: 'driftline-violations' }, table, note);
  }
  const own = violations.filter(({ rules }) => rules.includes(rule));
  return element(
    'div',
    { class: 'driftline-violations' },
    own.length > 0 && violationsTable(report, own, context, goTo, links),
    element(
      'details',
      { class: 'driftline-folded' },
      element(
        'summary',
        {},
        trans._n(
          '1 violation that the %2 rule does not see',
          '%1 violations that the %2 rule does not see',
          others.length,
          rule,
        ),
      ),
      violationsTable(report, others, context, goTo, links),
    ),
    note,
  );
}

function violationsTable(
  report: Report,
  rows: readonly Violation[],
  { trans }: PanelContext,
  goTo: (violation: Violation) => void,
  links: ReportLinks,
): HTMLElement {
  const subject = violationSubjects(report);
  const deciding = ({ rules }: Violation): boolean => rules.includes(report.rule);
  const { modelQuality, modelBias, modelExplainability } = report;
  const ofMetrics = (modelQuality ?? modelBias ?? modelExplainability) !== undefined;
  const impacts = impactsOf(report);
  const name = (violation: Violation): Child => {
    const { title, more, known } = subject(violation);
    const head = known
      ? button(
          { class: 'driftline-link', title: trans.__('Show %1', more ?? violation.feature) },
          () => goTo(violation),
          title,
        )
      : title;
    return more === undefined
      ? head
      : element('div', { class: 'driftline-what' }, head, element('span', { class: 'driftline-muted' }, more));
  };
  return dataTable<Violation>({
    caption: trans.__('Violations'),
    trans,
    stack: true,
    rows,
    rowAttributes: (violation) => ({ class: deciding(violation) ? undefined : 'driftline-undeciding' }),
    columns: [
      {
        title: subjectTitle(report, trans),
        rowHeader: true,
        cell: name,
        sortBy: (violation) => subject(violation).title,
      },
      {
        title: trans.__('What happened'),
        cell: (violation) =>
          element(
            'div',
            { class: 'driftline-what' },
            deciding(violation)
              ? statusMark('violated', checkWords(violation.check, trans))
              : statusMark(
                  'drifting',
                  trans.__('%1 (%2 rule only)', checkWords(violation.check, trans), violation.rules.join(', ')),
                ),
            element('span', { class: 'driftline-muted' }, subject(violation).explanation),
          ),
        sortBy: ({ check }) => check,
      },
      ...impactColumns<Violation>(({ feature }) => impacts.get(feature), impacts, report.impactSource, trans),
      {
        title: trans.__('Measured'),
        kind: 'number',
        cell: (violation) => subject(violation).measured,
        sortBy: ({ measured }) => measured,
      },
      {
        title: trans.__('Limit'),
        kind: 'number',
        cell: (violation) => subject(violation).limit,
        sortBy: ({ limit }) => limit,
      },
      ...(modelExplainability
        ? []
        : [
            {
              title: trans.__('Baseline'),
              kind: 'number' as const,
              cell: (violation: Violation) => subject(violation).baseline,
              sortBy: ({ baselineValue }: Violation) => baselineValue,
            },
          ]),
      ...(ofMetrics
        ? []
        : [
            {
              title: trans.__('Rows'),
              kind: 'number' as const,
              cell: ({ rows }: Violation) => formatCount(rows),
              sortBy: ({ rows }: Violation) => rows,
            },
          ]),
      {
        title: isLocal() ? trans.__('Since (local time)') : trans.__('Since (UTC)'),
        cell: ({ since }) =>
          since === undefined
            ? noValue
            : element(
                'span',
                { class: 'driftline-since' },
                formatTime(since.hour),
                since.orEarlier && element('span', { class: 'driftline-muted' }, ` ${trans.__('or earlier')}`),
                since.until !== undefined &&
                  element('span', { class: 'driftline-muted' }, ` ${trans.__('until %1', formatTime(since.until))}`),
              ),
        sortBy: ({ since }) => since?.hour,
      },
      ...(rows.some((violation) => links.violation?.(violation) !== undefined)
        ? [
            {
              title: trans.__('Records'),
              cell: (violation: Violation) => links.violation?.(violation) ?? noValue,
              value: () => undefined,
            },
          ]
        : []),
    ],
  });
}

/** What a row of the table is about. */
function subjectTitle({ modelQuality, modelBias, modelExplainability }: Report, trans: PanelContext['trans']): string {
  if (modelBias !== undefined) return trans.__('Group and metric');
  if (modelExplainability !== undefined) return trans.__('Output of the model');
  return modelQuality === undefined ? trans.__('Feature') : trans.__('Metric');
}
