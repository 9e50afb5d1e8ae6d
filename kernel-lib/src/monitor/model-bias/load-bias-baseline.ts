import { type BiasAnalysis, biasOf, parseAnalysis } from '../../constraints/analysis.js';
import { MonitorError } from '../../errors.js';
import type { Rule } from '../../report/report.js';
import { findBaseline, readText } from '../load-baseline.js';
import { type BiasFile, parseBiasFile } from './bias-file.js';

/** A bias baseline as a check takes it. */
export interface BiasBaseline {
  readonly source: string;
  /** What `analysis.json` says, group by group. */
  readonly groups: readonly BiasAnalysis[];
  readonly label: { readonly name: string; readonly positive: string } | undefined;
  /** Undefined for baselines that Driftline did not make: their numbers have no intervals. */
  readonly bias: BiasFile | undefined;
  /** Clarify's configuration beside the service's baseline. */
  readonly config: string | undefined;
  readonly file: { readonly rule: Rule } | undefined;
}

/**
 * Reads a bias baseline from a folder with `analysis.json`, or from the file named.
 *
 * @throws MonitorError `USAGE`, `FILE_NOT_FOUND`, `FORMAT`; `CONFIGURATION` where the file holds no bias metrics.
 */
export async function loadBiasBaseline(options: {
  readonly baseline?: string;
  readonly constraints?: string;
}): Promise<BiasBaseline> {
  const found = await findBaseline(options, { name: 'analysis.json', instead: 'an analysis.json as --constraints' });
  const { source, constraintsFile, constraintsText, own, beside } = found;
  const analysis = parseAnalysis(constraintsText, constraintsFile);
  const groups = biasOf(analysis);
  if (groups.length === 0) {
    throw new MonitorError('CONFIGURATION', 'The analysis file holds no bias metrics.', {
      where: constraintsFile,
      fix: 'name the analysis.json of a bias baseline',
    });
  }
  const biasFile = await beside('bias.json');
  const stage = analysis.post_training_bias_metrics ?? analysis.pre_training_bias_metrics;
  return {
    source,
    groups,
    label: stage && { name: String(stage.label), positive: String(stage.label_value_or_threshold ?? '') },
    bias: biasFile === undefined ? undefined : parseBiasFile(await readText(biasFile), biasFile),
    config: await beside('analysis_config.json'),
    file: own && { rule: own.rule },
  };
}
