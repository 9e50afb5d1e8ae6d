import type { Report } from 'driftline';
import type { Measure } from 'driftline/browser';
import { formatCount } from '../../format/number-format.js';
import { formatWindow } from '../../format/time-format.js';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import { commandIds } from '../../tokens.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, type Child, element } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { statusMark } from '../../widgets/status-mark.js';
import { chanceIn, outcomeIn, typeIn } from './compare-words.js';
import {
  formatCompared,
  formatComparedChange,
  formatComparedInterval,
  formatComparedLimit,
} from './compared-format.js';
import type { ComparedSideChoice, ComparedSides } from './compared-sides.js';
import { type ComparedMeasure, compareReports, countChances } from './comparison-rows.js';
import { overlaidView } from './overlaid-view.js';

/** The reports of both sides. */
export interface ComparedReports {
  readonly left: Report;
  readonly right: Report;
}

/** What was chosen, and how the reader comes to the other way of comparing. */
export interface ExecutionsViewOptions {
  readonly found: ComparedSides;
  /** Compares the windows of both directly. */
  readonly directly: () => void;
}

/** Two executions measure by measure, and where there are any the two current distributions over one another. */
export function executionsView(
  { left, right }: ComparedReports,
  { found, directly }: ExecutionsViewOptions,
  context: MainPanelContext,
): readonly Child[] {
  const { trans } = context;
  const rows = compareReports(left, right);
  return [
    element(
      'div',
      { class: 'driftline-compare-reports' },
      sideSummary(trans.__('Baseline'), left, found.left, context),
      sideSummary(trans.__('Current'), right, found.right, context),
    ),
    section(trans.__('What changed'), ...changes(rows, left, right, context)),
    element(
      'div',
      { class: 'driftline-actions' },
      button({ class: 'driftline-action' }, directly, trans.__('Compare these two windows directly')),
    ),
    overlaidView(rows, left, right, context),
  ];
}

function sideSummary(
  title: string,
  report: Report,
  { project, monitor, execution }: ComparedSideChoice,
  { trans, commands }: MainPanelContext,
): HTMLElement {
  const { status, window, current, headline } = report;
  const tone = { ok: 'ok', violations: 'violated', 'no-data': 'quiet' } as const;
  const open = (): void => {
    void commands.execute(commandIds.openExecution, {
      project,
      monitor: monitor ?? '',
      scheduledTime: execution?.scheduledTime ?? '',
    });
  };
  return element(
    'div',
    { class: 'driftline-compare-report' },
    element(
      'p',
      { class: 'driftline-compare-name' },
      element('strong', {}, title),
      ` ${monitor ?? ''}`,
      statusMark(tone[status], outcomeIn(status, trans)),
    ),
    element(
      'p',
      { class: 'driftline-muted' },
      [window && formatWindow(window), rowsIn(current.rows, trans)].filter(Boolean).join(' · '),
    ),
    element('p', {}, headline),
    commands.hasCommand(commandIds.openExecution) &&
      button({ class: 'driftline-action' }, open, trans.__('Open the report')),
  );
}

function rowsIn(rows: number, trans: MainPanelContext['trans']): string {
  return rows === 1 ? trans.__('1 row') : trans.__('%1 rows', formatCount(rows));
}

