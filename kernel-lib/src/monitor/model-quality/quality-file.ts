import { MonitorError } from '../../errors.js';
import type { CbpeState } from '../../metrics/estimate/cbpe.js';
import type { DleState } from '../../metrics/estimate/dle.js';
import type { QualityResult } from '../../metrics/model/quality.js';
import type { SegmentPlan } from '../../metrics/segments/binning.js';
import type { SegmentTableState } from '../../metrics/segments/table.js';
import type { QualityProblem } from './evaluate.js';
import type { QualityAttributes } from './problem.js';

const VERSION = 1;

/** `quality.json`, beside a model-quality baseline: what a check needs that the service's files do not hold. */
export interface QualityFile {
  readonly schema: 'driftline.quality';
  readonly version: typeof VERSION;
  readonly problem: QualityProblem;
  /** As the baseline's dataset was read. */
  readonly attributes: QualityAttributes;
  readonly classes: readonly string[];
  /** The model's inputs, in the order of the dataset. */
  readonly featureNames: readonly string[];
  readonly result: QualityResult;
  readonly plan: SegmentPlan;
  readonly segments: SegmentTableState;
  readonly cbpe?: CbpeState;
  readonly dle?: DleState;
}

/** The text of `quality.json`. */
export function qualityFileText(file: Omit<QualityFile, 'schema' | 'version'>): string {
  return `${JSON.stringify({ schema: 'driftline.quality', version: VERSION, ...file })}\n`;
}

/**
 * Reads `quality.json`.
 *
 * @throws MonitorError `FORMAT` where it is none, or of a version this release does not know.
 */
export function parseQualityFile(text: string, where: string): QualityFile {
  let file: QualityFile | undefined;
  try {
    file = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (file?.schema === 'driftline.quality' && file.version === VERSION) return file;
  throw new MonitorError('FORMAT', 'Not a quality.json that this version of driftline can read.', {
    where,
    fix: 'make the baseline again with "driftline baseline model-quality"',
  });
}
