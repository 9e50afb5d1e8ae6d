import type { MainPanelContext } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { attributionLimits } from './attribution-limits.js';
import { biasLimits } from './bias-limits.js';
import { ConstraintsEditor, type ConstraintsEditorOptions } from './constraints-editor.js';
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
    return limitsOfProject(args, store, library, context);
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
  const suggestions = await suggestedText(store, folder, text, reasons);
  const shared = { text, file, args, reasons, store, library, context, ...suggestions };
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

/** Bias and attribution have their limits in the project file: their baseline is `analysis.json`, which is not edited. */
async function limitsOfProject(
  args: ConstraintsArgs,
  store: ProjectStore,
  library: typeof import('driftline/browser'),
  context: MainPanelContext,
): Promise<HTMLElement> {
  const { trans } = context;
  const last = store.status?.monitors[args.monitor]?.last;
  const read = last && (await store.report(args.monitor, last));
  const report = read && 'report' in read ? read.report : undefined;
  const file = 'driftline.yaml';
  const text = await store.read(file);
  const shared = { text, file, args, reasons: noNotes, suggested: text, store, library, context };
  if (report?.modelBias !== undefined) {
    const kind = biasLimits(library, trans, { monitor: args.monitor, report: report.modelBias });
    return new ConstraintsEditor({ ...shared, kind }).node;
  }
  if (report?.modelExplainability !== undefined) {
    return new ConstraintsEditor({ ...shared, kind: attributionLimits(library, trans, args.monitor) }).node;
  }
  const problem = {
    what: trans.__('No execution of %1 has a report yet.', args.monitor),
    fix: trans.__('Run the monitor once: what it measures, against its baseline, stands beside the limits then.'),
  };
  return problemPanel(problem, trans.__('Nothing to edit'));
}

const noNotes: BaselineNotes = { reasons: {}, sha256: {} };

/** The name of the copy of `constraints.json` as it was suggested, made when it is first changed. */
const COPY = 'constraints.suggested.json';

/** The text as it was suggested, by its hash: the file itself, or its copy; and how the copy is made. */
async function suggestedText(
  store: ProjectStore,
  folder: string,
  text: string,
  { sha256 }: BaselineNotes,
): Promise<Pick<ConstraintsEditorOptions<never>, 'suggested' | 'beforeSave'>> {
  const wanted = sha256['constraints.json'];
  const isSuggested = async (each: string): Promise<boolean> =>
    wanted !== undefined && (await sha256Of(each)) === wanted;
  const copy = `${folder}/${COPY}`;
  const beforeSave = async (saved: string): Promise<void> => {
    if (await isSuggested(saved)) await store.write(copy, saved);
  };
  if (await isSuggested(text)) return { suggested: text, beforeSave };
  const kept = (await store.has(copy)) ? await store.read(copy) : undefined;
  return { suggested: kept !== undefined && (await isSuggested(kept)) ? kept : undefined, beforeSave };
}

/** Hexadecimal; undefined where the page is not served securely, and the browser has no hashes. */
async function sha256Of(text: string): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
