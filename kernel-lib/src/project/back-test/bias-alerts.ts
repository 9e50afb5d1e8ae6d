import type { BiasNumber } from '../../metrics/bias/metric.js';
import { biasMetrics } from '../../metrics/bias/registry.js';
import type { BiasMetricReport, BiasValue, FacetBiasReport, ModelBiasReport } from '../../report/model-bias-report.js';
import type { Rule } from '../../report/report.js';
import { type BiasComparison, judgeBias } from '../../violations/bias-checks.js';
import type { LimitConfig } from '../project-config.js';
import type { BackTestAlert } from './alert.js';

/** What a bias report would have raised with other ranges, or with its own; see `backTest`. */
export function biasAlerts(
  { facets }: ModelBiasReport,
  limits: readonly LimitConfig[] | undefined,
  rule: Rule,
): BackTestAlert[] {
  const measured = facets.flatMap((facet) => facet.metrics.map((metric) => ({ facet, metric })));
  const judgements = judgeBias(measured.map(({ facet, metric }) => comparisonOf(facet, metric, limits)));
  const told = new Set<string>();
  return measured.flatMap(({ facet, metric }, index): BackTestAlert[] => {
    const { rules, allowed } = judgements[index]!;
    if (!rules.includes(rule)) return [];
    // A metric of all rows is the same for every group: `significant` tells it once.
    if (rule === 'significant' && ofAllRows.has(metric.name)) {
      if (told.has(metric.name)) return [];
      told.add(metric.name);
    }
    const value = metric.current?.value ?? 0;
    const check = 'bias_drift_check';
    const limit = value >= metric.fair ? allowed?.upper : allowed?.lower;
    return [
      {
        id: `${facet.title}/${metric.name}/${check}`,
        title: `${facet.title}: ${metric.name}`,
        check,
        measured: value,
        limit: limit ?? metric.baseline?.value ?? metric.fair,
      },
    ];
  });
}

const ofAllRows = new Set(biasMetrics.filter((metric) => metric.ofAllRows === true).map(({ name }) => name));

function comparisonOf(
  facet: FacetBiasReport,
  { name, fair, baseline, current, allowed, status, reason }: BiasMetricReport,
  limits: readonly LimitConfig[] | undefined,
): BiasComparison {
  const own = allowed?.source === 'configured' ? allowed : undefined;
  return {
    fair,
    service: { baseline: baseline && serviceNumber(baseline), current: serviceNumber(current ?? {}) },
    baseline,
    current: current ?? { error: 'it has no value' },
    limit: limits === undefined ? own : narrowest(name, facet, limits),
    tooFew: status === 'too-few' ? (reason ?? 'too few rows') : undefined,
  };
}

/** The service's number, where ours is another. */
function serviceNumber({ value, infinite, error, service }: BiasValue): BiasNumber {
  const said = service ?? { value, infinite };
  if (said.value !== undefined) return { value: said.value };
  if (said.infinite !== undefined) return { value: said.infinite === 'positive' ? Infinity : -Infinity };
  return { error: error ?? 'it has no value' };
}

/** Of the limits about a metric that of the group, else of its facet, else of all. */
function narrowest(
  metric: string,
  { facet, value }: FacetBiasReport,
  limits: readonly LimitConfig[],
): BiasComparison['limit'] {
  const rank = (limit: LimitConfig): number =>
    (limit.facet === undefined ? 0 : 1) + (limit.value === undefined ? 0 : 2);
  const [found] = limits
    .filter(
      (limit) =>
        limit.metric === metric &&
        (limit.facet === undefined || limit.facet === facet) &&
        (limit.value === undefined || limit.value === value),
    )
    .sort((a, b) => rank(b) - rank(a));
  if (found === undefined) return undefined;
  const { lower, upper } = found;
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}
