import type { BiasMetricReport, BiasRange, BiasStage, FacetBiasReport, Rule, Violation } from 'driftline';
import { biasNumber } from '../../format/bias-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { Tone } from '../../widgets/status-mark.js';

type Trans = PanelContext['trans'];

const neverNegative: ReadonlySet<string> = new Set(['JS', 'KL', 'KS', 'LP', 'TVD', 'GE']);

/** The range in which a metric may lie; that of a distance, which is never negative, begins at 0. */
export function allowedRange({ name, allowed }: Pick<BiasMetricReport, 'name' | 'allowed'>): BiasRange | undefined {
  return allowed !== undefined && neverNegative.has(name)
    ? { ...allowed, lower: Math.max(0, allowed.lower ?? 0) }
    : allowed;
}

/** A metric's status, with those told apart that are outside their range without being a violation. */
export function biasTone({ status, current, allowed }: BiasMetricReport): Tone {
  if (status === 'violated') return 'violated';
  if (status !== 'ok') return 'quiet';
  const value = biasNumber(current);
  if (value === undefined || allowed === undefined) return 'ok';
  return value < (allowed.lower ?? -Infinity) || value > (allowed.upper ?? Infinity) ? 'drifting' : 'ok';
}

export function biasToneWords({ status }: BiasMetricReport, tone: Tone, trans: Trans): string {
  if (tone === 'drifting') return trans.__('outside its range, within chance');
  const words: Readonly<Record<BiasMetricReport['status'], string>> = {
    violated: trans.__('violated'),
    ok: trans.__('ok'),
    'too-few': trans.__('too few rows'),
    'not-judged': trans.__('not judged'),
  };
  return words[status];
}

/** The violations of one facet group. */
export function violationsOf(facet: FacetBiasReport, violations: readonly Violation[]): Violation[] {
  return violations.filter((violation) => isOf(violation, facet));
}

/** Whether a violation is about a facet group. */
export function isOf(violation: Violation, { facet, value }: FacetBiasReport): boolean {
  return violation.facet?.name === facet && violation.facet.value === value;
}

/** What a reader is told about a facet group at a glance. */
export interface FacetState {
  readonly tone: Tone;
  readonly words: string;
}

/** The worst of its metrics; `drifting` where only the rule that does not decide sees a violation. */
export function facetState(
  facet: FacetBiasReport,
  violations: readonly Violation[],
  rule: Rule,
  trans: Trans,
): FacetState {
  const violated = facet.metrics.filter(({ status }) => status === 'violated').length;
  if (violated > 0) {
    return { tone: 'violated', words: trans._n('1 metric violated', '%1 metrics violated', violated) };
  }
  const statuses = new Set(facet.metrics.map(({ status }) => status));
  const elsewhere = violationsOf(facet, violations).filter(({ rules }) => !rules.includes(rule)).length;
  if (elsewhere > 0) {
    const other = rule === 'significant' ? 'threshold' : 'significant';
    const words = trans._n('1 by the %2 rule only', '%1 by the %2 rule only', elsewhere, other);
    return { tone: 'drifting', words };
  }
  if (statuses.has('ok')) return { tone: 'ok', words: trans.__('ok') };
  if (statuses.has('too-few')) return { tone: 'quiet', words: trans.__('too few rows') };
  return { tone: 'quiet', words: trans.__('not judged') };
}

const tones: readonly Tone[] = ['violated', 'drifting', 'ok', 'quiet'];

/** Facet groups, the worst first, as the report orders their violations. */
export function worstFirst(
  facets: readonly FacetBiasReport[],
  violations: readonly Violation[],
  rule: Rule,
  trans: Trans,
): FacetBiasReport[] {
  return facets
    .map((facet, index) => {
      const first = violations.findIndex((violation) => isOf(violation, facet));
      return {
        facet,
        keys: [
          tones.indexOf(facetState(facet, violations, rule, trans).tone),
          first < 0 ? violations.length : first,
          -facet.metrics.filter(({ status }) => status === 'violated').length,
          index,
        ],
      };
    })
    .sort((a, b) => a.keys.map((key, at) => key - b.keys[at]!).find((difference) => difference !== 0) ?? 0)
    .map(({ facet }) => facet);
}

/** The metric that is shown first: that of the facet's first violation, else the first that has something to show. */
export function firstMetric(facet: FacetBiasReport, violations: readonly Violation[]): BiasMetricReport | undefined {
  const { metrics } = facet;
  const violated = metrics.filter(({ status }) => status === 'violated');
  const worst = violationsOf(facet, violations).find(({ feature }) => violated.some(({ name }) => name === feature));
  const valued = metrics.filter(({ current }) => biasNumber(current) !== undefined);
  const known = valued.length > 0 ? valued : metrics.filter(({ baseline }) => biasNumber(baseline) !== undefined);
  return (
    violated.find(({ name }) => name === worst?.feature) ??
    violated[0] ??
    known.find(({ name }) => name === 'DPPL') ??
    known.find(({ stage, name }) => name === 'DPL' && !known.some((each) => each.stage !== stage)) ??
    known.find(({ stage }) => stage === 'post-training') ??
    known[0] ??
    metrics[0]
  );
}

/** The stages of which there are metrics, after training first: it is what the endpoint does. */
export function stagesOf({ metrics }: FacetBiasReport): BiasStage[] {
  return (['post-training', 'pre-training'] as const).filter((stage) =>
    metrics.some((metric) => metric.stage === stage),
  );
}
