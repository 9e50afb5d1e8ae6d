import type { TranslationBundle } from '@jupyterlab/translation';
import type { FeatureReport, Violation } from 'driftline';
import type { Tone } from '../widgets/status-mark.js';

/** A feature's status, with those told apart whose distance is beyond its threshold without being a violation. */
export function featureTone({ status, drift }: FeatureReport): Tone {
  if (status === 'violated') return 'violated';
  if (status === 'not-compared') return 'quiet';
  return drift !== undefined && drift.distance > drift.threshold ? 'drifting' : 'ok';
}

export function toneWords(tone: Tone, trans: TranslationBundle): string {
  const words: Readonly<Record<Tone, string>> = {
    violated: trans.__('violated'),
    drifting: trans.__('beyond threshold'),
    ok: trans.__('ok'),
    quiet: trans.__('not compared'),
  };
  return words[tone];
}

/** What a check found, in a few words. */
export function checkWords(check: Violation['check'], trans: TranslationBundle): string {
  const words: Readonly<Record<Violation['check'], string>> = {
    data_type_check: trans.__('values of another type'),
    completeness_check: trans.__('values are missing'),
    baseline_drift_check: trans.__('distribution has moved'),
    missing_column_check: trans.__('columns are missing'),
    extra_column_check: trans.__('columns that the baseline lacks'),
    categorical_values_check: trans.__('categories never seen before'),
    custom_check: trans.__('own rule is broken'),
    LessThanThreshold: trans.__('metric has fallen'),
    GreaterThanThreshold: trans.__('metric has risen'),
    bias_drift_check: trans.__('further from equal treatment'),
    feature_attribution_drift_check: trans.__('the model rests on other features'),
  };
  return words[check] ?? check;
}
