/** What speaks for and against an estimate without labels. */
export interface EstimateEvidence {
  readonly baselineRows: number;
  readonly currentRows: number;
  /** Expected calibration error of the scores as they are used, on the baseline; absent without scores. */
  readonly calibrationError?: number;
  /** Different scores in the window; absent without scores. */
  readonly distinctScores?: number;
  /** Features of the baseline that the window lacks. */
  readonly absentFeatures: readonly string[];
  /** Features whose distribution moved beyond their threshold, with their distances. */
  readonly driftedFeatures: readonly { readonly name: string; readonly distance: number }[];
  /** Cross-fitted mean error that a model of errors expects in the baseline over the real one. */
  readonly lossRatio?: number;
}

const LEAST_BASELINE = 500;
const LEAST_CURRENT = 100;
const MOST_CALIBRATION_ERROR = 0.05;
const MOST_LOSS_BIAS = 0.1;

/**
 * Why an estimate should not be trusted, each as a sentence; empty where nothing speaks against it. The limits are ours:
 * 500 rows in the baseline, 100 in the window, a calibration error of 0.05, a bias of 10 % of expected errors.
 */
export function estimateDoubts(evidence: EstimateEvidence): string[] {
  const { baselineRows, currentRows, calibrationError, distinctScores, absentFeatures, driftedFeatures } = evidence;
  const doubts: string[] = [];
  if (baselineRows < LEAST_BASELINE) doubts.push(`The baseline has only ${baselineRows} labelled rows.`);
  if (currentRows < LEAST_CURRENT) doubts.push(`The window has only ${currentRows} predictions.`);
  if (calibrationError !== undefined && calibrationError > MOST_CALIBRATION_ERROR) {
    doubts.push(
      `The scores are not calibrated probabilities: in the baseline they are off by ${calibrationError.toFixed(3)} on average.`,
    );
  }
  if (distinctScores !== undefined && distinctScores < 3 && currentRows >= 3) {
    doubts.push('The scores take at most two values: they look like labels, not like probabilities.');
  }
  if (absentFeatures.length > 0) doubts.push(`Features of the baseline are missing: ${listed(absentFeatures)}.`);
  if (driftedFeatures.length > 0) {
    const names = driftedFeatures.map(({ name, distance }) => `${name} (${distance.toFixed(2)})`);
    const meant = distinctScores === undefined ? 'the errors were' : 'the scores meant';
    doubts.push(
      `Features have drifted, and what ${meant} in the baseline may not hold for such rows: ${listed(names)}.`,
    );
  }
  const { lossRatio = 1 } = evidence;
  if (Math.abs(lossRatio - 1) > MOST_LOSS_BIAS) {
    doubts.push(`On the baseline itself the expected errors are ${(100 * lossRatio).toFixed(0)} % of the real ones.`);
  }
  return doubts;
}

function listed(names: readonly string[]): string {
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}
