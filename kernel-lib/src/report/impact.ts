import type { Estimated } from './model-quality-report.js';
import type { FeatureReport, Impact, ImpactSource, Report, Violation } from './report.js';

/** What is known of the features that a model takes. */
export interface FeatureImpacts {
  readonly source: ImpactSource;
  /** By feature. */
  readonly features: ReadonlyMap<string, { readonly share: number; readonly meanChange?: Estimated }>;
}

/**
 * A data-quality report whose violations are ranked by what they do to predictions: those of the deciding rule first, of
 * these whole columns that came or went, then by the size of the change of the mean prediction that the feature explains,
 * or, where the window was not explained, by its distance times its share of attribution; features that the model does not
 * take, and its outputs, come last.
 */
export function withImpact(report: Report, { source, features }: FeatureImpacts): Report {
  const impactOf = new Map(
    report.features.flatMap((feature) => {
      const known = features.get(feature.name);
      if (known === undefined || feature.part === 'output') return [];
      const { share, meanChange } = known;
      const impact: Impact = {
        score: (feature.drift?.distance ?? 0) * share,
        share,
        ...(meanChange && { meanChange }),
      };
      return [[feature.name, impact] as const];
    }),
  );
  const size = ({ meanChange, score }: Impact): number =>
    meanChange === undefined ? score : Math.abs(meanChange.value);
  const sizeOf = (name: string): number => {
    const impact = impactOf.get(name);
    return impact === undefined ? -1 : size(impact);
  };
  const rank = ({ rules, unit }: Violation): number =>
    (rules.includes(report.rule) ? 0 : 2) + (unit === 'columns' ? 0 : 1);
  const violations = [...report.violations].sort((a, b) => rank(a) - rank(b) || sizeOf(b.feature) - sizeOf(a.feature));
  const order = new Map([...new Set(violations.map(({ feature }) => feature))].map((name, place) => [name, place]));
  const withOwn = report.features.map((feature): FeatureReport => {
    const impact = impactOf.get(feature.name);
    return impact === undefined ? feature : { ...feature, impact };
  });
  const violated = withOwn.filter(({ status }) => status === 'violated');
  const others = withOwn.filter(({ status }) => status !== 'violated');
  return {
    ...report,
    features: [...violated.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0)), ...others],
    violations,
    impactSource: source,
  };
}
