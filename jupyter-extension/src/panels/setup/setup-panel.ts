import type { MakeMainPanel } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import type { ServerFiles } from '../../project/server-files.js';
import type { SetupArgs } from './setup-args.js';
import { initialState, type SetupState } from './setup-state.js';
import { setupWizard } from './setup-wizard.js';

/** The set-up, from a training file and a capture to monitors that have run. */
export function setupPanel(files: ServerFiles): MakeMainPanel<SetupArgs> {
  return async (args, context) => {
    const { trans, kernel, projects, setTitle } = context;
    const state = initialState(args);
    if (args.project !== undefined && args.endpoint !== undefined) {
      const store = await projects.open(args.project);
      await store.refresh();
      takeEndpoint(state, store, args.endpoint);
    }
    setTitle(
      args.endpoint === undefined ? trans.__('Set up monitoring') : trans.__('Set up %1', args.endpoint),
      trans.__('From a training file and a capture to monitors'),
    );
    return setupWizard({ ...context, state, running: await kernel.get(), list: (folder) => files.list(folder) });
  };
}

/** What the project says of an endpoint: only monitors are added to it. */
function takeEndpoint(state: SetupState, store: ProjectStore, endpoint: string): void {
  const config = store.config?.endpoints[endpoint];
  if (config === undefined) {
    state.choices = {};
    return;
  }
  const place = (location: string | undefined): string =>
    location === undefined ? '' : (store.serverPath(location) ?? location);
  const monitors = store.monitorsOf(endpoint).map(([, monitor]) => monitor);
  const [dataset] = monitors.flatMap(({ baseline }) => (typeof baseline === 'string' ? [] : [baseline.dataset]));
  state.existing = monitors.map(({ type }) => type);
  state.sources = {
    dataset: place(dataset),
    capture: place(config.capture),
    groundTruth: place(config['ground-truth']),
    model: place(config.model),
  };
}
