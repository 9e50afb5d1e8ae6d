import type { LabelCoverage, ReadSummary } from '../capture/summary.js';
import { plural, timeText } from './value-text.js';

/** What a headline of labelled predictions needs to know where there are none. */
export interface LabelledRead {
  readonly coverage: LabelCoverage;
  readonly read: ReadSummary;
  readonly newestHour: string | undefined;
}

/**
 * The headline of a window without predictions, or without a label; undefined where there are labels.
 *
 * @param instead - what is done without labels: "; the quality is estimated without them".
 */
export function headlineWithoutLabels(
  { coverage, read, newestHour }: LabelledRead,
  window: { readonly start: string; readonly end: string } | undefined,
  instead: string = '',
): string | undefined {
  const { predictions, labelled } = coverage;
  if (predictions === 0) {
    const where = window === undefined ? '' : ` between ${timeText(window.start)} and ${timeText(window.end)}`;
    const newest = newestHour === undefined ? '' : `; the newest capture is of ${timeText(newestHour)}`;
    return read.quarantined > 0
      ? `No predictions${where}: ${plural(read.quarantined, 'line')} could not be used.`
      : `No predictions${where}${newest}.`;
  }
  return labelled === 0 ? `None of ${plural(predictions, 'prediction')} has its label yet${instead}.` : undefined;
}
