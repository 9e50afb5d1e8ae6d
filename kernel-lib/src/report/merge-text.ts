import type { MergeSummary } from '../capture/merge.js';
import { coverageText } from './coverage-text.js';
import { withoutControls } from './html-template.js';
import { countText, plural } from './value-text.js';

/** What a merge came to, for people; without the hint, which is said apart. */
export function mergeText(summary: MergeSummary, output: string): string {
  const { files, unmatchedLabels, repeatedLabels } = summary;
  const lines = [coverageText(summary), ...hoursText(summary)];
  if (unmatchedLabels > 0) lines.push(`${plural(unmatchedLabels, 'label')} without a prediction in the window.`);
  if (repeatedLabels > 0) lines.push(`${plural(repeatedLabels, 'label')} came again: the last one counts.`);
  lines.push(...unreadText(summary));
  if (files.length > 0) lines.push(`${plural(files.length, 'file')} in ${output}`);
  return withoutControls(lines.join('\n'));
}

function hoursText({ hours }: MergeSummary): string[] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return [];
  const without = hours.filter(({ labelled }) => labelled === 0).length;
  const rest = without === 0 ? '' : `; ${countText(without)} of them without a label`;
  return [`${plural(hours.length, 'captured hour')}, ${first.hour} to ${last.hour}${rest}.`];
}

function unreadText({ capture, groundTruth }: MergeSummary): string[] {
  const [first] = [...capture.examples, ...groundTruth.examples];
  if (first === undefined) return [];
  const sides = [
    ...(capture.quarantined > 0 ? [`${plural(capture.quarantined, 'line')} of capture`] : []),
    ...(groundTruth.quarantined > 0 ? [`${plural(groundTruth.quarantined, 'line')} of ground truth`] : []),
  ];
  return [`${sides.join(' and ')} could not be read; the first: ${first.file}:${first.line} ${first.reason}.`];
}
