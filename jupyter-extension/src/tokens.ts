import { Token } from '@lumino/coreutils';
import type { DriftlineKernel } from './kernel/driftline-kernel.js';
import type { ProjectRegistry } from './project/project-registry.js';

const packageName = '@driftline/jupyterlab';

type Feature =
  | 'mime'
  | 'files'
  | 'commands'
  | 'settings'
  | 'projects'
  | 'kernel'
  | 'violation'
  | 'dashboard'
  | 'constraints'
  | 'monitors'
  | 'compareFiles'
  | 'compare'
  | 'setup';

/** One plugin a feature, so that each can be switched off alone (`jupyter labextension disable ID`). */
export const pluginIds: Readonly<Record<Feature, string>> = {
  mime: `${packageName}:mime`,
  files: `${packageName}:files`,
  commands: `${packageName}:plugin`,
  settings: `${packageName}:settings`,
  projects: `${packageName}:projects`,
  kernel: `${packageName}:kernel`,
  violation: `${packageName}:violation`,
  dashboard: `${packageName}:dashboard`,
  constraints: `${packageName}:constraints`,
  monitors: `${packageName}:monitors`,
  compareFiles: `${packageName}:compare-files`,
  compare: `${packageName}:compare`,
  setup: `${packageName}:setup`,
};

export const commandIds = {
  openFile: 'driftline:open-file',
  stopKernel: 'driftline:stop-kernel',
  openDashboard: 'driftline:open-dashboard',
  openExecution: 'driftline:open-execution',
  followLink: 'driftline:follow-link',
  openViolation: 'driftline:open-violation',
  editConstraints: 'driftline:edit-constraints',
  setUp: 'driftline:set-up',
  openMonitors: 'driftline:open-monitors',
  openProject: 'driftline:open-project',
  openProjectFile: 'driftline:open-project-file',
  closeProject: 'driftline:close-project',
  runMonitor: 'driftline:run-monitor',
  checkWindow: 'driftline:check-window',
  pauseMonitor: 'driftline:pause-monitor',
  // Of the context menu of the Monitors panel: they act on the row under the pointer.
  openSelected: 'driftline:open-selected',
  runSelected: 'driftline:run-selected',
  pauseSelected: 'driftline:pause-selected',
  editSelected: 'driftline:edit-selected',
  setUpSelected: 'driftline:set-up-selected',
  openSelectedFile: 'driftline:open-selected-file',
  closeSelected: 'driftline:close-selected',
  compareFiles: 'driftline:compare-files',
  compareSelectedFiles: 'driftline:compare-selected-files',
  compare: 'driftline:compare',
} as const;

/** The parameter of the page's address that opens a dashboard; its value are the command's arguments as JSON. */
export const LINK_PARAMETER = 'driftline-dashboard';

/** The projects that panels show; see `ProjectRegistry`. */
export type IProjectRegistry = ProjectRegistry;
export const IProjectRegistry: Token<IProjectRegistry> = new Token<IProjectRegistry>(
  `${packageName}:IProjectRegistry`,
  'The monitoring projects that are open in this page, each opened once and shared.',
);

/** The name under which the viewers are listed in "Open With". */
export const viewerName = 'Driftline';

/** The domain of the translation catalogue. */
export const translationDomain = 'driftline';

/**
 * The MIME type of reports, as `driftline` exports it under the same meaning. Repeated here because the extension takes
 * types only from the library; a test holds the two together.
 */
export const reportMimeType = 'application/vnd.driftline.report.v1+json';

/** The path of the kernel's session: at the server's root, which is therefore the folder that the kernel runs in. */
export const kernelPath = 'driftline-kernel';

/** Gives panels the kernel. */
export interface IDriftlineKernel {
  /** The kernel; its code is fetched at the first call, and it is started at its first request. */
  get(): Promise<DriftlineKernel>;
}

export const IDriftlineKernel: Token<IDriftlineKernel> = new Token<IDriftlineKernel>(
  `${packageName}:IDriftlineKernel`,
  'Has the library do something in a kernel in the background.',
);
