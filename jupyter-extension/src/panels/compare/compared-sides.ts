import type { ExecutionRecord } from 'driftline';
import type { ProjectRegistry } from '../../project/project-registry.js';
import type { ProjectStore } from '../../project/project-store.js';
import type { ServerFiles } from '../../project/server-files.js';
import { capturedVariants } from './captured-variants.js';
import { type CompareArgs, type Side, type SideArgs, sides } from './compare-args.js';

/** A side as it is chosen, and what else could be. */
export interface ComparedSideChoice {
  readonly project: string;
  readonly store: ProjectStore;
  readonly monitor: string | undefined;
  /** The latest first; those that have a report. */
  readonly executions: readonly ExecutionRecord[];
  readonly execution: ExecutionRecord | undefined;
  readonly endpoint: string | undefined;
  readonly variant: string | undefined;
  /** Of the endpoint's capture; empty where they cannot be listed. */
  readonly variants: readonly string[];
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** Both sides; undefined where there is no project. */
export interface ComparedSides {
  readonly projects: readonly string[];
  readonly left: ComparedSideChoice;
  readonly right: ComparedSideChoice;
}

/** So many executions are offered: the latest. */
const OFFERED = 1_000;

const always = { from: new Date('2000-01-01T00:00:00Z'), to: new Date('2200-01-01T00:00:00Z') };

/**
 * Fills in what was not chosen: the first project, its first monitor that ever ran, and of that the last execution but one
 * against the last. The current side follows the baseline side where it is left open.
 */
export async function loadSides(
  args: CompareArgs,
  registry: ProjectRegistry,
  files: ServerFiles,
): Promise<ComparedSides | undefined> {
  const named = sides.flatMap((side) => args[side]?.project ?? []);
  const known = [
    ...(args.project === undefined ? [] : [args.project]),
    ...named,
    ...registry.projects.map(({ path }) => path),
  ];
  const projects = [...new Set([...known, ...(await registry.search())])];
  const [first] = projects;
  if (first === undefined) return undefined;
  const left = await loadSide('left', { project: args.project ?? first, ...args.left }, registry, files);
  const { project, monitor, endpoint } = left;
  const inherited = { project, ...(monitor !== undefined && { monitor }), ...(endpoint !== undefined && { endpoint }) };
  const own = args.right?.project === undefined || args.right.project === project;
  const right = await loadSide('right', { ...(own && inherited), ...args.right }, registry, files);
  return { projects: [...projects].sort(), left, right };
}

async function loadSide(
  side: Side,
  args: SideArgs,
  registry: ProjectRegistry,
  files: ServerFiles,
): Promise<ComparedSideChoice> {
  const store = await registry.open(args.project ?? '');
  const { config, status } = store;
  const monitors = Object.keys(config?.monitors ?? {});
  const ran = monitors.find((name) => status?.monitors[name] !== undefined);
  const monitor = monitors.find((name) => name === args.monitor) ?? ran ?? monitors[0];
  const executions = monitor === undefined ? [] : await withReports(store, monitor);
  const wanted = Date.parse(args.scheduledTime ?? '');
  const byDefault = executions[side === 'left' ? 1 : 0] ?? executions[0];
  const execution = executions.find(({ scheduledTime }) => Date.parse(scheduledTime) === wanted) ?? byDefault;
  const endpoints = Object.keys(config?.endpoints ?? {});
  const ofMonitor = monitor === undefined ? undefined : config?.monitors[monitor]?.endpoint;
  const endpoint = endpoints.find((name) => name === args.endpoint) ?? ofMonitor ?? endpoints[0];
  const capture = endpoint === undefined ? undefined : config?.endpoints[endpoint]?.capture;
  const place = capture === undefined ? undefined : store.serverPath(capture);
  return {
    project: store.path,
    store,
    monitor,
    executions,
    execution,
    endpoint,
    variant: args.variant,
    variants: place === undefined ? [] : await capturedVariants(place, files),
    start: args.start ?? execution?.window.start,
    end: args.end ?? execution?.window.end,
  };
}

async function withReports(store: ProjectStore, monitor: string): Promise<readonly ExecutionRecord[]> {
  const executions = await store.executions(monitor, always);
  return executions
    .filter(({ outcome }) => outcome !== 'failed' && outcome !== 'stopped')
    .slice(-OFFERED)
    .reverse();
}
