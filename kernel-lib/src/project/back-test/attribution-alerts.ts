import type { ModelExplainabilityReport } from '../../report/model-explainability-report.js';
import type { Rule } from '../../report/report.js';
import type { BackTestAlert } from './alert.js';

/** What an explainability report would have raised with another least nDCG, or with its own; see `backTest`. */
export function attributionAlerts(
  { outputs }: ModelExplainabilityReport,
  threshold: number | undefined,
  rule: Rule,
): BackTestAlert[] {
  return outputs.flatMap(({ label, ranking }): BackTestAlert[] => {
    const limit = threshold ?? ranking.threshold;
    // Rankings of different features are not judged, whatever the limit.
    if (ranking.status === 'not-judged' && ranking.upper !== undefined) return [];
    const measured = rule === 'significant' ? ranking.upper : ranking.value;
    if (measured === undefined || measured >= limit) return [];
    const check = 'feature_attribution_drift_check';
    return [{ id: `${label}/shap/${check}`, title: `shap of ${label}`, check, measured: ranking.value, limit }];
  });
}
