import type { BiasMetricReport, BiasRange, FacetBiasReport } from './model-bias-report.js';
import type { Report, Violation } from './report.js';

/** A metric's status, with those told apart whose value is outside the allowed range without being a violation. */
export type BiasState = 'violated' | 'drifting' | 'ok' | 'not-compared';

export function biasState(metric: BiasMetricReport): BiasState {
  const { status, current, allowed } = metric;
  if (status === 'violated') return 'violated';
  if (status !== 'ok') return 'not-compared';
  return current?.value !== undefined && allowed !== undefined && isOutside(current.value, allowed) ? 'drifting' : 'ok';
}

/** "violated", "outside, not sure", "ok", "too few rows", "not judged". */
export function biasStateWord(metric: BiasMetricReport): string {
  const state = biasState(metric);
  if (state === 'drifting') return 'outside, not sure';
  if (state === 'not-compared') return metric.status === 'too-few' ? 'too few rows' : 'not judged';
  return state;
}

function isOutside(value: number, { lower, upper }: BiasRange): boolean {
  return value < (lower ?? Number.NEGATIVE_INFINITY) || value > (upper ?? Number.POSITIVE_INFINITY);
}

/** Distances and ratios, which are never below 0. */
const neverNegative: ReadonlySet<string> = new Set(['JS', 'KL', 'KS', 'LP', 'TVD', 'GE', 'DI']);

/** The allowed range as far as the metric can reach. */
export function allowedOf({ name, allowed }: Pick<BiasMetricReport, 'name' | 'allowed'>): BiasRange | undefined {
  return allowed?.lower !== undefined && allowed.lower < 0 && neverNegative.has(name)
    ? { ...allowed, lower: 0 }
    : allowed;
}

/** Metrics in the order of reading: violated ones in the order of the violations, those outside, the others as they come. */
export function biasByState(
  metrics: readonly BiasMetricReport[],
  violations: readonly Violation[] = [],
): BiasMetricReport[] {
  const order: Readonly<Record<BiasState, number>> = { violated: 0, drifting: 1, ok: 2, 'not-compared': 3 };
  const places = new Map([...violations].reverse().map(({ feature }, place) => [feature, -place]));
  const place = ({ name }: BiasMetricReport): number => places.get(name) ?? 1;
  return [...metrics].sort((a, b) => {
    const [one, other] = [biasState(a), biasState(b)];
    return order[one] - order[other] || (one === 'violated' ? place(a) - place(b) : 0);
  });
}

/** The violations that are about a group. */
export function violationsOf({ facet, value }: FacetBiasReport, { violations }: Report): Violation[] {
  return violations.filter((violation) => violation.facet?.name === facet && violation.facet.value === value);
}

/** What a violation is about, as a key: a metric of a group, else the feature or metric. */
export function subjectKey({ feature, facet }: Pick<Violation, 'feature' | 'facet'>): string {
  return facet === undefined ? feature : JSON.stringify([facet.name, facet.value, feature]);
}
