import type { MergeSummary } from '../capture/merge.js';
import { coverageText } from './coverage-text.js';
import { plural } from './value-text.js';

/** What a merge came to, for people. */
export function mergeText(summary: MergeSummary, output: string): string {
  const { files, capture, groundTruth, unmatchedLabels, repeatedLabels, hint } = summary;
  const lines = [coverageText(summary)];
  if (unmatchedLabels > 0) lines.push(`${plural(unmatchedLabels, 'label')} without a prediction in the window.`);
  if (repeatedLabels > 0) lines.push(`${plural(repeatedLabels, 'label')} came again: the last one counts.`);
  const lost = capture.quarantined + groundTruth.quarantined;
  if (lost > 0) {
    const [first] = [...capture.examples, ...groundTruth.examples];
    lines.push(
      `${plural(lost, 'line')} could not be read; the first: ${first?.file}:${first?.line} ${first?.reason ?? ''}`,
    );
  }
  lines.push(hint ?? `${plural(files.length, 'file')} in ${output}`);
  return lines.join('\n');
}
