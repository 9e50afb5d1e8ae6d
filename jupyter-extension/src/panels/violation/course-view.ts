import type { ExecutionRecord, MonitorType, Violation } from 'driftline';
import { type MeasuredSeries, type MeasureSubject, measureKey } from 'driftline/browser';
import type { TimeEvent } from '../../charts/event-marks.js';
import { type MeasurePoint, measurePoints } from '../../charts/measure-points.js';
import { measureTimeFigure } from '../../charts/measure-time.js';
import type { ShownSpan } from '../../charts/time-axis.js';
import { formatBias } from '../../format/bias-format.js';
import { formatMeasure } from '../../format/measure-format.js';
import { formatMetric } from '../../format/metric-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { formatTime, formatWindow } from '../../format/time-format.js';
import { reportLate } from '../../main-area/report-late.js';
import { commandIds } from '../../tokens.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import { tabOfType } from '../dashboard/dashboard-args.js';
import type { FoundViolation } from './find-violation.js';
import type { ViolationContext } from './violation-context.js';

/** How far back and forth the history is shown: so many days, or windows where they are longer. */
const DAYS = 45;
const WINDOWS = 30;

/** The monitor's history around the execution. */
export interface History {
  readonly executions: readonly ExecutionRecord[];
  readonly measures: MeasuredSeries;
}

/** Reads the history of the weeks before the execution and after it. */
export async function loadHistory({ store, monitor, execution }: FoundViolation): Promise<History> {
  const at = Date.parse(execution.scheduledTime);
  const length = Date.parse(execution.window.end) - Date.parse(execution.window.start);
  const reach = Math.max(DAYS * 86_400_000, WINDOWS * length);
  const span = { from: new Date(at - reach), to: new Date(at + reach) };
  const [executions, measures] = await Promise.all([store.executions(monitor, span), store.measures(monitor, span)]);
  return { executions, measures };
}

/** What is drawn against time. */
interface Course {
  readonly title: string;
  readonly points: readonly MeasurePoint[];
  readonly text: (value: number) => string;
  readonly limits: 'lines' | 'allowed';
  readonly fair?: number;
  readonly least?: number;
  readonly most?: number;
  readonly note?: string;
}

/** The measure by execution, this one marked; undefined where the history has less than two. */
export function courseView(
  found: FoundViolation,
  history: History,
  context: ViolationContext,
): HTMLElement | undefined {
  const course = courseOf(found, history, context);
  const { trans, commands } = context;
  const { store, monitor, config, violation, execution } = found;
  const points = course.points.filter(({ value }) => value !== undefined);
  if (points.length < 2) return undefined;
  const span = spanOf(course.points);
  const violated = points.filter((point) => point.violated);
  const { title, text } = course;
  const open = (scheduledTime: string): void => {
    const args = { project: store.path, monitor, scheduledTime, violation: violation.id };
    if (violated.some((point) => point.scheduledTime === scheduledTime)) {
      commands.execute(commandIds.openViolation, args).catch(reportLate);
    }
  };
  const brush = (from: string, to: string): void => {
    const args = { project: store.path, endpoint: config.endpoint, monitor, tab: tabOfType[config.type], from, to };
    if (commands.hasCommand(commandIds.openDashboard)) {
      commands.execute(commandIds.openDashboard, args).catch(reportLate);
    }
  };
  return chartWithTable(
    {
      title: trans.__('%1 by execution', title),
      label: trans.__(
        'Line chart of %1 over %2 executions; %3 of them found a violation.',
        title,
        formatCount(points.length),
        formatCount(violated.length),
      ),
      legend: legendOf(course, points, context),
      figure: (style) =>
        measureTimeFigure({ ...course, span, events: eventsOf(found), selected: execution.scheduledTime }, style),
      onBrush: brush,
      onClick: (customdata) => {
        if (typeof customdata === 'string') open(customdata);
      },
      table: () =>
        dataTable<MeasurePoint>({
          caption: trans.__('%1 by execution', title),
          trans,
          compact: true,
          rows: course.points,
          columns: [
            {
              title: trans.__('Window'),
              rowHeader: true,
              cell: (point) => formatWindow({ start: point.start, end: point.scheduledTime }),
              sortBy: ({ scheduledTime }) => scheduledTime,
            },
            {
              title,
              kind: 'number',
              cell: ({ value }) => (value === undefined ? noValue : text(value)),
              sortBy: ({ value }) => value,
            },
            {
              title: trans.__('Found'),
              cell: (point) => (point.violated ? trans.__('violation') : trans.__('no violation')),
              sortBy: (point) => Number(point.violated),
            },
            {
              title: trans.__('Rows'),
              kind: 'number',
              cell: ({ rows }) => formatCount(rows),
              sortBy: ({ rows }) => rows,
            },
          ],
        }),
      note: [
        trans.__(
          'The window of this execution, which ended %1, is shaded. A violation leads to its own view; dragging along the time leads to the dashboard.',
          formatTime(execution.scheduledTime),
        ),
        course.note,
      ]
        .filter((sentence) => sentence !== undefined)
        .join(' '),
    },
    context,
  );
}

