import { type ColumnProfile, HISTOGRAM_CAP, type Profile } from '../profile/profile.js';
import { byFrequency } from '../profile/statistics-from-profile.js';
import type { Constraints, FeatureConstraint, MonitoringConfig } from './constraints.js';

/** Constraints, and why each was suggested. */
export interface SuggestedConstraints {
  readonly constraints: Constraints;
  /** Sentences by feature; for people, never for the service's file. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** Up to this share of a domain's texts may have been seen only once (deequ `CategoricalRangeRule`). */
const MOST_ONCE = 0.1;

/** The service's defaults; its current documentation prints 0.1 for the first two thresholds, its files have 1.0. */
const monitoringConfig: MonitoringConfig = {
  evaluate_constraints: 'Enabled',
  emit_metrics: 'Enabled',
  datatype_check_threshold: 1,
  domain_content_threshold: 1,
  distribution_constraints: {
    perform_comparison: 'Enabled',
    comparison_threshold: 0.1,
    comparison_method: 'Robust',
    categorical_comparison_threshold: 0.1,
    categorical_drift_method: 'LInfinity',
  },
};

/**
 * Suggests constraints from a baseline's profile as the service does: the type and the completeness observed, whether
 * numbers are non-negative, and a domain for texts that have a histogram and mostly recur.
 */
export function suggestConstraints(profile: Profile): SuggestedConstraints {
  const suggestions = profile.columns.map(suggestFeature);
  return {
    constraints: {
      version: 0,
      features: suggestions.map(({ constraint }) => constraint),
      monitoring_config: monitoringConfig,
    },
    reasons: Object.fromEntries(suggestions.map(({ constraint, reasons }) => [constraint.name, reasons])),
  };
}

interface Suggestion<T> {
  readonly constraint: T;
  readonly reasons: readonly string[];
}

const nothing = { constraint: {}, reasons: [] } as const;

function suggestFeature(column: ColumnProfile): Suggestion<FeatureConstraint> {
  const { name, inferredType, present, missing } = column;
  const rows = present + missing;
  const numbers = suggestSign(column);
  const texts = suggestDomain(column);
  return {
    constraint: {
      name,
      inferred_type: inferredType,
      ...(rows > 0 && { completeness: present / rows }),
      ...numbers.constraint,
      ...texts.constraint,
    },
    reasons: [typeReason(column), completenessReason(column), ...numbers.reasons, ...texts.reasons],
  };
}

function typeReason({ inferredType, present }: ColumnProfile): string {
  const values = plural(present, 'value');
  switch (inferredType) {
    case 'Integral':
      return `Integral: all ${values} are whole numbers.`;
    case 'Fractional':
      return `Fractional: all ${values} are numbers, and not all of them are whole.`;
    case 'String':
      return `String: of ${values} not all are numbers.`;
    case 'Unknown':
      return 'Unknown: there is no value to tell a type from.';
  }
}

function completenessReason({ present, missing }: ColumnProfile): string {
  const rows = plural(present + missing, 'row');
  if (present + missing === 0) return 'No completeness: there are no rows.';
  if (missing === 0) return `Completeness 100 %: no value is missing in ${rows}.`;
  return `Completeness as observed: ${plural(present, 'value')} in ${rows}.`;
}

function suggestSign({ inferredType, numeric }: ColumnProfile): Suggestion<Pick<FeatureConstraint, 'num_constraints'>> {
  const min = numeric?.moments.min;
  if ((inferredType !== 'Integral' && inferredType !== 'Fractional') || min === undefined) return nothing;
  const word = min >= 0 ? 'Non-negative' : 'May be negative';
  return {
    constraint: { num_constraints: { is_non_negative: min >= 0 } },
    reasons: [`${word}: the smallest value is ${min}.`],
  };
}

function suggestDomain({
  inferredType,
  values,
}: ColumnProfile): Suggestion<Pick<FeatureConstraint, 'string_constraints'>> {
  if (inferredType !== 'String') return nothing;
  if (values === undefined || values.size > HISTOGRAM_CAP) {
    return { constraint: {}, reasons: [`No domain: there are more than ${HISTOGRAM_CAP} different texts.`] };
  }
  const entries = byFrequency(values);
  const once = entries.filter(([, count]) => count === 1).length;
  const seen = `${plural(entries.length, 'different text')}, ${once === 0 ? 'none' : once} of them seen only once`;
  if (once > MOST_ONCE * entries.length) {
    return { constraint: {}, reasons: [`No domain: ${seen}, so that others are to be expected.`] };
  }
  return {
    constraint: { string_constraints: { domains: entries.map(([text]) => text) } },
    reasons: [`Domain: ${seen}.`],
  };
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}
