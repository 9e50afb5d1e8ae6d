import { availableParallelism } from 'node:os';
import type { ModelConfig } from '../models/model.js';
import { openTreeModel } from '../models/open-model.js';
import type { TreeModel } from '../models/tree-model.js';
import type { RunOptions } from '../progress.js';
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
  /** Default: 0. */
  readonly seed?: number;
  /** Clarify's configuration: `methods.shap`, and how endpoints are asked. */
  readonly config?: ExplainConfig;
  /** Rows that stand for absent features: a dataset of them. */
  readonly background?: string;
  /** Default: what is exact for the kind of model, else `kernel`. */
  readonly explainer?: ExplainerName;
  /** The data's columns that are features, for models that do not name theirs. */
  readonly features?: readonly string[];
}

/**
 * Opens what explains a model: exact TreeSHAP for trees.
 *
 * @param uri - see `openModel`.
 * @throws MonitorError `MODEL` for a model that is not understood; `FILE_NOT_FOUND`.
 */
export async function openExplainer(uri: string, options: OpenExplainerOptions = {}): Promise<Explainer> {
  return pathDependentExplainer(await openTreeModel(uri), options);
}

/** Exact path-dependent TreeSHAP, on several threads where there are many rows. */
function pathDependentExplainer(
  model: TreeModel,
  { threads = availableParallelism() }: OpenExplainerOptions,
): Explainer {
  const prepared = prepareTrees(model.sum);
  const pool = openTreeThreads(prepared, threads);
  return {
    features: model.features.map(({ name }) => name),
    outputs: model.outputs,
    expectedValues: prepared.expectedValues,
    scale: model.scale,
    method: { name: 'tree-path-dependent', title: 'exact TreeSHAP, path-dependent', exact: true },
    explain: async (batch, before = 0, { signal } = {}) => pool.explain(model.encodeBatch(batch, before), signal),
    close: () => pool.close(),
  };
}
