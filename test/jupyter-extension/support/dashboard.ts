import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import type { MainPanelContext } from '../../../jupyter-extension/src/main-area/main-panel.js';
import type { DashboardArgs } from '../../../jupyter-extension/src/panels/dashboard/dashboard-args.js';
import { dashboardPanel } from '../../../jupyter-extension/src/panels/dashboard/dashboard-panel.js';
import type { ExecutionArgs } from '../../../jupyter-extension/src/panels/execution/execution-args.js';
import { executionPanel } from '../../../jupyter-extension/src/panels/execution/execution-panel.js';
import { ProjectRegistry } from '../../../jupyter-extension/src/project/project-registry.js';
import { ChartSet } from '../../../jupyter-extension/src/widgets/chart-set.js';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import type { MemoryFiles } from './memory-files.js';
import { trans } from './trans.js';

/** A command that was called, and its arguments. */
export type Called = readonly [command: string, args: ReadonlyPartialJSONObject];

/** A panel in the page, with what stands around it. */
export interface ShownPanel {
  readonly node: HTMLElement;
  readonly files: MemoryFiles;
  readonly projects: ProjectRegistry;
  readonly called: Called[];
  readonly remembered: ReadonlyPartialJSONObject[];
  readonly close: () => void;
}

/** What a panel of the main area is given, over files in memory; the commands of all panels exist. */
function panelContext(files: MemoryFiles): {
  readonly context: MainPanelContext;
  readonly shown: Omit<ShownPanel, 'node'>;
} {
  const called: Called[] = [];
  const remembered: ReadonlyPartialJSONObject[] = [];
  const closing = new AbortController();
  const projects = new ProjectRegistry(files, trans, async () => {
    throw new Error('elsewhere');
  });
  const commands = {
    hasCommand: () => true,
    execute: async (command: string, args: ReadonlyPartialJSONObject) => {
      called.push([command, args]);
    },
  };
  const charts = new ChartSet();
  const context = {
    trans,
    charts,
    parts: new LateParts(trans),
    projects,
    commands,
    closed: closing.signal,
    shown: new Signal<unknown, void>({}),
    isVisible: () => true,
    setTitle: () => undefined,
    remember: (args: ReadonlyPartialJSONObject) => remembered.push(args),
    previous: {},
  } as unknown as MainPanelContext;
  const close = (): void => {
    closing.abort();
    charts.dispose();
  };
  return { context, shown: { files, projects, called, remembered, close } };
}

/** Waits until no part of the page is awaited any more. */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 4; ) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    quiet = document.querySelector('[aria-busy=true]') === null ? quiet + 1 : 0;
  }
}

/** The report of an execution of a project in memory, in the page. */
export async function showExecution(
  files: MemoryFiles,
  args: Pick<ExecutionArgs, 'monitor' | 'scheduledTime'>,
): Promise<ShownPanel> {
  const { context, shown } = panelContext(files);
  const node = await executionPanel({ project: 'p', ...args }, context);
  document.body.replaceChildren(node);
  await settle();
  return { node, ...shown };
}

/** The dashboard of an endpoint of a project in memory, in the page. */
export async function showDashboard(
  files: MemoryFiles,
  args: Partial<DashboardArgs> & Pick<DashboardArgs, 'endpoint'>,
): Promise<ShownPanel> {
  const { context, shown } = panelContext(files);
  const node = await dashboardPanel({ project: 'p', ...args }, context);
  document.body.replaceChildren(node);
  await settle();
  return { node, ...shown };
}
