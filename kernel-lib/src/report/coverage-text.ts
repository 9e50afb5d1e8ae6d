import type { LabelCoverage } from '../capture/summary.js';
import { countText, percentText, plural } from './value-text.js';

/** "1,204 of 2,689 predictions have their label (44.8 %); labels come 24 hours late (median; 95 % within 26)." */
export function coverageText({ predictions, labelled, delayHours }: LabelCoverage): string {
  if (predictions === 0) return 'No predictions.';
  const share = `${countText(labelled)} of ${plural(predictions, 'prediction')} have their label (${percentText(labelled / predictions)})`;
  if (delayHours === undefined) return `${share}.`;
  const { median, p95 } = delayHours;
  return `${share}; labels come ${plural(median, 'hour')} late (median; 95 % within ${p95}).`;
}
