import type { ExplainedSample } from '../../kernel-lib/src/explain/explained-sample.js';

/** Rows by feature, texts or numbers, and their attributions to a single output. */
export function explainedSample(
  cells: Readonly<Record<string, readonly (string | number | null)[]>>,
  values: readonly (readonly number[])[],
  more: Partial<ExplainedSample> = {},
): ExplainedSample {
  const features = Object.keys(cells);
  return {
    features,
    outputs: ['label0'],
    rows: values.length,
    columns: features.map((feature) => ({
      kind: 'text',
      values: cells[feature]!.map((cell) => (cell === null ? null : String(cell))),
    })),
    values: Float64Array.from(values.flat()),
    answers: Float64Array.from(values, (row) => row.reduce((sum, value) => sum + value, 0)),
    expectedValues: Float64Array.of(0),
    ...more,
  };
}
