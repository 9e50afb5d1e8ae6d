import { availableParallelism } from 'node:os';
import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { MonitorError } from '../errors.js';
import type { LinearModel } from '../models/linear-model.js';
import type { ModelConfig } from '../models/model.js';
import { isAsked, openModel, readModel } from '../models/open-model.js';
import { isLinearModel } from '../models/parse-model.js';
import type { TreeModel } from '../models/tree-model.js';
import { type RunOptions, runOptions } from '../progress.js';
import type { Background } from './background.js';
import { backgroundOf } from './background-rows.js';
import type { Explainer, ExplainerName } from './explainer.js';
import type { ShapConfig } from './shap-config.js';
import { prepareTrees } from './tree-shap.js';
import { openTreeThreads } from './tree-threads.js';

/** What Clarify's configuration says of explaining and asking a model. */
export interface ExplainConfig extends ModelConfig {
  readonly methods?: { readonly shap?: ShapConfig | undefined } | undefined;
}

/** How a model is explained. */
export interface OpenExplainerOptions extends RunOptions {
  /** Worker threads of TreeSHAP; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
  /** Default: that of the configuration, else 0. */
  readonly seed?: number;
  /** Clarify's configuration: `methods.shap`, and how endpoints are asked. */
  readonly config?: ExplainConfig;
  /** Rows that stand for absent features: a dataset of them, taken whole, or what an earlier run took. */
  readonly background?: string | Background;
  /** A dataset that they are drawn from, or clustered, where nothing else says which. */
  readonly dataset?: string;
  /** Default: what is exact for the kind of model, else `kernel`. */
  readonly explainer?: ExplainerName;
  /** The data's columns that are features, for models that do not name theirs. */
  readonly features?: readonly string[];
}

/** An explainer with the rows that stand for absent features, where it needs some. */
export interface OpenedExplainer extends Explainer {
  readonly background?: Background;
}

/**
 * Opens what explains a model. By default trees are explained by exact path-dependent TreeSHAP, linear models by exact linear
 * SHAP, and models that are asked (endpoints, ONNX, modules) by Kernel SHAP.
 *
 * @param uri - see `openModel`.
 * @throws MonitorError `MODEL` for a model that is not understood; `FILE_NOT_FOUND`; `USAGE` for an explainer that is not of
 *   the model's kind; `CONFIGURATION` where rows that stand for absent features are needed and not said.
 */
export async function openExplainer(uri: string, options: OpenExplainerOptions = {}): Promise<OpenedExplainer> {
  if (isAsked(uri)) return askedExplainer(uri, options);
  const model = await readModel(uri);
  return isLinearModel(model) ? linearModelExplainer(uri, model, options) : treeModelExplainer(uri, model, options);
}

async function treeModelExplainer(
  uri: string,
  model: TreeModel,
  options: OpenExplainerOptions,
): Promise<OpenedExplainer> {
  const { explainer = 'tree' } = options;
  if (explainer === 'tree') return pathDependentExplainer(model, options);
  if (explainer === 'linear') throw otherKind(uri, 'trees', explainer, 'tree, interventional or kernel');
  const background = await backgroundFor(namesOf(model), uri, options);
  if (explainer === 'interventional') {
    const { interventionalExplainer } = await import('./interventional-shap.js');
    return { ...interventionalExplainer(model, background), background };
  }
  const [{ treeCoalitions }, { kernelExplainer }] = await Promise.all([
    import('./kernel-trees.js'),
    import('./kernel-shap.js'),
  ]);
  return { ...kernelExplainer(treeCoalitions(model, background), kernelSettings(options)), background };
}

async function linearModelExplainer(
  uri: string,
  model: LinearModel,
  options: OpenExplainerOptions,
): Promise<OpenedExplainer> {
  const { explainer = 'linear', background: asked, config } = options;
  if (explainer === 'tree' || explainer === 'interventional') {
    throw otherKind(uri, 'a weighted sum', explainer, 'linear or kernel');
  }
  const given = asked !== undefined || config?.methods?.shap?.baseline !== undefined;
  const background = given || explainer === 'kernel' ? await backgroundFor(namesOf(model), uri, options) : undefined;
  if (explainer === 'linear') {
    const { linearExplainer } = await import('./linear-shap.js');
    return { ...linearExplainer(model, background), ...(background && { background }) };
  }
  const [{ linearCoalitions }, { kernelExplainer }] = await Promise.all([
    import('./kernel-linear.js'),
    import('./kernel-shap.js'),
  ]);
  return { ...kernelExplainer(linearCoalitions(model, background!), kernelSettings(options)), background: background! };
}

