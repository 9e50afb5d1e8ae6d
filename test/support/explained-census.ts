import { fileURLToPath } from 'node:url';
import type { CellBatch, CellColumn } from '../../kernel-lib/src/dataset/cell-batch.js';
import { type CensusRow, loadCensus } from '../../kernel-lib/src/demo/census.js';
import type { ExplainedSample } from '../../kernel-lib/src/explain/explained-sample.js';
import { openExplainer } from '../../kernel-lib/src/explain/open-explainer.js';

/** The example's model. */
export const censusModel: string = fileURLToPath(new URL('../../kernel-lib/demo/census-model.json', import.meta.url));

/** People of the census as text cells, as a capture has them, explained by the example's model. */
export async function explainedCensus(rows: readonly CensusRow[]): Promise<ExplainedSample> {
  const explainer = await openExplainer(censusModel, { threads: 1 });
  try {
    const { features, outputs, expectedValues } = explainer;
    const names = (await loadCensus()).features;
    const columns = features.map((feature): CellColumn => {
      const place = names.indexOf(feature);
      return { kind: 'text', values: rows.map(({ cells }) => cells[place] || null) };
    });
    const batch: CellBatch = { rowCount: rows.length, columns };
    const { values, answers } = await explainer.explain(batch);
    return { features, outputs, rows: rows.length, columns, values, answers, expectedValues };
  } finally {
    await explainer.close();
  }
}
