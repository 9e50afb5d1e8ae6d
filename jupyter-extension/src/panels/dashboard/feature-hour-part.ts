import type { ExecutionRecord, FeatureReport } from 'driftline';
import { categoriesOfHour, distributionOfHour, type HourlyFeature, type HoursFile } from 'driftline/browser';
import { ratioOf } from '../../charts/drift-grid.js';
import { formatCount, formatDistance, formatFraction, formatNumber, noValue } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import type { ReadReport } from '../../report/read-report.js';
import { commandIds } from '../../tokens.js';
import { button, type Child, element, uniqueId } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { statusMark } from '../../widgets/status-mark.js';
import { distributionView } from '../distribution-view.js';
import type { Dashboard } from './dashboard.js';
import { type ChosenCell, chosenCell, driftMap } from './drift-choice.js';
import { decidedViolations } from './execution-words.js';
import type { HoursFiles } from './hours-files.js';
import { hasReport, type MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';
import { measureFrom } from './timing.js';

interface Loaded {
  readonly history: MonitorHistory;
  readonly cell: ChosenCell | undefined;
  readonly execution?: ExecutionRecord | undefined;
  readonly read?: ReadReport;
  readonly hours?: HoursFile | undefined;
}

/** One feature in one hour: how far it is from the baseline, both distributions, completeness, and categories that came and went. */
export function featureHourPart(dashboard: Dashboard, files: HoursFiles): HistoryPart {
  const { context, store } = dashboard;
  let history: MonitorHistory | undefined;
  const load = async (): Promise<Loaded> => {
    const shown = history!;
    const cell = chosenCell(dashboard, shown);
    const execution = shown.executions.find(({ scheduledTime }) => scheduledTime === cell?.slot.scheduledTime);
    if (execution === undefined || !hasReport(execution)) return { history: shown, cell, execution };
    const [read, hours] = await Promise.all([
      store.report(shown.monitor, execution),
      cell?.slot.hourly ? files.read(shown.monitor, execution) : undefined,
    ]);
    return { history: shown, cell, execution, read, hours };
  };
  const part = new RefreshedPart<Loaded>(
    { load, make: (loaded) => featureHour(dashboard, loaded) },
    context,
    'driftline-hour',
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      const cell = chosenCell(dashboard, next);
      const { from, to } = dashboard.span;
      const range = `${from.getTime()} ${to.getTime()}`;
      return part.update(`${next.monitor} ${cell?.row.name}\n${cell?.slot.start} ${range} ${next.key}`);
    },
  };
}

function featureHour(dashboard: Dashboard, { history, cell, execution, read, hours }: Loaded): readonly Child[] {
  const { context } = dashboard;
  const { trans } = context;
  if (cell === undefined || execution === undefined) return [];
  const { row, slot } = cell;
  const report = read && 'report' in read ? read.report : undefined;
  const feature = report?.features.find(({ name }) => name === row.name);
  const hourly = hours?.features.find(({ name }) => name === row.name);
  const place = hours?.hours.findIndex((hour) => Date.parse(hour) === Date.parse(slot.start)) ?? -1;
  const known = hourly !== undefined && place >= 0;
  const distribution = known ? distributionOfHour(hourly, place) : feature?.distribution;
  const window = slot.hourly && !known;
  return [
    head(dashboard, history, cell),
    judgement(dashboard, cell, history, execution),
    facts(dashboard, cell, known ? { hourly, place } : undefined, feature),
    window &&
      element(
        'p',
        { class: 'driftline-note' },
        trans.__(
          'The distributions of single hours were not kept for this window: this is the whole of it, %1.',
          formatWindow(execution.window),
        ),
      ),
    distribution === undefined
      ? element(
          'p',
          { class: 'driftline-muted' },
          feature?.reason ?? trans.__('Baseline and current cannot be compared.'),
        )
      : distributionView({ name: row.name, distribution }, context, {
          title: slot.hourly && known ? trans.__('Distribution in this hour') : trans.__('Distribution in this window'),
          onDrawn: () => measureFrom('driftline:feature-start', 'driftline:feature'),
        }),
  ];
}

/** Which feature and which hour, and the ways to others. */
function head(dashboard: Dashboard, history: MonitorHistory, { row, slot }: ChosenCell): HTMLElement {
  const { trans } = dashboard.context;
  const { slots, rows } = driftMap(history, dashboard.span);
  const id = uniqueId('feature');
  const at = slots.indexOf(slot);
  const go = (name: string, to: typeof slot): void => {
    dashboard.chooseFeature({ feature: name, hour: to.start }, history.monitor, to.scheduledTime);
  };
  const select = element('select', { id }, ...rows.map(({ name }) => element('option', { value: name }, name)));
  select.value = row.name;
  select.addEventListener('change', () => go(select.value, slot));
  const step = (by: number, name: string, sign: string): HTMLButtonElement => {
    const next = slots[at + by];
    const disabled = next === undefined;
    const run = (): void => {
      if (next !== undefined) go(row.name, next);
    };
    return button({ class: 'driftline-quiet-button', 'aria-label': name, title: name, disabled }, run, sign);
  };
  const time = slot.hourly ? formatTimeAndZone(slot.start) : formatWindow(slot);
  return element(
    'div',
    { class: 'driftline-execution-bar' },
    element('h3', { tabindex: '-1' }, slot.hourly ? trans.__('In one hour') : trans.__('In one window')),
    element('label', { for: id, class: 'driftline-unseen' }, trans.__('Feature')),
    select,
    element(
      'span',
      { class: 'driftline-steps' },
      step(-1, slot.hourly ? trans.__('Earlier hour') : trans.__('Earlier window'), '‹'),
      element('strong', { class: 'driftline-hour-time', 'aria-live': 'polite' }, time),
      step(1, slot.hourly ? trans.__('Later hour') : trans.__('Later window'), '›'),
    ),
  );
}