/** What happened to the endpoint, and what was decided about the violation. */
function eventsOf({ store, config, monitor, violation }: FoundViolation): TimeEvent[] {
  const { events, decisions } = store.annotations;
  return [
    ...events.filter(({ endpoint }) => endpoint === undefined || endpoint === config.endpoint),
    ...decisions
      .filter((decision) => decision.monitor === monitor && decision.violation === violation.id)
      .map(({ id, at, kind, text = '' }): TimeEvent => ({ id, time: at, kind, text })),
  ];
}

function courseOf(found: FoundViolation, { executions, measures }: History, { trans }: ViolationContext): Course {
  const { violation, config } = found;
  const place = measures.subjects.findIndex(({ key }) => key === measureKey(violation));
  const subject = measures.subjects[place];
  const measured = subject === undefined ? [] : measurePoints(measures, place);
  if (subject !== undefined && (violation.check === 'baseline_drift_check' || config.type !== 'data-quality')) {
    if (violation.unit !== 'p-value') return measureCourse(found, subject, measured);
  }
  if (violation.check === 'completeness_check' && measured.some(({ completeness }) => completeness !== undefined)) {
    const points = measured.map(({ completeness, scheduledTime, start, rows }): MeasurePoint => {
      return {
        scheduledTime,
        start,
        rows,
        ...(completeness !== undefined && { value: completeness }),
        minimum: violation.limit,
        violated: isFound(executions, scheduledTime, violation.id),
      };
    });
    return { title: trans.__('Share of rows with a value'), points, text: unitText(found), limits: 'lines', most: 1 };
  }
  return recordedCourse(found, executions, trans);
}

/** A series of the history. */
function measureCourse(found: FoundViolation, subject: MeasureSubject, points: readonly MeasurePoint[]): Course {
  const { kind, title, facet, fair } = subject;
  const { feature } = found.violation;
  const names: Readonly<Record<MeasureSubject['kind'], string>> = {
    drift: `${title}: distance`,
    metric: title,
    bias: facet === undefined ? feature : `${feature}, ${facet}`,
    ranking: title,
    share: title,
  };
  return {
    title: names[kind],
    points,
    text: unitText(found),
    limits: kind === 'bias' ? 'allowed' : 'lines',
    ...(fair !== undefined && { fair }),
    ...(kind === 'drift' && { least: 0 }),
    ...(kind === 'ranking' && { most: 1 }),
  };
}

