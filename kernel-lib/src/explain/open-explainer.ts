import { openTreeModel } from '../models/open-model.js';
import type { AnalysisConfig } from '../monitor/analysis-config.js';
import type { RunOptions } from '../progress.js';
import type { Explainer } from './explainer.js';
import { treeExplainer } from './tree-shap.js';

export interface OpenExplainerOptions extends RunOptions {
  readonly threads?: number;
  readonly seed?: number;
  readonly config?: AnalysisConfig;
  readonly background?: string;
  readonly explainer?: 'tree' | 'interventional' | 'linear' | 'kernel';
  readonly features?: readonly string[];
}

export async function openExplainer(uri: string, _options: OpenExplainerOptions = {}): Promise<Explainer> {
  const model = await openTreeModel(uri);
  const tree = treeExplainer(model);
  return {
    features: model.features.map(({ name }) => name),
    outputs: model.outputs,
    expectedValues: tree.expectedValues,
    scale: model.scale,
    method: { name: 'tree-path-dependent', title: 'exact TreeSHAP, path-dependent', exact: true },
    explain: async (batch, before = 0) => tree.explain(model.encodeBatch(batch, before)),
    close: async () => {},
  };
}
