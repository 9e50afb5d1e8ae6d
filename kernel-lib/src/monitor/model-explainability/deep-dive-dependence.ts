import { textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import { RowSample } from '../../explain/row-sample.js';
import { AttributionProfileBuilder } from '../../metrics/attribution/attribution-profile.js';
import { sideOfProfile } from '../../metrics/attribution/attribution-side.js';
import { dependenceOf } from '../../metrics/attribution/feature-bins.js';
import type { DependenceBin } from '../../report/model-explainability-report.js';
import type { Pair } from '../../report/model-quality-report.js';
import { Random } from '../../stats/random.js';
import { type DeepDive, type DeepDiveOptions, type ExplainedOutput, noRows, withWindow } from './deep-dive.js';
import { checkColumn } from './deep-dive-rows.js';
import { explainSample } from './explain-window.js';

/** Whose attributions are looked at. */
export interface DependenceOptions extends DeepDiveOptions {
  /** A feature of the model. */
  readonly feature: string;
  /** Rows explained at most, drawn at random where there are more; default: 10,000. */
  readonly limit?: number;
  /** Single rows told at most; default: 1,000. */
  readonly points?: number;
}

/** What a feature adds to a prediction, by its value. */
export interface FeatureDependence extends ExplainedOutput {
  readonly feature: string;
  /** Rows explained. The baseline's are there where Driftline made it. */
  readonly rows: Pair<number>;
  /** At most 30, those of the baseline where there is one: in order of the value, of categories by frequency. */
  readonly bins: readonly DependenceBin[];
  /** Rows of the window, drawn at random where there are more, in their order; the value as text, null where missing. */
  readonly points: readonly { readonly value: string | null; readonly attribution: number }[];
}

/**
 * What a feature adds to predictions depending on its value: the mean attribution in bins of the value with 95 % intervals
 * (normal), baseline against current, and single rows of the window. A baseline that is only an `analysis.json` has no bins.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND` for a feature that the model does not have; `NO_DATA`; `USAGE`; what reading and the
 *   model throw.
 */
export async function dependence(options: DependenceOptions): Promise<FeatureDependence> {
  return withWindow(options, async (dive) => {
    const { feature, limit = 10_000, points = 1_000 } = options;
    const { explainer, uri } = dive.model;
    checkColumn(feature, explainer.features, uri);
    const drawn = new RowSample(dive.model.match.places, limit, dive.seed);
    for await (const batch of dive.rows.batches()) drawn.add(batch);
    if (drawn.seen === 0) throw noRows(dive.where);
    const { sample } = await explainSample(drawn.finish(), dive.model, dive.where, options);
    const before = dive.baseline?.own?.profile;
    const builder = new AttributionProfileBuilder(explainer, { seed: dive.seed, ...(before && { layout: before }) });
    builder.add(sample, { rowCount: sample.rows, columns: sample.columns });
    const place =
      before?.outputs.length === 1 ? 0 : before?.outputs.findIndex(({ label }) => label === dive.described.label);
    const bins = dependenceOf(
      feature,
      before && place !== undefined && place >= 0 ? sideOfProfile(before, place, 'mean_abs') : undefined,
      sideOfProfile(builder.finish(), dive.output, 'mean_abs'),
    );
    return {
      ...dive.described,
      feature,
      rows: { ...(before && { baseline: before.rows }), current: sample.rows },
      bins: bins ?? [],
      points: pointsOf(sample, dive, feature, points),
    };
  });
}

function pointsOf(
  { rows, features, outputs, columns, values }: ExplainedSample,
  { output, seed }: DeepDive,
  feature: string,
  most: number,
): FeatureDependence['points'] {
  const place = features.indexOf(feature);
  const order = Array.from({ length: rows }, (_, row) => row);
  const shown =
    rows <= most
      ? order
      : new Random(seed)
          .shuffle(order)
          .slice(0, Math.max(0, most))
          .sort((a, b) => a - b);
  return shown.map((row) => ({
    value: textOf(columns[place]!, row),
    attribution: values[(row * outputs.length + output) * features.length + place]!,
  }));
}
