import type { Constraints } from '../../constraints/constraints.js';
import type { QualityConstraints } from '../../constraints/quality-constraints.schema.js';
import type { Report, Rule } from '../../report/report.js';
import type { LimitConfig } from '../project-config.js';
import { type BackTestAlert, recorded } from './alert.js';
import { attributionAlerts } from './attribution-alerts.js';
import { biasAlerts } from './bias-alerts.js';
import { driftAlerts } from './drift-alerts.js';
import { metricAlerts } from './metric-alerts.js';

/** Other limits than those that were in force; what is left out stays as it was. */
export interface OtherLimits {
  /** Data quality: a whole `constraints.json`. */
  readonly constraints?: Constraints;
  /** Model quality: a whole `constraints.json`. */
  readonly quality?: QualityConstraints;
  /** Bias: all configured ranges. */
  readonly bias?: readonly LimitConfig[];
  /** Explainability: the least nDCG. */
  readonly attributionThreshold?: number;
  /** Default: each report's own. */
  readonly rule?: Rule;
}

/** One execution under both sets of limits. */
export interface BackTestedExecution {
  /** ISO. */
  readonly scheduledTime: string;
  /** What its report says. */
  readonly before: readonly BackTestAlert[];
  readonly after: readonly BackTestAlert[];
  /** Of `after` those that are not in `before`, and of `before` those that are not in `after`. */
  readonly raised: readonly BackTestAlert[];
  readonly cleared: readonly BackTestAlert[];
}

/**
 * What past executions would have raised under other limits: distances, completeness, metrics, bias metrics and rankings are
 * judged anew from the reports, by the functions that judged them then. Types, domains, columns and custom checks stay as
 * they were, but for features whose checks are switched off. A comparison that was switched off then cannot be made now;
 * nor can the service's chi-squared test, whose p-value reports keep of violations only.
 *
 * @param executions - in any order; those without data raise nothing.
 */
export function backTest(
  executions: readonly { readonly scheduledTime: string; readonly report: Report }[],
  limits: OtherLimits,
): BackTestedExecution[] {
  return executions.map(({ scheduledTime, report }) => {
    const before = recorded(report, report.rule);
    const after = report.status === 'no-data' ? [] : alertsOf(report, limits);
    const ids = (alerts: readonly BackTestAlert[]): Set<string> => new Set(alerts.map(({ id }) => id));
    const [then, now] = [ids(before), ids(after)];
    return {
      scheduledTime,
      before,
      after,
      raised: after.filter(({ id }) => !then.has(id)),
      cleared: before.filter(({ id }) => !now.has(id)),
    };
  });
}

function alertsOf(report: Report, limits: OtherLimits): BackTestAlert[] {
  const rule = limits.rule ?? report.rule;
  const { modelQuality, modelBias, modelExplainability } = report;
  if (modelQuality !== undefined) return metricAlerts(modelQuality, limits.quality, rule);
  if (modelBias !== undefined) return biasAlerts(modelBias, limits.bias, rule);
  if (modelExplainability !== undefined) {
    return attributionAlerts(modelExplainability, limits.attributionThreshold, rule);
  }
  if (limits.constraints === undefined) return recorded(report, rule);
  return driftAlerts(report, limits.constraints, rule);
}