/** How far it is, whether its window was judged a violation, and the ways on from there. */
function judgement(
  dashboard: Dashboard,
  { row, slot }: ChosenCell,
  { monitor }: MonitorHistory,
  execution: ExecutionRecord,
): HTMLElement {
  const { context, store } = dashboard;
  const { trans } = context;
  const ratio = ratioOf(slot, row.place);
  const own = decidedViolations(execution).filter(({ feature }) => feature === row.name);
  const beyond = ratio !== undefined && ratio > 1;
  const distance =
    ratio === undefined
      ? statusMark('quiet', trans.__('not compared'))
      : statusMark(
          beyond ? 'drifting' : 'ok',
          beyond
            ? trans.__('beyond its threshold: %1 times', formatNumber(ratio, 2))
            : trans.__('within its threshold'),
        );
  const { scheduledTime } = execution;
  return element(
    'p',
    { class: 'driftline-judgement' },
    distance,
    ...own.map((violation) =>
      element(
        'span',
        { class: 'driftline-judged' },
        statusMark('violated', trans.__('violation in its window')),
        ' ',
        commandLink(
          context,
          commandIds.openViolation,
          { project: store.path, monitor, scheduledTime, violation: violation.id },
          violation.explanation,
        ) ?? violation.explanation,
      ),
    ),
    commandLink(
      context,
      commandIds.editConstraints,
      { project: store.path, monitor, feature: row.name },
      trans.__('Edit its constraints'),
    ),
  );
}

function facts(
  dashboard: Dashboard,
  { row, slot }: ChosenCell,
  hour: { readonly hourly: HourlyFeature; readonly place: number } | undefined,
  feature: FeatureReport | undefined,
): HTMLElement {
  const { trans } = dashboard.context;
  const distance = slot.distances[row.place];
  const threshold = slot.thresholds[row.place];
  const present = hour?.hourly.present[hour.place] ?? feature?.current?.present;
  const missing = hour?.hourly.missing[hour.place] ?? feature?.current?.missing;
  const of =
    present !== undefined && missing !== undefined && present + missing > 0 ? present / (present + missing) : undefined;
  const { came, went } = hour ? categoriesOfHour(hour.hourly, hour.place) : categoriesOfWindow(feature);
  const categorical = (hour?.hourly.distribution ?? feature?.distribution)?.kind === 'categorical';
  const distinct = hour?.hourly.distribution?.kind === 'categorical' ? hour.hourly.distribution : undefined;
  return element(
    'dl',
    { class: 'driftline-facts' },
    fact(
      trans.__('Distance'),
      distance === null || distance === undefined ? noValue : formatDistance(distance),
      typeof threshold === 'number' && trans.__('threshold %1', formatNumber(threshold, 3)),
    ),
    fact(trans.__('Rows'), formatCount(slot.rows)),
    fact(
      trans.__('Completeness'),
      formatFraction(of),
      feature?.baseline?.completeness !== undefined &&
        trans.__('%1 in the baseline', formatFraction(feature.baseline.completeness)),
    ),
    ...(distinct === undefined
      ? []
      : [
          fact(
            trans.__('Different values'),
            formatCount(distinct.distinct[hour!.place]),
            trans.__('%1 in the baseline', formatCount(distinct.baselineDistinct)),
          ),
        ]),
    ...(categorical
      ? [
          fact(trans.__('Categories that came'), names(came, trans)),
          fact(trans.__('Categories that went'), names(went, trans)),
        ]
      : []),
  );
}

function names(categories: readonly string[], trans: Dashboard['context']['trans']): string {
  const most = 12;
  if (categories.length === 0) return trans.__('none');
  const shown = categories.slice(0, most).map((name) => (name === '' ? trans.__('(empty text)') : name));
  const rest = categories.length - shown.length;
  return rest > 0 ? trans.__('%1 and %2 more', shown.join(', '), rest) : shown.join(', ');
}

function categoriesOfWindow(feature: FeatureReport | undefined): ReturnType<typeof categoriesOfHour> {
  const distribution = feature?.distribution;
  if (distribution?.kind !== 'categorical') return { came: [], went: [] };
  const { categories, baseline, current } = distribution;
  return {
    came: categories.filter((_, index) => baseline[index] === 0 && (current[index] ?? 0) > 0),
    went: categories.filter((_, index) => (baseline[index] ?? 0) > 0 && current[index] === 0),
  };
}
