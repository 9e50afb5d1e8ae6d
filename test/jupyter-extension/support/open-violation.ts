import { Signal } from '@lumino/signaling';
import { vi } from 'vitest';
import type { DriftlineKernel, KernelState } from '../../../jupyter-extension/src/kernel/driftline-kernel.js';
import type { MainPanelContext } from '../../../jupyter-extension/src/main-area/main-panel.js';
import { violationPanel } from '../../../jupyter-extension/src/panels/violation/violation-panel.js';
import { ProjectRegistry } from '../../../jupyter-extension/src/project/project-registry.js';
import { ChartSet } from '../../../jupyter-extension/src/widgets/chart-set.js';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import type { RecordsResult, ServeMethods } from '../../../kernel-lib/src/index.js';
import type { MemoryFiles } from './memory-files.js';
import { trans } from './trans.js';

type RecordsParams = ServeMethods['records']['params'];

/** A kernel that answers `records` as it is told, and keeps what it was asked for. */
export class RecordsKernel implements DriftlineKernel {
  state: KernelState;
  readonly stateChanged: Signal<DriftlineKernel, KernelState> = new Signal<DriftlineKernel, KernelState>(this);
  readonly asked: RecordsParams[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly cancel: () => void = vi.fn();
  answer: (params: RecordsParams) => Promise<RecordsResult>;

  constructor(state: KernelState, answer: (params: RecordsParams) => Promise<RecordsResult>) {
    this.state = state;
    this.answer = answer;
  }

  readonly request: DriftlineKernel['request'] = (async (
    _method: string,
    params: RecordsParams,
    { signal }: { signal?: AbortSignal },
  ) => {
    this.asked.push(params);
    this.signals.push(signal);
    return this.answer(params);
  }) as unknown as DriftlineKernel['request'];

  async stop(): Promise<void> {}
}

/** What a test of the violation view holds on to. */
export interface OpenViolation {
  readonly node: HTMLElement;
  readonly files: MemoryFiles;
  readonly kernel: RecordsKernel;
  readonly projects: ProjectRegistry;
  /** Commands that were executed. */
  readonly executed: (readonly [command: string, args: unknown])[];
  /** What was saved through the contents service. */
  readonly saved: Map<string, unknown>;
  readonly titles: string[];
  /** Waits until nothing is being loaded. */
  settle(): Promise<void>;
  close(): void;
}

export interface OpenOptions {
  readonly kernel?: RecordsKernel;
  /** Commands of other panels that this page has. */
  readonly commands?: readonly string[];
  /** Kernels that Jupyter knows. */
  readonly kernelspecs?: readonly string[];
}

export const noRecords: RecordsResult = { columns: [], rows: [], total: 0, matching: 0, capped: false, cap: 10_000 };

/** Opens the view of a violation of the project in `models`. */
export async function openViolation(
  files: MemoryFiles,
  [monitor, scheduledTime, violation]: readonly [monitor: string, scheduledTime: string, violation: string],
  {
    kernel = new RecordsKernel({ kind: 'stopped' }, async () => noRecords),
    commands = [],
    kernelspecs,
  }: OpenOptions = {},
): Promise<OpenViolation> {
  const projects = new ProjectRegistry(files, trans, async () => {
    throw new Error('elsewhere');
  });
  const executed: [string, unknown][] = [];
  const saved = new Map<string, unknown>();
  const titles: string[] = [];
  const closing = new AbortController();
  const parts = new LateParts(trans);
  const context = {
    trans,
    charts: new ChartSet(),
    parts,
    projects,
    kernel: { get: async () => kernel },
    commands: {
      hasCommand: (id: string) => commands.includes(id),
      execute: async (id: string, args: unknown) => {
        executed.push([id, args]);
      },
    },
    closed: closing.signal,
    shown: new Signal<unknown, void>({}),
    setTitle: (label: string) => titles.push(label),
  } as unknown as MainPanelContext;
  const specs = {
    kernelspecs: Object.fromEntries((kernelspecs ?? ['driftline']).map((name) => [name, { display_name: name }])),
  };
  const make = violationPanel({
    contents: {
      get: async (folder: string) => ({ content: await files.list(folder) }),
      save: async (path: string, model: unknown) => {
        saved.set(path, model);
        files.put(path, '');
      },
    },
    kernelspecs: { ready: Promise.resolve(), specs },
  } as never);
  const node = await make({ project: 'models', monitor, scheduledTime, violation }, context);
  document.body.append(node);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setTimeout(resolve));
    await parts.settled();
  };
  await settle();
  const close = (): void => {
    closing.abort();
    context.charts.dispose();
    node.remove();
  };
  return { node, files, kernel, projects, executed, saved, titles, settle, close };
}

/** Presses the button with this text or name. */
export function press(node: ParentNode, name: string): void {
  const buttons = [...node.querySelectorAll('button')];
  const found = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
  if (found === undefined) throw new Error(`There is no button "${name}".`);
  found.click();
}
