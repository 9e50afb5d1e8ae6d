import { pythonFloat } from '../json/python-float.js';
import type { OutputComparison } from '../metrics/attribution/compare-attributions.js';
import type { FeatureAttributionReport, RankingDrift } from '../report/model-explainability-report.js';
import type { Rule } from '../report/report.js';
import { benjaminiHochberg } from '../stats/hypothesis.js';

/** What the comparison of one output came to, under both rules. */
export interface AttributionJudgement {
  /** Under the deciding rule. */
  readonly ranking: RankingDrift;
  readonly features: readonly FeatureAttributionReport[];
  /** Rules that are broken; none when the ranking is kept. */
  readonly rules: readonly Rule[];
  /** The service's wording. */
  readonly description: string;
}

/** Judgements in the order of the comparisons. */
export interface AttributionJudgements {
  readonly outputs: readonly AttributionJudgement[];
  /** How many p-values were adjusted together. */
  readonly comparisons: number;
}

/** The share of false discoveries that is accepted, of all features and outputs of a report. */
const LEVEL = 0.05;

/**
 * Judges compared attributions.
 *
 * The ranking, by two rules. `threshold`, the service's: violated when nDCG is below the threshold (0.90), whatever chance
 * does. `significant`: when the upper 95 % bound of nDCG is; without an interval (fewer than 30 rows) it is not judged.
 *
 * The features: `rose` or `fell` where the change of the share of attribution has a two-sided p-value below 0.05 after the
 * correction for all features and outputs (Benjamini and Hochberg 1995). How often both are right and wrong:
 * docs/attribution-statistics.md.
 */
export function judgeAttributions(
  comparisons: readonly OutputComparison[],
  { rule }: { readonly rule: Rule },
): AttributionJudgements {
  const pValues = comparisons.map(({ features }) => features.map(({ shareChange }) => shareChange?.pValue));
  const adjusted = benjaminiHochberg(pValues.flat());
  let first = 0;
  const outputs = comparisons.map((comparison, index) => {
    const own = adjusted.slice(first, first + pValues[index]!.length);
    first += own.length;
    return judgeOutput(comparison, own, rule);
  });
  return { outputs, comparisons: adjusted.filter((pValue) => pValue !== undefined).length };
}

function judgeOutput(
  { ranking, comparable, features, judged }: OutputComparison,
  adjusted: readonly (number | undefined)[],
  rule: Rule,
): AttributionJudgement {
  const { value, upper, threshold } = ranking;
  const rules: Rule[] = [];
  if (comparable && upper !== undefined && upper < threshold) rules.push('significant');
  if (comparable && value < threshold) rules.push('threshold');
  const isJudged = comparable && (rule === 'threshold' || upper !== undefined);
  return {
    ranking: { ...ranking, status: rules.includes(rule) ? 'violated' : isJudged ? 'ok' : 'not-judged' },
    features: features.map((feature, place) => judgeFeature(feature, judged, adjusted[place])),
    rules,
    description: `Feature attribution drift ${pythonFloat(value)} exceeds threshold ${pythonFloat(threshold)}`,
  };
}

function judgeFeature(
  feature: OutputComparison['features'][number],
  judged: boolean,
  adjustedPValue: number | undefined,
): FeatureAttributionReport {
  const { shareChange } = feature;
  if (!judged || shareChange === undefined) return { ...feature, direction: 'not-judged' };
  if (adjustedPValue === undefined) return { ...feature, direction: 'unchanged' };
  const moved = shareChange.value > 0 ? 'rose' : 'fell';
  return {
    ...feature,
    shareChange: { ...shareChange, adjustedPValue },
    direction: adjustedPValue < LEVEL ? moved : 'unchanged',
  };
}