/** What the executions that found the violation measured: the others keep no number of it. */
function recordedCourse(
  { violation, report }: FoundViolation,
  executions: readonly ExecutionRecord[],
  trans: ViolationContext['trans'],
): Course {
  const points = executions.flatMap(({ scheduledTime, window, rows, violations, outcome, rule }): MeasurePoint[] => {
    if (outcome !== 'ok' && outcome !== 'violations') return [];
    const own = violations.find(({ id }) => id === violation.id);
    const head = { scheduledTime, start: window.start, rows };
    if (own === undefined) return [{ ...head, violated: false }];
    return [
      {
        ...head,
        value: own.measured,
        ...(violation.measured < violation.limit ? { minimum: own.limit } : { maximum: own.limit }),
        violated: rule === undefined || own.rules.includes(rule),
      },
    ];
  });
  return {
    title: recordedTitle(violation, trans),
    points,
    text: (value) => formatMeasure(value, violation.unit),
    limits: 'lines',
    note: trans.__('Executions that did not find it keep no number.'),
    ...(violation.unit === 'fraction' && { most: 1 }),
    ...(report.modelQuality === undefined && violation.unit !== 'value' && { least: 0 }),
  };
}

function recordedTitle({ check }: Violation, trans: ViolationContext['trans']): string {
  if (check === 'categorical_values_check') return trans.__('Share of known values');
  if (check === 'data_type_check') return trans.__('Share of values of the expected type');
  if (check === 'missing_column_check' || check === 'extra_column_check') return trans.__('Columns');
  return trans.__('Measured');
}

function isFound(executions: readonly ExecutionRecord[], scheduledTime: string, id: string): boolean {
  const execution = executions.find((known) => known.scheduledTime === scheduledTime);
  return (
    execution?.violations.some(
      (violation) => violation.id === id && (execution.rule === undefined || violation.rules.includes(execution.rule)),
    ) ?? false
  );
}

/** A number of the measure as text, in its unit. */
function unitText({ report, violation, config }: FoundViolation): (value: number) => string {
  const byType: Readonly<Record<MonitorType, () => (value: number) => string>> = {
    'data-quality': () => (value) => formatMeasure(value, violation.unit),
    'model-quality': () => {
      const unit = report.modelQuality?.metrics.find(({ name }) => name === violation.feature)?.unit ?? 'value';
      return (value) => formatMetric(value, unit);
    },
    'model-bias': () => {
      const facet = report.modelBias?.facets.find(
        (known) => known.facet === violation.facet?.name && known.value === violation.facet.value,
      );
      const unit = facet?.metrics.find(({ name }) => name === violation.feature)?.unit ?? 'value';
      return (value) => formatBias(value, unit);
    },
    'model-explainability': () => (value) => value.toFixed(3),
  };
  return byType[config.type]();
}

function legendOf(
  { limits, fair }: Course,
  points: readonly MeasurePoint[],
  { trans }: ViolationContext,
): (readonly [LegendKey, string])[] {
  const has = (key: 'baseline' | 'estimate' | 'minimum' | 'maximum' | 'lower' | 'upper'): boolean =>
    points.some((point) => point[key] !== undefined);
  return [
    ['current-line', trans.__('measured')],
    ...(points.some((point) => point.violated) ? [['violated', trans.__('violation')] as const] : []),
    ...(has('lower') && has('upper') ? [['interval', trans.__('95 % interval')] as const] : []),
    ...(has('estimate') ? [['estimated-line', trans.__('estimated without labels')] as const] : []),
    ...(has('baseline') ? [['baseline-line', trans.__('baseline')] as const] : []),
    ...(has('minimum') || has('maximum')
      ? [
          limits === 'allowed'
            ? (['allowed', trans.__('allowed')] as const)
            : (['threshold', trans.__('limit')] as const),
        ]
      : []),
    ...(fair === undefined ? [] : [['fair', trans.__('equal treatment')] as const]),
  ];
}

function spanOf(points: readonly MeasurePoint[]): ShownSpan {
  const [first, last] = [points[0]!, points.at(-1)!];
  return { from: new Date(first.start), to: new Date(last.scheduledTime) };
}
