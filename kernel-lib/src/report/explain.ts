import { hasDistribution, sampleOfColumn } from '../metrics/column-pair.js';
import type { ColumnProfile } from '../profile/profile.js';
import type { FeatureDrift } from '../violations/drift.js';
import { shareAtMost } from '../violations/drift.js';
import type { ViolatedOutcome } from '../violations/outcome.js';
import { clipText, countText, numberText, percentText, plural } from './value-text.js';

/** What an explanation may speak of besides the outcome. */
export interface Explained {
  readonly baseline: ColumnProfile | undefined;
  readonly current: ColumnProfile | undefined;
  readonly drift: FeatureDrift | undefined;
}

/** A violation as a sentence for people: what changed, from what to what. The feature's name stands beside it. */
export function explain(outcome: ViolatedOutcome, { baseline, current, drift }: Explained): string {
  if (outcome.explanation !== undefined) return outcome.explanation;
  switch (outcome.check) {
    case 'completeness_check': {
      const before = outcome.baselineValue ?? outcome.limit;
      const was = before === 1 ? 'none in the baseline' : `${percentText(1 - before)} in the baseline`;
      return `${percentText(1 - outcome.measured)} of rows have no value (${was})`;
    }
    case 'data_type_check': {
      const share = percentText(1 - outcome.measured);
      const expected = outcome.condition?.kind === 'not-type' ? outcome.condition.expected : undefined;
      const what = { Integral: 'whole numbers', Fractional: 'numbers', String: 'text', Unknown: 'known' }[
        expected ?? 'Unknown'
      ];
      return `${share} of values are not ${what} (${countText(outcome.rows ?? 0)} of ${countText(current?.present ?? 0)})`;
    }
    case 'categorical_values_check': {
      const domain = new Set(outcome.condition?.kind === 'not-in' ? outcome.condition.values : []);
      const unseen = [...(current?.values ?? [])].filter(([value]) => !domain.has(value)).sort((a, b) => b[1] - a[1]);
      const names = unseen.slice(0, 3).map(([value, count]) => `${quoted(value)} (${plural(count, 'row')})`);
      const more = unseen.length > 3 ? ` and ${unseen.length - 3} more` : '';
      return `${percentText(1 - outcome.measured)} of values are not in the baseline: ${names.join(', ')}${more}`;
    }
    case 'baseline_drift_check':
      return drift === undefined ? outcome.description : explainDrift(drift, baseline, current);
    default:
      return outcome.description;
  }
}

function explainDrift(
  { shift, pair }: FeatureDrift,
  baseline: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
): string {
  const shares = `${percentText(shift.current)} of values, ${percentText(shift.baseline)} in the baseline`;
  if (shift.condition.kind === 'in') return `${quoted(shift.condition.values[0] ?? '')}: ${shares}`;
  const before = baseline?.numeric?.moments;
  const now = current?.numeric?.moments;
  if (pair.kind !== 'numeric' || before === undefined || now === undefined) return shares;
  const means = `mean ${numberText(before.mean ?? 0)} → ${numberText(now.mean ?? 0)}`;
  const outside = shareOutside(baseline, current);
  if (outside !== undefined) return `${outside}; ${means}`;
  const side = shift.condition.above === undefined ? 'at or below' : 'above';
  const point = numberText(shift.condition.above ?? shift.condition.atMost ?? 0);
  return `${percentText(shift.current)} of values are ${side} ${point} (${percentText(shift.baseline)} in the baseline); ${means}`;
}

/** Said where at least a tenth of the values lie where the baseline has none. */
function shareOutside(baseline: ColumnProfile | undefined, current: ColumnProfile | undefined): string | undefined {
  const range = baseline?.numeric?.moments;
  if (range?.min === undefined || range.max === undefined || current === undefined || !hasDistribution(current)) {
    return undefined;
  }
  const sample = sampleOfColumn(current);
  const above = 1 - shareAtMost(sample, range.max);
  let below = 0;
  for (let i = 0; i < sample.values.length && sample.values[i]! < range.min; i++) below += sample.weights[i]!;
  const belowShare = below / sample.count;
  if (above >= belowShare && above >= 0.1) {
    return `${percentText(above)} of values are above the baseline's maximum, ${numberText(range.max)}`;
  }
  if (belowShare >= 0.1) {
    return `${percentText(belowShare)} of values are below the baseline's minimum, ${numberText(range.min)}`;
  }
  return undefined;
}

function quoted(text: string): string {
  return `"${clipText(text, 40)}"`;
}
