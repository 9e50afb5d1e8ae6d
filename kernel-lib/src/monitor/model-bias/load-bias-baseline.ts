import { type BiasAnalysis, biasOf, parseAnalysis } from '../../constraints/analysis.js';
import { MonitorError } from '../../errors.js';
import type { Rule } from '../../report/report.js';
import { joinUri } from '../../storage/open-storage.js';
import { existing, parseOwn, readText } from '../load-baseline.js';
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
  const { baseline } = options;
  const inFolder = (name: string): string | undefined => (baseline === undefined ? undefined : joinUri(baseline, name));
  const analysisFile = options.constraints ?? inFolder('analysis.json');
  if (analysisFile === undefined) {
    throw new MonitorError('USAGE', 'There is nothing to compare with.', {
      fix: 'give a baseline folder, or an analysis.json as --constraints',
    });
  }
  const analysis = parseAnalysis(await readText(analysisFile), analysisFile);
  const groups = biasOf(analysis);
  if (groups.length === 0) {
    throw new MonitorError('CONFIGURATION', 'The analysis file holds no bias metrics.', {
      where: analysisFile,
      fix: 'name the analysis.json of a bias baseline',
    });
  }
  // A file that is named by itself is judged as the service would, whatever lies beside it.
  const beside = options.constraints === undefined ? inFolder : () => undefined;
  const [biasFile, ownFile, config] = await Promise.all(
    ['bias.json', 'driftline.json', 'analysis_config.json'].map((name) => existing(beside(name))),
  );
  const stage = analysis.post_training_bias_metrics ?? analysis.pre_training_bias_metrics;
  const own = ownFile === undefined ? undefined : parseOwn(await readText(ownFile), ownFile);
  return {
    source: baseline ?? analysisFile,
    groups,
    label: stage && { name: String(stage.label), positive: String(stage.label_value_or_threshold ?? '') },
    bias: biasFile === undefined ? undefined : parseBiasFile(await readText(biasFile), biasFile),
    config,
    file: own && { rule: own.rule },
  };
}
