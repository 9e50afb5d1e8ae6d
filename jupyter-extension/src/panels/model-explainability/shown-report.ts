import type { ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import type { AttributionAxis } from '../../charts/model-explainability/feature-rows.js';
import { type AttributionNumbers, attributionNumbers } from '../../format/attribution-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { scaleWords } from './attribution-words.js';

/** A report with how the numbers of the output that is shown are written. */
export interface ShownReport extends ModelExplainabilityReport {
  readonly numbers: AttributionNumbers;
}

/** The numbers of an output get their decimals from the largest mean attribution of a feature. */
export function shownReport(report: ModelExplainabilityReport, { features }: OutputAttributionReport): ShownReport {
  const sizes = features.flatMap(({ attribution, mean, meanChange }) => [
    ...(report.aggregation === 'mean_sq' ? [] : [attribution.baseline?.value, attribution.current?.value]),
    mean.baseline?.value,
    mean.current?.value,
    meanChange?.value,
  ]);
  return { ...report, numbers: attributionNumbers(Math.max(0, ...sizes.map((size) => Math.abs(size ?? 0)))) };
}

/** The axis of attributions on the report's scale. */
export function attributionAxis({ scale, numbers }: ShownReport, trans: PanelContext['trans']): AttributionAxis {
  return { title: trans.__('attribution (%1)', scaleWords(scale, trans)), numbers };
}
