import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { openTreeModel } from '../models/open-model.js';
import type { ModelCell } from '../models/tree-model.js';
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
  const width = model.features.length;
  return {
    features: model.features.map(({ name }) => name),
    outputs: ['label0'],
    expectedValues: Float64Array.of(tree.expectedValue),
    scale: model.objective === 'binary:logistic' ? 'log-odds' : 'prediction',
    method: { name: 'tree-path-dependent', title: 'exact TreeSHAP, path-dependent', exact: true },
    async explain(batch, before = 0) {
      const encoded = model.encode(rowsOf(batch), before);
      const { values } = tree.explain(encoded);
      const out = new Float64Array(batch.rowCount * width);
      for (let row = 0; row < batch.rowCount; row++)
        out.set(values.subarray(row * (width + 1), row * (width + 1) + width), row * width);
      return { rows: batch.rowCount, values: out, answers: Float64Array.from(model.margins(encoded)) };
    },
    close: async () => {},
  };
}

function rowsOf({ rowCount, columns }: CellBatch): ModelCell[][] {
  return Array.from({ length: rowCount }, (_, row) => columns.map((column) => cellOf(column, row)));
}

function cellOf(column: CellColumn, row: number): ModelCell {
  if (column.kind === 'text') return column.values[row] ?? null;
  return column.valid[row] === 1 ? column.values[row]! : null;
}
