import type { ExecutionRecord } from './execution-record.js';

/** What a line says of an execution: whom its violations are about, worst first, or its headline. */
export function executionWords({ violations, rule, headline }: ExecutionRecord): string {
  const decided = violations.filter(({ rules }) => rule === undefined || rules.includes(rule));
  const names = [...new Set(decided.map(({ feature, facet }) => (facet ? `${facet.title}: ${feature}` : feature)))];
  return names.length === 0 ? headline : names.join(', ');
}
