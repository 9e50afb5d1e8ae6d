import type { ExplainedSample } from '../../explain/explained-sample.js';
import { RowSample, rowsOf, type SampledRows } from '../../explain/row-sample.js';
import { type AttributionProfile, AttributionProfileBuilder } from '../../metrics/attribution/attribution-profile.js';
import { type RunOptions, runOptions } from '../../progress.js';
import { type OpenedModel, RowExplainer } from './explain-rows.js';
import type { RowReader } from './read-rows.js';

/** Windows of so many rows are explained whole. */
export const WHOLE_ROWS = 10_000;
/** And of larger ones never more than so many are drawn. */
export const MOST_ROWS = 100_000;

const BATCH_ROWS = 2_000;

/** The rows of a window that were explained. */
export interface ExplainedWindow {
  readonly sample: ExplainedSample;
  readonly profile: AttributionProfile;
  /** Rows that were read. */
  readonly seen: number;
  readonly worstError: number;
}

/**
 * Draws rows of a window and explains them: all where there are no more than `limit`. Memory: the drawn rows and their
 * attributions, 8 bytes for each output and feature.
 */
export async function explainWindow(
  rows: Pick<RowReader, 'batches'>,
  model: OpenedModel,
  limit: number,
  layout: AttributionProfile | undefined,
  where: string,
  options: RunOptions & { readonly seed: number },
): Promise<ExplainedWindow> {
  const drawn = new RowSample(model.match.places, limit, options.seed);
  for await (const batch of rows.batches()) drawn.add(batch);
  const sampled = drawn.finish();
  const builder = new AttributionProfileBuilder(model.explainer, { seed: options.seed, ...(layout && { layout }) });
  const explained = await explainSample(sampled, model, where, options, builder);
  return { ...explained, profile: builder.finish(), seen: drawn.seen };
}

/**
 * Explains drawn rows. Memory: 8 bytes for each row, output and feature.
 *
 * @param builder - is given every batch with its attributions.
 */
export async function explainSample(
  sampled: SampledRows,
  model: OpenedModel,
  where: string,
  options: RunOptions,
  builder?: AttributionProfileBuilder,
): Promise<Pick<ExplainedWindow, 'sample' | 'worstError'>> {
  const { explainer } = model;
  const [outputs, features] = [explainer.outputs.length, explainer.features.length];
  const values = new Float64Array(sampled.rowCount * outputs * features);
  const answers = new Float64Array(sampled.rowCount * outputs);
  const rowExplainer = new RowExplainer(explainer, where);
  for (let first = 0; first < sampled.rowCount; first += BATCH_ROWS) {
    const end = Math.min(sampled.rowCount, first + BATCH_ROWS);
    const batch = rowsOf(sampled, first, end);
    const attributions = await rowExplainer.explain(batch, runOptions(options));
    builder?.add(attributions, batch);
    values.set(attributions.values, first * outputs * features);
    answers.set(attributions.answers, first * outputs);
    options.onProgress?.({ stage: 'explaining', done: end, total: sampled.rowCount, unit: 'rows' });
  }
  return {
    worstError: rowExplainer.worstError,
    sample: {
      features: explainer.features,
      outputs: explainer.outputs,
      rows: sampled.rowCount,
      columns: sampled.columns,
      values,
      answers,
      expectedValues: explainer.expectedValues,
      ...(sampled.times && { times: sampled.times }),
      ...(sampled.eventIds && { eventIds: sampled.eventIds }),
    },
  };
}
