import type { DriftlineKernel } from '../../kernel/driftline-kernel.js';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import type { CreatedMonitors } from './created-monitors.js';
import type { SetupState } from './setup-state.js';

/** What a step needs. */
export interface SetupContext extends MainPanelContext {
  readonly state: SetupState;
  readonly running: DriftlineKernel;
  /** Takes over what was written. */
  readonly created: (monitors: CreatedMonitors) => void;
  /** Folders and files below the server's root, for suggestions. */
  readonly list: (folder: string) => Promise<readonly { readonly name: string; readonly folder: boolean }[]>;
}

/** One page of the wizard. What is typed goes into the state at once. */
export interface SetupStep {
  readonly node: HTMLElement;
  /** What the button that leads on says. */
  readonly nextWords: string;
  /** Does what must be done before the next step. @throws what is wrong, in words. */
  next(signal: AbortSignal): Promise<void>;
}

/** Makes a step out of the state. */
export type MakeStep = (context: SetupContext) => SetupStep | Promise<SetupStep>;

/** Where the project's file is or will be, for people. */
export function projectFileWords(project: string): string {
  return project === '' ? 'driftline.yaml' : `${project}/driftline.yaml`;
}

/** The project, read again from the disk. */
export async function openFresh({ projects, state }: SetupContext): Promise<ProjectStore> {
  const store = await projects.open(state.project);
  await store.refresh();
  return store;
}
