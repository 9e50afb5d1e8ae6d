import type { MonitorType } from 'driftline';
import type { MonitorStateKind } from 'driftline/browser';
import { type EndpointEntry, type MonitorEntry, type MonitorsSummary, summaryOf } from './monitor-entries.js';

export type ListSort = 'worst' | 'name' | 'last';

/** What the user chose to see; plain JSON, remembered over a reload. */
export interface ListView {
  readonly search: string;
  /** Monitors in one of these states only; none: all. */
  readonly kinds: readonly MonitorStateKind[];
  readonly type?: MonitorType | undefined;
  readonly sort: ListSort;
  /** Keys of rows that are not as they are by default: open where they would be closed, or closed. */
  readonly toggled: readonly string[];
}

/** The endpoints of a project. */
export interface ProjectGroup {
  readonly path: string;
  readonly endpoints: readonly EndpointEntry[];
}

interface RowPlace {
  /** Unique in the list. */
  readonly key: string;
  /** As in ARIA: from 1. */
  readonly level: number;
  readonly setSize: number;
  readonly position: number;
}

export interface ProjectRow extends RowPlace {
  readonly kind: 'project';
  readonly path: string;
  readonly expanded: boolean;
  /** Endpoints with violations, and all. */
  readonly violated: number;
  readonly endpoints: number;
}

export interface EndpointRow extends RowPlace {
  readonly kind: 'endpoint';
  readonly entry: EndpointEntry;
  /** Those that the filter leaves. */
  readonly monitors: readonly MonitorEntry[];
  readonly summary: MonitorsSummary;
  readonly expanded: boolean;
}

export interface MonitorRow extends RowPlace {
  readonly kind: 'monitor';
  readonly entry: MonitorEntry;
}

export type ListRow = ProjectRow | EndpointRow | MonitorRow;

/** Up to so many endpoints show their monitors without being asked. */
const OPEN_ENDPOINTS = 3;

/** The rows that a view leaves, from top to bottom. Projects have rows of their own where there are several. */
export function listRows(
  groups: readonly ProjectGroup[],
  view: ListView,
  stateRank: (kind: MonitorStateKind) => number,
): ListRow[] {
  const several = groups.length > 1;
  const total = groups.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  const toggled = new Set(view.toggled);
  const isOpen = (key: string, byDefault: boolean): boolean => toggled.has(key) !== byDefault;
  const rows: ListRow[] = [];
  groups.forEach(({ path, endpoints }, at) => {
    const shown = endpoints.flatMap((entry) => {
      const monitors = shownMonitors(entry, view);
      return monitors.length === 0 ? [] : [{ entry, monitors, summary: summaryOf(monitors, stateRank) }];
    });
    let open = true;
    if (several) {
      const key = `project:${path}`;
      open = isOpen(key, true);
      rows.push({
        kind: 'project',
        key,
        level: 1,
        setSize: groups.length,
        position: at + 1,
        path,
        expanded: open,
        violated: shown.filter(({ summary }) => summary.violations > 0).length,
        endpoints: shown.length,
      });
    }
    if (!open) return;
    const level = several ? 2 : 1;
    shown.sort(comparator(view.sort, stateRank)).forEach(({ entry, monitors, summary }, place) => {
      const key = `endpoint:${path}:${entry.name}`;
      const expanded = isOpen(key, total <= OPEN_ENDPOINTS);
      const endpoint = { key, level, setSize: shown.length, position: place + 1 };
      rows.push({ kind: 'endpoint', ...endpoint, entry, monitors, summary, expanded });
      if (!expanded) return;
      monitors.forEach((monitor, index) => {
        rows.push({
          kind: 'monitor',
          key: `monitor:${path}:${entry.name}:${monitor.name ?? monitor.type}`,
          level: level + 1,
          setSize: monitors.length,
          position: index + 1,
          entry: monitor,
        });
      });
    });
  });
  return rows;
}

/** How many monitors are in each state, of those that search and type leave. */
export function kindCounts(groups: readonly ProjectGroup[], view: ListView): Map<MonitorStateKind, number> {
  const counts = new Map<MonitorStateKind, number>();
  for (const entry of groups.flatMap(({ endpoints }) => endpoints)) {
    for (const { state } of shownMonitors(entry, { ...view, kinds: [] })) {
      counts.set(state.kind, (counts.get(state.kind) ?? 0) + 1);
    }
  }
  return counts;
}

/** Endpoints of which a monitor has violations that ask for attention. */
export function violatedEndpoints(groups: readonly ProjectGroup[]): number {
  return groups
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ monitors }) => monitors.some(({ state }) => state.kind === 'violations')).length;
}

/** Every word of the search stands in the endpoint's name, or in that of one of its monitors. */
function shownMonitors({ name, monitors }: EndpointEntry, view: ListView): readonly MonitorEntry[] {
  const words = view.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const names = [name, ...monitors.flatMap((monitor) => monitor.name ?? [])].join('\n').toLowerCase();
    if (!words.every((word) => names.includes(word))) return [];
  }
  if (view.kinds.length === 0 && view.type === undefined) return monitors;
  return monitors.filter(
    ({ state, type }) =>
      (view.type === undefined || type === view.type) && (view.kinds.length === 0 || view.kinds.includes(state.kind)),
  );
}

type Sorted = { readonly entry: EndpointEntry; readonly summary: MonitorsSummary };
const names = new Intl.Collator('en', { numeric: true });

function comparator(sort: ListSort, stateRank: (kind: MonitorStateKind) => number): (a: Sorted, b: Sorted) => number {
  const byName = (a: Sorted, b: Sorted): number => names.compare(a.entry.name, b.entry.name);
  if (sort === 'name') return byName;
  if (sort === 'last') {
    return (a, b) => compareTexts(b.summary.last ?? '', a.summary.last ?? '') || byName(a, b);
  }
  return (a, b) =>
    stateRank(a.summary.kind) - stateRank(b.summary.kind) ||
    b.summary.violations - a.summary.violations ||
    b.summary.count - a.summary.count ||
    byName(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
