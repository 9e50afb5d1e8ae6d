import { MonitorError } from '../../errors.js';
import { runOptions } from '../../progress.js';
import type { FeatureImpacts } from '../../report/impact.js';
import type { OutputAttributionReport } from '../../report/model-explainability-report.js';
import type { Estimated } from '../../report/model-quality-report.js';
import type { CheckOptions } from '../check.js';
import { attributionFindings } from './attribution-findings.js';
import { openModelFor } from './explain-rows.js';
import { explainWindow, WHOLE_ROWS } from './explain-window.js';
import { type ExplainabilityBaseline, loadExplainabilityBaseline } from './load-explainability-baseline.js';
import { openWindowRows } from './open-window-rows.js';
import { type ExplainabilitySettings, explainabilitySettings } from './settings.js';

/** Impacts, and why they are not all there. */
export interface MeasuredImpact {
  readonly impacts: FeatureImpacts;
  readonly notes: readonly string[];
}

/**
 * What the drift of each feature does to predictions: its share of attribution in an explainability baseline and, where
 * the model is at hand, the change of the mean prediction that it explains, of at most 10,000 rows of the window.
 *
 * @param attributions - the folder of the explainability baseline.
 * @param rowCount - of the window: of a large one only some lines are read.
 * @throws MonitorError what reading the baseline throws. A model that cannot explain the window is a note.
 */
export async function measureImpact(
  attributions: string,
  rowCount: number,
  options: CheckOptions,
): Promise<MeasuredImpact> {
  const baseline = await loadExplainabilityBaseline({ baseline: attributions });
  const settings = await explainabilitySettings(options, baseline);
  try {
    return await explainedImpact(attributions, baseline, settings, rowCount, options);
  } catch (error) {
    if (!(error instanceof MonitorError) || error.code === 'ABORTED') throw error;
    const outputs = attributionFindings(baseline, undefined, {
      ...{ settings, seed: 0, rule: 'significant', window: undefined, details: false },
    }).outputs;
    return {
      impacts: impactsOf(
        outputs.map(({ report }) => report),
        { baseline: attributions, scale: baseline.own?.scale ?? 'margin' },
      ),
      notes: [`What drift does to the mean prediction is not known: ${error.what}`],
    };
  }
}

async function explainedImpact(
  attributions: string,
  baseline: ExplainabilityBaseline,
  settings: ExplainabilitySettings,
  rowCount: number,
  options: CheckOptions,
): Promise<MeasuredImpact> {
  // A tenth more lines than rows are wanted: their number is left to chance, too.
  const lineShare = Math.min(1, (1.1 * WHOLE_ROWS) / Math.max(1, rowCount));
  const rows = await openWindowRows(options, baseline, settings, lineShare);
  try {
    const model = await openModelFor(rows, settings, options, options.current, baseline);
    try {
      const seed = options.seed ?? 0;
      const layout = baseline.own?.profile;
      const how = { seed, ...runOptions(options) };
      const window = await explainWindow(rows, model, WHOLE_ROWS, layout, options.current, how);
      const { outputs } = attributionFindings(baseline, window.seen === 0 ? undefined : window, {
        ...{ settings, seed, rule: 'significant', window: undefined, details: false },
      });
      const { scale } = model.explainer;
      return {
        impacts: impactsOf(
          outputs.map(({ report }) => report),
          { baseline: attributions, scale, explained: window.sample.rows },
        ),
        notes: [],
      };
    } finally {
      await model.explainer.close();
    }
  } finally {
    await rows.close();
  }
}

/** Of several outputs the mean share; how much the mean prediction changed is one number only for a single output. */
function impactsOf(outputs: readonly OutputAttributionReport[], source: FeatureImpacts['source']): FeatureImpacts {
  const found = new Map<string, { shares: number[]; meanChange: Estimated | undefined }>();
  for (const { features } of outputs) {
    for (const { feature, share, meanChange } of features) {
      const entry = found.get(feature) ?? { shares: [], meanChange: undefined };
      entry.shares.push(share.baseline?.value ?? 0);
      if (outputs.length === 1 && meanChange !== undefined) entry.meanChange = estimateOf(meanChange);
      found.set(feature, entry);
    }
  }
  const features = [...found].map(([feature, { shares, meanChange }]) => {
    const share = shares.reduce((sum, value) => sum + value, 0) / shares.length;
    return [feature, { share, ...(meanChange && { meanChange }) }] as const;
  });
  return { source, features: new Map(features) };
}

function estimateOf({ value, lower, upper }: Estimated): Estimated {
  return { value, ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}