/** Kernel SHAP of a model that is asked: it is given the data's features under their names. */
async function askedExplainer(uri: string, options: OpenExplainerOptions): Promise<OpenedExplainer> {
  const { explainer = 'kernel', features = [], config } = options;
  if (explainer !== 'kernel') throw otherKind(uri, 'not known from inside', explainer, 'kernel');
  const [{ askedCoalitions }, { kernelExplainer }] = await Promise.all([
    import('./kernel-asked.js'),
    import('./kernel-shap.js'),
  ]);
  const model = await openModel(uri, { config });
  const found = await backgroundFor(features, uri, options);
  const numeric = found.batch.columns.map(isNumeric);
  const background: Background = { ...found, batch: typed(found.batch, numeric) };
  const kernel = kernelExplainer(
    await askedCoalitions(model, features, background, runOptions(options)),
    kernelSettings(options),
  );
  return {
    ...kernel,
    background,
    explain: (batch, before, run) => kernel.explain(typed(batch, numeric), before, run),
    close: async () => {
      await kernel.close();
      await model.close?.();
    },
  };
}

/** Exact path-dependent TreeSHAP, on several threads where there are many rows. */
function pathDependentExplainer(
  model: TreeModel,
  { threads = availableParallelism() }: OpenExplainerOptions,
): OpenedExplainer {
  const prepared = prepareTrees(model.sum);
  const pool = openTreeThreads(prepared, threads);
  return {
    features: namesOf(model),
    outputs: model.outputs,
    expectedValues: prepared.expectedValues,
    scale: model.scale,
    method: { name: 'tree-path-dependent', title: 'exact TreeSHAP, path-dependent', exact: true },
    explain: async (batch, before = 0, { signal } = {}) => pool.explain(model.encodeBatch(batch, before), signal),
    close: () => pool.close(),
  };
}

function namesOf({ features }: TreeModel | LinearModel): readonly string[] {
  return features.map(({ name }) => name);
}

async function backgroundFor(
  features: readonly string[],
  model: string,
  { background, dataset, config, seed, ...options }: OpenExplainerOptions,
): Promise<Background> {
  if (typeof background === 'object') return background;
  const shap = config?.methods?.shap;
  return backgroundOf(features, {
    shap: background === undefined ? shap : { ...shap, baseline: background },
    dataset,
    seed: shap?.seed ?? seed,
    model,
    ...runOptions(options),
  });
}

function kernelSettings({ config, seed }: OpenExplainerOptions): {
  readonly samples?: number;
  readonly seed: number;
  readonly useLogit: boolean;
} {
  const { num_samples: samples, use_logit: useLogit = false, seed: own } = config?.methods?.shap ?? {};
  return { ...(samples !== undefined && { samples }), seed: own ?? seed ?? 0, useLogit };
}

/** Whether all cells that are present are written as finite numbers, and there are some. */
function isNumeric(column: CellColumn): boolean {
  if (column.kind === 'number') return true;
  const present = column.values.filter((cell) => cell !== null && cell.trim() !== '');
  return present.length > 0 && present.every((cell) => Number.isFinite(Number(cell)));
}

/** A batch whose columns of numbers are numbers, however they were written: a model that is asked is given them so. */
function typed({ rowCount, columns }: CellBatch, numeric: readonly boolean[]): CellBatch {
  return {
    rowCount,
    columns: columns.map((column, place): CellColumn => {
      if (column.kind === 'number' || !numeric[place]) return column;
      const blank = (cell: string | null): boolean => cell === null || cell.trim() === '';
      const values = Float64Array.from(column.values, (cell) => (blank(cell) ? Number.NaN : Number(cell)));
      // A text among numbers stays what it is: the model says what it makes of it.
      if (column.values.some((cell, row) => !blank(cell) && !Number.isFinite(values[row]!))) return column;
      const valid = Uint8Array.from(column.values, (cell) => (blank(cell) ? 0 : 1));
      return { kind: 'number', values, valid, integral: false };
    }),
  };
}

function otherKind(uri: string, kind: string, explainer: ExplainerName, fit: string): MonitorError {
  return new MonitorError('USAGE', `The explainer "${explainer}" is not for this model, which is ${kind}.`, {
    where: uri,
    fix: `leave --explainer out, or give ${fit}`,
  });
}
