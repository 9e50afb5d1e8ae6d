import type { Violation } from '../report/report.js';

/** What a list says of a violation: of bias the first sentence, the others are in the report. */
export function shortExplanation({ facet, explanation }: Pick<Violation, 'facet' | 'explanation'>): string {
  return facet === undefined ? explanation : explanation.split(/(?<=\.) (?=[A-Z])/)[0]!;
}
