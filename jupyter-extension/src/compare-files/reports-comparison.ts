import type { Report, Violation } from 'driftline';
import { formatCount, noValue } from '../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../format/time-format.js';
import { checkWords } from '../panels/feature-state.js';
import { violationSubjects } from '../panels/violation-subject.js';
import { viewerHead } from '../viewers/viewer-head.js';
import { dataTable, type TableColumn } from '../widgets/data-table.js';
import { type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { statusMark, type Tone } from '../widgets/status-mark.js';
import { type ReportSubject, reportSubjects } from './report-subjects.js';
import { changeOf, joinByKey, numberColumns } from './side-by-side.js';

interface SubjectPair {
  readonly baseline: ReportSubject | undefined;
  readonly current: ReportSubject | undefined;
}

interface ViolationPair {
  readonly baseline: Violation | undefined;
  readonly current: Violation | undefined;
}

/** Two reports of one monitor type: their findings, and what they measured of each feature or metric, side by side. */
export function reportsComparison(baseline: Report, current: Report, context: PanelContext): HTMLElement {
  const { trans } = context;
  const subjects = joinByKey(reportSubjects(baseline, context), reportSubjects(current, context), ({ key }) => key);
  const violations = joinByKey(decided(baseline), decided(current), ({ id }) => id);
  const count = (state: ViolationState): number => violations.filter((pair) => stateOf(pair) === state).length;
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Reports compared'),
      [
        [trans.__('New violations'), count('new')],
        [trans.__('Still there'), count('still')],
        [trans.__('Gone'), count('gone')],
      ],
      count('new') > 0
        ? statusMark('violated', trans._n('1 new violation', '%1 new violations', count('new')))
        : statusMark('ok', trans.__('No new violation')),
    ),
    section(
      trans.__('The two reports'),
      element('div', { class: 'driftline-compared-facts' }, factsTable(baseline, current, context)),
    ),
    violations.length > 0 && section(trans.__('Violations'), violationsTable(violations, baseline, current, context)),
    subjects.length > 0 && section(subjectsTitle(current, context), subjectsTable(subjects, current, context)),
  );
}

/** The violations of the rule that decided; what only the other rule sees is none. */
function decided({ violations, rule }: Report): Violation[] {
  return violations.filter(({ rules }) => rules.includes(rule));
}

type Fact = readonly [name: string, of: (report: Report) => string];

function factsTable(baseline: Report, current: Report, { trans }: PanelContext): HTMLElement {
  const facts: readonly Fact[] = [
    [trans.__('Title'), ({ title }) => title],
    [trans.__('Window'), ({ window }) => (window === undefined ? noValue : formatWindow(window))],
    [trans.__('Rows'), ({ current: { rows } }) => formatCount(rows)],
    [trans.__('Found'), ({ headline }) => headline],
    [trans.__('Compared with'), ({ baseline: { source } }) => source],
    [trans.__('Rule'), ({ rule }) => rule],
    [trans.__('Made'), ({ createdAt }) => formatTimeAndZone(createdAt)],
  ];
  return dataTable<Fact>({
    caption: trans.__('The two reports'),
    trans,
    stack: true,
    rows: facts,
    columns: [
      { title: trans.__('Of the report'), rowHeader: true, cell: ([name]) => name },
      { title: trans.__('Baseline'), cell: ([, of]) => of(baseline) },
      { title: trans.__('Current'), cell: ([, of]) => of(current) },
    ],
  });
}

type ViolationState = 'new' | 'still' | 'gone';

function stateOf({ baseline, current }: ViolationPair): ViolationState {
  if (baseline === undefined) return 'new';
  return current === undefined ? 'gone' : 'still';
}