function changes(
  rows: readonly ComparedMeasure[],
  left: Report,
  right: Report,
  { trans }: MainPanelContext,
): readonly Child[] {
  if (rows.length === 0) {
    return [
      element('p', {}, trans.__('Neither execution measured anything: choose executions whose windows have data.')),
    ];
  }
  const { moved, within, unknown } = countChances(rows);
  const drift = left.monitorType === 'data-quality';
  const counted = [
    moved > 0 && trans.__('%1 moved beyond chance', moved),
    within > 0 && trans.__('%1 within chance', within),
    unknown > 0 && !drift && trans.__('%1 not known', unknown),
  ].filter((part) => part !== false);
  return [
    counted.length > 0 && element('p', { class: 'driftline-compare-count' }, counted.join(' · ')),
    element('p', { class: 'driftline-muted' }, drift ? driftNote(trans) : intervalNote(trans)),
    element(
      'div',
      { class: 'driftline-compare-changes' },
      dataTable<ComparedMeasure>({
        caption: trans.__('What both executions measured (%1)', typeIn(left.monitorType, trans)),
        trans,
        stack: true,
        rows,
        rowAttributes: ({ key }) => ({ 'data-measure': key }),
        columns: [
          {
            title: drift ? trans.__('Feature') : trans.__('Measure'),
            rowHeader: true,
            cell: ({ title, of }) =>
              of === undefined
                ? title
                : element('span', {}, title, element('span', { class: 'driftline-compare-more' }, of)),
            value: ({ title, of }) => (of === undefined ? title : `${title}, ${of}`),
            sortBy: ({ title, of }) => `${title} ${of ?? ''}`,
          },
          sideColumn(trans.__('Baseline'), ({ baseline }) => baseline, left, trans),
          sideColumn(trans.__('Current'), ({ current }) => current, right, trans),
          {
            title: rows.every(({ unit }) => unit === 'share') ? trans.__('Change (points)') : trans.__('Change'),
            kind: 'number',
            cell: (row) =>
              row.unit === 'share' && row.change !== undefined
                ? trans.__('%1 points', formatComparedChange(row))
                : formatComparedChange(row),
            sortBy: ({ change }) => change,
          },
          {
            title: trans.__('More than chance?'),
            cell: ({ chance }) => statusMark(...chanceIn(chance, trans)),
            sortBy: ({ chance }) => ({ moved: 0, within: 1, unknown: 2 })[chance],
          },
        ],
      }),
    ),
  ];
}

function driftNote(trans: MainPanelContext['trans']): string {
  return trans.__(
    "Each distance is that from the monitor's own baseline. It has no 95 % interval with two bounds, so whether its change is more than chance is not known from the reports; to find out, compare the windows of capture directly.",
  );
}

function intervalNote(trans: MainPanelContext['trans']): string {
  return trans.__(
    'Moved beyond chance: the 95 % intervals of the two sides do not overlap. Below each value stand its interval and its limit.',
  );
}

function sideColumn(
  title: string,
  measureOf: (row: ComparedMeasure) => Measure | undefined,
  { status }: Report,
  trans: MainPanelContext['trans'],
): Parameters<typeof dataTable<ComparedMeasure>>[0]['columns'][number] {
  return {
    title,
    kind: 'number',
    cell: (row) => {
      const measure = measureOf(row);
      if (measure === undefined) {
        return element(
          'span',
          { class: 'driftline-muted' },
          status === 'no-data' ? trans.__('no data') : trans.__('not measured'),
        );
      }
      const { unit } = row;
      const limit = formatComparedLimit(measure, unit);
      const more = [
        formatComparedInterval(measure, unit),
        limit === undefined ? undefined : trans.__('limit %1', limit),
      ].filter((part) => part !== undefined);
      return element(
        'span',
        { class: 'driftline-compare-measure' },
        element(
          'span',
          { class: 'driftline-compare-stated' },
          measure.subject.kind !== 'share' && stateOf(measure, trans),
          element('span', { class: 'driftline-compare-value' }, formatCompared(measure.value, unit)),
        ),
        more.length > 0 && element('span', { class: 'driftline-compare-more' }, more.join(' · ')),
      );
    },
    sortBy: (row) => measureOf(row)?.value,
  };
}

/** A feature can be violated by another check than that of its distance. */
function stateOf({ violated, subject, value, maximum }: Measure, trans: MainPanelContext['trans']): HTMLElement {
  if (!violated) return statusMark('ok', trans.__('no violation'));
  const other = subject.kind === 'drift' && (value ?? 0) <= (maximum ?? Infinity);
  return statusMark('violated', other ? trans.__('violation of another check') : trans.__('violation'));
}
