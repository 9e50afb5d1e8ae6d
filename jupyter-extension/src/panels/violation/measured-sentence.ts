import type { TranslationBundle } from '@jupyterlab/translation';
import type { Report, Violation } from 'driftline';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { longestTitle } from '../model-bias/bias-words.js';
import type { ViolationSubject } from '../violation-subject.js';

/** What was measured against the limit and the baseline, in one plain sentence. */
export function measuredSentence(
  report: Pick<Report, 'modelBias'>,
  violation: Violation,
  { title, measured, limit, baseline }: ViolationSubject,
  trans: TranslationBundle,
): string {
  const name = shorten(title, longestTitle);
  const before = baseline === noValue ? '' : ` ${trans.__('In the baseline it was %1.', baseline)}`;
  switch (violation.check) {
    case 'completeness_check':
      return trans.__('%1 of the rows have a value of %2; at least %3 must.', measured, name, limit) + before;
    case 'data_type_check':
      return trans.__('%1 of the values of %2 have the expected type; at least %3 must.', measured, name, limit);
    case 'categorical_values_check':
      return trans.__('%1 of the values of %2 are known to the baseline; at least %3 must be.', measured, name, limit);
    case 'missing_column_check':
    case 'extra_column_check':
      return trans.__('The current data have %1 columns, the baseline has %2.', measured, limit);
    case 'baseline_drift_check':
      return violation.unit === 'p-value'
        ? trans.__(
            'If %1 were distributed as in the baseline, a difference this large had a probability of %2; the limit is %3.',
            name,
            measured,
            limit,
          )
        : trans.__('The distance of %1 from the baseline is %2; the limit is %3.', name, measured, limit);
    case 'LessThanThreshold':
      return trans.__('%1 is %2; it must be at least %3.', name, measured, limit) + before;
    case 'GreaterThanThreshold':
      return trans.__('%1 is %2; it must be at most %3.', name, measured, limit) + before;
    case 'bias_drift_check':
      return biasSentence(report, violation, name, measured, limit, trans) + before;
    case 'feature_attribution_drift_check':
      return trans.__(
        'The ranking of the features agrees with that of the baseline by an nDCG of %1; it must be at least %2.',
        measured,
        limit,
      );
    default:
      return trans.__('%1 was measured; the limit is %2.', measured, limit) + before;
  }
}

function biasSentence(
  { modelBias }: Pick<Report, 'modelBias'>,
  { feature, facet, measured: value }: Violation,
  name: string,
  measured: string,
  limit: string,
  trans: TranslationBundle,
): string {
  const fair = modelBias?.facets
    .find((known) => known.facet === facet?.name && known.value === facet.value)
    ?.metrics.find((metric) => metric.name === feature)?.fair;
  if (fair === undefined) return trans.__('%1 is %2; the limit is %3.', name, measured, limit);
  return value >= fair
    ? trans.__('%1 is %2, where %3 is equal treatment; it must be at most %4.', name, measured, String(fair), limit)
    : trans.__('%1 is %2, where %3 is equal treatment; it must be at least %4.', name, measured, String(fair), limit);
}
