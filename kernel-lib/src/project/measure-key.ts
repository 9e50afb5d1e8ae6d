import type { Violation } from '../report/report.js';

/** The `MeasureSubject.key` of what a violation is about: its series in the history. */
export function measureKey({ feature, facet, label }: Pick<Violation, 'feature' | 'facet' | 'label'>): string {
  if (facet !== undefined) return `${facet.name}=${facet.value}/${feature}`;
  return label === undefined ? feature : `${label}/ndcg`;
}