function violationsTable(
  pairs: readonly ViolationPair[],
  baseline: Report,
  current: Report,
  { trans }: PanelContext,
): HTMLElement {
  const [before, now] = [violationSubjects(baseline), violationSubjects(current)];
  const marks: Readonly<Record<ViolationState, readonly [Tone, string]>> = {
    new: ['violated', trans.__('new')],
    still: ['drifting', trans.__('still there')],
    gone: ['ok', trans.__('gone')],
  };
  const order: readonly ViolationState[] = ['new', 'still', 'gone'];
  const rank = (pair: ViolationPair): number => order.indexOf(stateOf(pair));
  const title = (pair: ViolationPair): string =>
    pair.current !== undefined
      ? now(pair.current).title
      : pair.baseline !== undefined
        ? before(pair.baseline).title
        : '';
  const measured = (violation: Violation | undefined, of: typeof now): string =>
    violation === undefined ? noValue : of(violation).measured;
  return dataTable<ViolationPair>({
    caption: trans.__('Violations'),
    trans,
    stack: true,
    rows: [...pairs].sort((a, b) => rank(a) - rank(b)),
    columns: [
      { title: trans.__('Of'), rowHeader: true, cell: title, sortBy: title },
      { title: trans.__('What'), cell: (pair) => checkWords((pair.current ?? pair.baseline)!.check, trans) },
      {
        title: trans.__('State'),
        cell: (pair) => statusMark(...marks[stateOf(pair)]),
        sortBy: (pair) => String(rank(pair)),
      },
      {
        title: trans.__('Baseline'),
        kind: 'number',
        cell: (pair) => measured(pair.baseline, before),
        sortBy: (pair) => pair.baseline?.measured,
      },
      {
        title: trans.__('Current'),
        kind: 'number',
        cell: (pair) => measured(pair.current, now),
        sortBy: (pair) => pair.current?.measured,
      },
    ],
  });
}

function subjectsTitle({ modelQuality, modelBias, modelExplainability }: Report, { trans }: PanelContext): string {
  if (modelExplainability !== undefined) return trans.__('Attributions');
  return modelQuality !== undefined || modelBias !== undefined ? trans.__('Metrics') : trans.__('Features');
}

function subjectsTable(pairs: readonly SubjectPair[], current: Report, context: PanelContext): HTMLElement {
  const { trans } = context;
  const { modelQuality, modelBias, modelExplainability } = current;
  const ofFeatures = (modelQuality ?? modelBias ?? modelExplainability) === undefined;
  const any = (pair: SubjectPair): ReportSubject => (pair.current ?? pair.baseline)!;
  const state = (subject: ReportSubject | undefined): Child =>
    subject === undefined ? noValue : statusMark(subject.tone, subject.words);
  const groups: TableColumn<SubjectPair>[] = pairs.some((pair) => any(pair).group !== undefined)
    ? [
        {
          title: modelBias === undefined ? trans.__('Output') : trans.__('Group'),
          cell: (pair) => any(pair).group ?? '',
          sortBy: (pair) => any(pair).group,
        },
      ]
    : [];
  const size = (pair: SubjectPair): number => Math.abs(changeOf(valuesOf(pair)) ?? 0);
  return dataTable<SubjectPair>({
    caption: subjectsTitle(current, context),
    trans,
    rows: ofFeatures ? [...pairs].sort((a, b) => size(b) - size(a)) : pairs,
    columns: [
      {
        title: ofFeatures ? trans.__('Feature') : trans.__('Metric'),
        rowHeader: true,
        cell: (pair) => any(pair).name,
        sortBy: (pair) => any(pair).name,
      },
      ...groups,
      {
        title: trans.__('State before'),
        cell: ({ baseline }) => state(baseline),
        sortBy: (pair) => pair.baseline?.words,
      },
      { title: trans.__('State now'), cell: ({ current: now }) => state(now), sortBy: (pair) => pair.current?.words },
      ...numberColumns<SubjectPair>(valuesOf, (value, pair) => any(pair).format(value), trans),
    ],
  });
}

function valuesOf({ baseline, current }: SubjectPair): { baseline: number | undefined; current: number | undefined } {
  return { baseline: baseline?.value, current: current?.value };
}
