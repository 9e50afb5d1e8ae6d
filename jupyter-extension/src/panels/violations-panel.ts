import type { Report, Violation } from 'driftline';
import { formatCount, noValue } from '../format/number-format.js';
import { formatTime, isLocal } from '../format/time-format.js';
import { dataTable } from '../widgets/data-table.js';
import { button, type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';
import { checkWords } from './feature-state.js';
import { impactColumns, impactNote, impactsOf } from './impact-view.js';
import type { ReportProject } from './report-project.js';
import { decidedStates } from './violation/state-words.js';
import { violationSubjects } from './violation-subject.js';

/** Of what the deciding rule does not see, so many rows stand with the others; more are folded. */
const seenWithOthers = 6;

/**
 * The violations as a table that can be sorted; the button in a row goes to what it is about. Many that only the other
 * rule sees are folded, so that they do not hide those that count.
 *
 * @param project - that of the report, once it is found: each violation then says what people decided about it, and leads
 * to its own view.
 */
export function violationsPanel(
  report: Report,
  context: PanelContext,
  goTo: (violation: Violation) => void,
  project?: Promise<ReportProject | undefined>,
): HTMLElement {
  const { trans } = context;
  const { violations, rule } = report;
  const others = violations.filter(({ rules }) => !rules.includes(rule));
  const note = impactNote(report, context);
  const table = (rows: readonly Violation[]): HTMLElement => {
    const options = { report, rows, goTo };
    return followed((found) => violationsTable(options, found, context), project);
  };
  if (others.length <= seenWithOthers) {
    const all = table(violations);
    return note === undefined ? all : element('div', { class: 'driftline-violations' }, all, note);
  }
  const own = violations.filter(({ rules }) => rules.includes(rule));
  return element(
    'div',
    { class: 'driftline-violations' },
    own.length > 0 && table(own),
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
      table(others),
    ),
    note,
  );
}

/** A table that is made again when its project is found, and when decisions of the project have changed. */
function followed(
  make: (project: ReportProject | undefined) => HTMLElement,
  project: Promise<ReportProject | undefined> | undefined,
): HTMLElement {
  if (project === undefined) return make(undefined);
  const place = element('div', {}, make(undefined));
  void project.then((found) => {
    if (found === undefined) return;
    const draw = (): void => place.replaceChildren(make(found));
    draw();
    found.watch(draw);
  });
  return place;
}

interface TableContent {
  readonly report: Report;
  readonly rows: readonly Violation[];
  readonly goTo: (violation: Violation) => void;
}

function violationsTable(
  { report, rows, goTo }: TableContent,
  project: ReportProject | undefined,
  { trans }: PanelContext,
): HTMLElement {
  const subject = violationSubjects(report);
  const deciding = ({ rules }: Violation): boolean => rules.includes(report.rule);
  const { modelQuality, modelBias, modelExplainability } = report;
  const ofMetrics = (modelQuality ?? modelBias ?? modelExplainability) !== undefined;
  const impacts = impactsOf(report);
  const counts = (violation: Violation): boolean => project?.stateOf(violation).counts ?? true;
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
    rowAttributes: (violation) => ({
      class: deciding(violation) && counts(violation) ? undefined : 'driftline-undeciding',
    }),
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
              ? statusMark(counts(violation) ? 'violated' : 'quiet', checkWords(violation.check, trans))
              : statusMark(
                  'drifting',
                  trans.__('%1 (%2 rule only)', checkWords(violation.check, trans), violation.rules.join(', ')),
                ),
            element('span', { class: 'driftline-muted' }, subject(violation).explanation),
            ...(project === undefined
              ? []
              : decidedStates(project.stateOf(violation), trans).map(({ tone, words }) => statusMark(tone, words))),
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
      ...(project === undefined
        ? []
        : [
            {
              title: trans.__('Records'),
              cell: (violation: Violation) =>
                button(
                  {
                    class: 'driftline-link',
                    'aria-label': trans.__('Follow the violation of %1', subject(violation).title),
                  },
                  () => project.open(violation),
                  trans.__('Follow'),
                ),
              value: () => undefined,
            },
          ]),
    ],
  });
}

/** What a row of the table is about. */
function subjectTitle({ modelQuality, modelBias, modelExplainability }: Report, trans: PanelContext['trans']): string {
  if (modelBias !== undefined) return trans.__('Group and metric');
  if (modelExplainability !== undefined) return trans.__('Output of the model');
  return modelQuality === undefined ? trans.__('Feature') : trans.__('Metric');
}
