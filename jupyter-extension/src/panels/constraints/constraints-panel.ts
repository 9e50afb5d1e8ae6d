import type { MonitorConfig } from 'driftline';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import { element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { ConstraintsEditor } from './constraints-editor.js';
import { dataQualityLimits } from './data-quality-limits.js';
import { modelQualityLimits } from './model-quality-limits.js';

/** Which constraints are edited. */
export type ConstraintsArgs = {
  /** The project's folder below the server's root. */
  readonly project: string;
  readonly monitor: string;
  /** The feature or metric to begin with. */
  readonly feature?: string;
};

/** The constraints of a monitor as a form and as text, with what its past executions would have raised under them. */
export async function constraintsPanel(args: ConstraintsArgs, context: MainPanelContext): Promise<HTMLElement> {
  const { trans, projects, setTitle } = context;
  const store = await projects.open(args.project);
  const config = store.config?.monitors[args.monitor];
  if (config === undefined) {
    throw new Error(store.problem ?? trans.__('The project has no monitor "%1".', args.monitor));
  }
  setTitle(trans.__('Limits of %1', args.monitor), args.project);
  const library = await import(/* webpackChunkName: "project" */ 'driftline/browser');
  const folder = library.baselineFolder(args.monitor, config);
  if (config.type === 'model-bias' || config.type === 'model-explainability') {
    return elsewhere(config, context);
  }
  const file = `${folder}/constraints.json`;
  let text: string;
  try {
    text = await store.read(file);
  } catch {
    const problem = {
      what: trans.__('There is no %1 yet.', file),
      fix: trans.__('Run the monitor once: its baseline is made first, and the constraints with it.'),
    };
    return problemPanel(problem, trans.__('Nothing to edit'));
  }
  const reasons = await reasonsOf(store, folder);
  const shared = { text, file, args, reasons, store, library, context };
  return config.type === 'data-quality'
    ? new ConstraintsEditor({ ...shared, kind: dataQualityLimits(library, trans, file) }).node
    : new ConstraintsEditor({ ...shared, kind: modelQualityLimits(library, trans, file) }).node;
}

/** What `driftline.json` says of why values were suggested, and the hash of the file as it was written. */
async function reasonsOf(store: ProjectStore, folder: string): Promise<BaselineNotes> {
  try {
    const own = JSON.parse(await store.read(`${folder}/driftline.json`)) as Partial<BaselineNotes> | null;
    return { reasons: own?.reasons ?? {}, sha256: own?.sha256 ?? {} };
  } catch {
    return { reasons: {}, sha256: {} };
  }
}

/** Of `driftline.json` beside a baseline. */
export interface BaselineNotes {
  readonly reasons: Readonly<Record<string, readonly string[]>>;
  readonly sha256: Readonly<Record<string, string>>;
}

/** Bias and attribution have their limits in the project file. */
function elsewhere({ type }: MonitorConfig, { trans }: MainPanelContext): HTMLElement {
  const bias = type === 'model-bias';
  return element(
    'article',
    { class: 'driftline-report' },
    element('h2', {}, trans.__('Limits')),
    element(
      'p',
      {},
      bias
        ? trans.__(
            'This monitor compares with its baseline, analysis.json, which the service writes and which is not edited. Ranges for single metrics stand in driftline.yaml, under "limits".',
          )
        : trans.__(
            'This monitor compares with its baseline, analysis.json, which the service writes and which is not edited. The least nDCG stands in driftline.yaml, as "attribution-threshold"; it is 0.9 where it is left out.',
          ),
    ),
  );
}
