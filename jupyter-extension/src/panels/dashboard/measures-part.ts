import type { MeasureSubject } from 'driftline/browser';
import { measurePoints } from '../../charts/measure-points.js';
import { formatMeasured } from '../../format/measured-format.js';
import { chooser } from '../../widgets/chooser.js';
import { element } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { section } from '../../widgets/section.js';
import { statusIcon, statusMark, type Tone } from '../../widgets/status-mark.js';
import { trendLine } from '../../widgets/trend-line.js';
import type { Dashboard } from './dashboard.js';
import { eventsKey } from './events-key.js';
import { measureView } from './measure-view.js';
import type { MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';

export interface MeasuresPartOptions {
  /** Of the list, unique within the dashboard. */
  readonly name: string;
  readonly title: string;
  readonly filterWords: string;
  readonly countWords: (left: number, all: number) => string;
  /** Which subjects are shown. */
  readonly belongs: (subject: MeasureSubject) => boolean;
  /** Subjects of one group are chosen together, each with a chart of its own. */
  readonly groupOf: (subject: MeasureSubject) => string;
  /** The name of a subject's group. */
  readonly titleOf: (subject: MeasureSubject) => string;
  /** The title of the chart of one of several subjects of a group; by default that of the group. */
  readonly chartTitle?: (subject: MeasureSubject) => string;
  /** Subjects that come after all others. */
  readonly last?: (subject: MeasureSubject) => boolean;
  /** What stands above the charts of a group. */
  readonly about?: (group: MeasuredGroup, history: MonitorHistory) => readonly HTMLElement[];
}

/** Subjects that are chosen together. */
export interface MeasuredGroup {
  readonly key: string;
  readonly title: string;
  /** Places in the history. */
  readonly places: readonly number[];
  readonly tone: Tone;
  readonly words: string;
}

/** A list of what was measured, the worst first, and beside it the chosen one against time. */
export function measuresPart(dashboard: Dashboard, options: MeasuresPartOptions): HistoryPart {
  const { trans } = dashboard.context;
  let history: MonitorHistory | undefined;
  let list: GroupsList | undefined;
  const part = new RefreshedPart(
    {
      load: async () => history!,
      marks: true,
      make: (shown) => {
        const groups = measuredGroups(shown, options, dashboard);
        list = groups.length === 0 ? undefined : groupsList(dashboard, shown, groups, options);
        const nothing = element('p', { class: 'driftline-muted' }, trans.__('Nothing was measured in this range.'));
        return [section(options.title, list?.node ?? nothing)];
      },
    },
    dashboard.context,
  );
  return {
    node: part.node,
    update: async (next) => {
      history = next;
      const { from, to } = dashboard.span;
      await part.update(`${next.monitor} ${from.getTime()} ${to.getTime()} ${eventsKey(dashboard)} ${next.key}`);
      list?.follow();
    },
  };
}

interface GroupsList {
  readonly node: HTMLElement;
  /** Shows the group that was chosen elsewhere. */
  follow(): void;
}

function groupsList(
  dashboard: Dashboard,
  history: MonitorHistory,
  groups: readonly MeasuredGroup[],
  { name, filterWords, countWords, chartTitle, about }: MeasuresPartOptions,
): GroupsList {
  const { subjects } = history.measures;
  const { context } = dashboard;
  const kept = dashboard.groups.get(name);
  let shown: string | undefined;
  const list = chooser<MeasuredGroup>(
    {
      items: groups,
      name: ({ title }) => title,
      parts: (group) => groupParts(group, history),
      detail: (group) => {
        shown = group.key;
        dashboard.groups.set(name, group.key);
        return [
          element(
            'div',
            { class: 'driftline-title' },
            element('h4', { tabindex: '-1' }, group.title),
            group.tone !== 'quiet' && statusMark(group.tone, group.words),
          ),
          ...(about?.(group, history) ?? []),
          ...group.places.map((place) => {
            const title = chartTitle?.(subjects[place]!) ?? context.trans.__('%1 over time', group.title);
            return measureView(dashboard, history, place, { title, level: 5 });
          }),
        ];
      },
      filterWords,
      countWords,
      unfiltered: 6,
    },
    context,
  );
  const follow = (wanted: string | undefined = dashboard.groups.get(name)): void => {
    const group = wanted === shown ? undefined : groups.find(({ key }) => key === wanted);
    if (group !== undefined) list.show(group);
  };
  follow(kept);
  return { node: list.node, follow };
}

function groupParts({ title, places, tone, words }: MeasuredGroup, { measures }: MonitorHistory): Node[] {
  const [first = 0] = places;
  const points = measurePoints(measures, first);
  const last = points.findLast(({ value }) => value !== undefined)?.value;
  return [
    statusIcon(tone),
    element('span', { class: 'driftline-name', title }, title),
    trendLine(
      points.map(({ value }) => value),
      points.map(({ violated }) => violated),
    ),
    element(
      'span',
      { class: 'driftline-number' },
      places.length === 1 && last !== undefined ? formatMeasured(last, measures.subjects[first]!.kind) : '',
    ),
    element('span', { class: 'driftline-unseen' }, words),
  ];
}

/** The groups: violated now, violated before, within limits, without any; in the order of the file among them. */
function measuredGroups(
  { measures, executions }: Pick<MonitorHistory, 'measures' | 'executions'>,
  { belongs, groupOf, titleOf, last }: MeasuresPartOptions,
  { context: { trans } }: Pick<Dashboard, 'context'>,
): MeasuredGroup[] {
  const places = new Map<string, number[]>();
  measures.subjects.forEach((subject, place) => {
    if (!belongs(subject)) return;
    const group = groupOf(subject);
    places.set(group, [...(places.get(group) ?? []), place]);
  });
  const newest = measures.executions.at(-1);
  const groups = [...places].map(([key, own]): MeasuredGroup & { readonly rank: number } => {
    const subject = measures.subjects[own[0]!]!;
    const count = measures.executions.filter(({ violated }) => own.some((place) => violated.includes(place))).length;
    const now = newest !== undefined && own.some((place) => newest.violated.includes(place));
    const judged = measures.executions.some((execution) =>
      own.some((place) => (execution.minimum?.[place] ?? execution.maximum?.[place] ?? null) !== null),
    );
    const tone: Tone = now ? 'violated' : count > 0 ? 'drifting' : judged ? 'ok' : 'quiet';
    const words: Readonly<Record<Tone, string>> = {
      violated: trans.__('violation in %1 of %2 executions, the newest among them', count, executions.length),
      drifting: trans.__('violation in %1 of %2 executions, not in the newest', count, executions.length),
      ok: trans.__('no violation in this range'),
      quiet: trans.__('not judged'),
    };
    const rank = ['violated', 'drifting', 'ok', 'quiet'].indexOf(tone) + (last?.(subject) ? 10 : 0);
    return { key, title: titleOf(subject), places: own, tone, words: words[tone], rank };
  });
  return groups.sort((a, b) => a.rank - b.rank);
}
