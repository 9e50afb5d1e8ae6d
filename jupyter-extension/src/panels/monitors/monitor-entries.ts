import type { MonitorConfig, MonitorStatus, MonitorType } from 'driftline';
import type { AnnotationsFile, MonitorState, MonitorStateKind } from 'driftline/browser';
import type { ProjectStore } from '../../project/project-store.js';
import { monitorTypes } from '../monitor-types.js';

type Library = Pick<typeof import('driftline/browser'), 'monitorState' | 'stateRank' | 'parseSchedule'>;

/** A monitor of an endpoint, or the place of one that the endpoint lacks. */
export interface MonitorEntry {
  /** The project's path. */
  readonly project: string;
  readonly endpoint: string;
  readonly type: MonitorType;
  /** Undefined: there is no such monitor. */
  readonly name: string | undefined;
  readonly state: MonitorState;
  /** The endpoint has others of this type: the name tells them apart. */
  readonly several: boolean;
  /** It is being run from this page. */
  readonly running: boolean;
  readonly status: MonitorStatus | undefined;
  /** ISO: when it runs next; undefined where nothing runs it. */
  readonly next: string | undefined;
}

/** An endpoint with its monitors, in the order of {@link monitorTypes}. */
export interface EndpointEntry {
  /** The project's path. */
  readonly project: string;
  readonly name: string;
  /** At least one of every type: those that it lacks have no name. */
  readonly monitors: readonly MonitorEntry[];
}

/** Several monitors in one state. */
export interface MonitorsSummary {
  /** The worst state; places of monitors that are missing count where all are. */
  readonly kind: MonitorStateKind;
  /** Monitors in that state. */
  readonly count: number;
  /** Violations that ask for attention; of paused monitors none do. */
  readonly violations: number;
  /** ISO: the latest scheduled time of any of them. */
  readonly last: string | undefined;
}

/** What of a project its endpoints' entries are made of. */
export type ShownProject = Pick<ProjectStore, 'path' | 'config' | 'status'> & {
  readonly annotations: Pick<AnnotationsFile, 'decisions'>;
};

/** The endpoints of a project, in the order of its file. */
export function endpointEntries(
  { path, config, status, annotations }: ShownProject,
  { monitorState, parseSchedule }: Pick<Library, 'monitorState' | 'parseSchedule'>,
  options: { readonly now: Date; readonly isRunning: (project: string, monitor: string) => boolean },
): EndpointEntry[] {
  if (config === undefined) return [];
  const { now, isRunning } = options;
  const nextOf = new Map<string, string | undefined>();
  const next = (schedule: string): string | undefined => {
    if (!nextOf.has(schedule)) nextOf.set(schedule, parseSchedule(schedule, 'schedule').next(now)?.toISOString());
    return nextOf.get(schedule);
  };
  const decisions = grouped(annotations.decisions, ({ monitor }) => monitor);
  const monitorsOf = grouped(Object.entries(config.monitors), ([, monitor]) => monitor.endpoint);
  const entryOf = (name: string, monitor: MonitorConfig, several: boolean): MonitorEntry => {
    const latest = status?.monitors[name];
    const state = monitorState({
      monitor: { name, config: monitor },
      status: latest,
      decisions: decisions.get(name) ?? [],
      now,
    });
    return {
      project: path,
      endpoint: monitor.endpoint,
      type: monitor.type,
      name,
      several,
      state,
      running: isRunning(path, name),
      status: latest,
      next: state.kind === 'paused' ? undefined : next(monitor.schedule),
    };
  };
  const lacking = monitorState({ decisions: [], now });
  return Object.keys(config.endpoints).map((endpoint): EndpointEntry => {
    const own = monitorsOf.get(endpoint) ?? [];
    const monitors = monitorTypes.flatMap((type): MonitorEntry[] => {
      const ofType = own.filter(([, monitor]) => monitor.type === type);
      if (ofType.length > 0) return ofType.map(([name, monitor]) => entryOf(name, monitor, ofType.length > 1));
      const none = { name: undefined, several: false, running: false, status: undefined, next: undefined };
      return [{ project: path, endpoint, type, state: lacking, ...none }];
    });
    return { project: path, name: endpoint, monitors };
  });
}

/** What the row of an endpoint says of its monitors, or of those that a filter leaves. */
export function summaryOf(
  monitors: readonly MonitorEntry[],
  stateRank: (kind: MonitorStateKind) => number,
): MonitorsSummary {
  let kind: MonitorStateKind = 'not-configured';
  let [count, violations] = [0, 0];
  let last: string | undefined;
  for (const { name, state, status } of monitors) {
    const isWorse = kind === 'not-configured' ? name !== undefined : stateRank(state.kind) < stateRank(kind);
    if (name !== undefined && isWorse) [kind, count] = [state.kind, 0];
    if (state.kind === kind) count += 1;
    if (state.kind === 'violations') violations += state.violations;
    const time = status?.last.scheduledTime;
    if (time !== undefined && (last === undefined || time > last)) last = time;
  }
  return { kind, count, violations, last };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
