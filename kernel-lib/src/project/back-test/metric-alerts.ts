import type { MetricConstraint, QualityConstraints } from '../../constraints/quality-constraints.schema.js';
import type { MetricReport, ModelQualityReport } from '../../report/model-quality-report.js';
import type { Rule } from '../../report/report.js';
import { checkMetric } from '../../violations/metric-checks.js';
import type { BackTestAlert } from './alert.js';

/** What a model-quality report would have raised under other constraints, or under its own; see `backTest`. */
export function metricAlerts(
  { metrics }: ModelQualityReport,
  constraints: QualityConstraints | undefined,
  rule: Rule,
): BackTestAlert[] {
  const byMetric: Readonly<Record<string, MetricConstraint>> | undefined = constraints && {
    ...constraints.binary_classification_constraints,
    ...constraints.multiclass_classification_constraints,
    ...constraints.regression_constraints,
  };
  return metrics.flatMap((metric): BackTestAlert[] => {
    const { name, current, baseline } = metric;
    const constraint = byMetric === undefined ? ownConstraint(metric) : byMetric[name];
    if (constraint === undefined || current === undefined) return [];
    const { rules } = checkMetric(name, current, constraint, baseline);
    if (!rules.includes(rule)) return [];
    const { threshold, comparison_operator: check } = constraint;
    return [{ id: `${name}/${check}`, title: name, check, measured: current.value, limit: threshold }];
  });
}

function ownConstraint({ threshold, comparison }: MetricReport): MetricConstraint | undefined {
  return threshold === undefined || comparison === undefined
    ? undefined
    : { threshold, comparison_operator: comparison };
}
