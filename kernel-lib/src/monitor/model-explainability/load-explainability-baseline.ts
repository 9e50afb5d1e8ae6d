import { parseAnalysis } from '../../constraints/analysis.js';
import { explanationsOf } from '../../constraints/attribution-analysis.js';
import { MonitorError } from '../../errors.js';
import type { GlobalAttributions } from '../../metrics/attribution/aggregate.js';
import type { Rule } from '../../report/report.js';
import { type BaselinePlace, findBaseline, readText, sha256 } from '../load-baseline.js';
import { type AttributionsFile, parseAttributionsFile } from './attributions-file.js';

/** An explainability baseline as a check takes it. */
export interface ExplainabilityBaseline {
  readonly source: string;
  /** By output, as in `analysis.json`. */
  readonly outputs: readonly GlobalAttributions[];
  /** Undefined for baselines that Driftline did not make, or that were edited since: their values are taken as exact. */
  readonly own: AttributionsFile | undefined;
  /** Undefined where `driftline.json` is absent. */
  readonly file: { readonly rule: Rule } | undefined;
  /** Clarify's configuration beside the baseline. */
  readonly config: string | undefined;
}

/**
 * Reads an explainability baseline: `analysis.json`, and what Driftline keeps beside it.
 *
 * @throws MonitorError `FORMAT`; `CONFIGURATION` for an analysis without explanations; `USAGE` where nothing is given; `FILE_NOT_FOUND`.
 */
export async function loadExplainabilityBaseline(place: BaselinePlace): Promise<ExplainabilityBaseline> {
  const files = await findBaseline(place, { name: 'analysis.json', instead: 'an analysis.json' });
  const { source, constraintsFile, constraintsText, own, beside } = files;
  const outputs = explanationsOf(parseAnalysis(constraintsText, constraintsFile), constraintsFile);
  if (outputs.length === 0) {
    throw new MonitorError('CONFIGURATION', 'The analysis has no explanations.', {
      where: constraintsFile,
      fix: 'give an explainability baseline, made with "driftline baseline model-explainability"',
    });
  }
  const stateFile =
    own?.sha256['analysis.json'] === sha256(constraintsText) ? await beside('attributions.json') : undefined;
  return {
    source,
    outputs,
    own: stateFile === undefined ? undefined : parseAttributionsFile(await readText(stateFile), stateFile),
    file: own && { rule: own.rule },
    config: await beside('analysis_config.json'),
  };
}
