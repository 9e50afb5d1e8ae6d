import { parseWith } from '../../json/parse-with.js';
import { parseForeignJson } from '../../json/read-json.js';
import { stringifyServiceJson } from '../../json/write-json.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { QualityMetric, QualityResult } from '../../metrics/model/quality.js';
import { type QualityStatistics, qualityStatisticsSchema } from './quality-statistics.schema.js';

const SECTIONS: Readonly<Record<ProblemType, keyof QualityStatistics & `${string}_metrics`>> = {
  BinaryClassification: 'binary_classification_metrics',
  MulticlassClassification: 'multiclass_classification_metrics',
  Regression: 'regression_metrics',
};

/**
 * The text of a model-quality `statistics.json`, as the service writes it: each of its metrics with `value` and
 * `standard_deviation` (the text `"NaN"` where there is none), the confusion matrix by actual and predicted class, and
 * the curves. Metrics that the service does not have are in the report alone.
 */
export function qualityStatisticsText(
  problemType: ProblemType,
  metrics: readonly QualityMetric[],
  result: QualityResult,
  dataset: { readonly start?: string; readonly end?: string; readonly evaluated: string },
): string {
  const { confusion, roc, precisionRecall, values } = result;
  const scalars = metrics
    .filter(({ service }) => service)
    .flatMap(({ name }) => {
      const value = values[name];
      if (value === undefined) return [];
      return [[name, { value: value.value, standard_deviation: value.standardDeviation ?? 'NaN' }] as const];
    });
  const section = {
    ...(confusion && { confusion_matrix: matrixOf(confusion) }),
    ...Object.fromEntries(scalars),
    ...(roc && {
      receiver_operating_characteristic_curve: { false_positive_rates: roc.x, true_positive_rates: roc.y },
    }),
    ...(precisionRecall && { precision_recall_curve: { precisions: precisionRecall.y, recalls: precisionRecall.x } }),
  };
  return stringifyServiceJson({
    version: 0,
    dataset: {
      item_count: result.rows,
      ...(dataset.start !== undefined && { start_time: dataset.start }),
      ...(dataset.end !== undefined && { end_time: dataset.end }),
      evaluation_time: dataset.evaluated,
    },
    [SECTIONS[problemType]]: section,
  });
}

function matrixOf({
  classes,
  counts,
}: NonNullable<QualityResult['confusion']>): Record<string, Record<string, number>> {
  return Object.fromEntries(
    classes.map((actual, i) => [
      actual,
      Object.fromEntries(classes.map((predicted, j) => [predicted, counts[i]![j]!])),
    ]),
  );
}

/**
 * Reads a model-quality `statistics.json` written by anyone.
 *
 * @throws MonitorError `FORMAT`.
 */
export function parseQualityStatistics(text: string, where: string): QualityStatistics {
  return parseWith(qualityStatisticsSchema, parseForeignJson(text, where), 'model-quality statistics file', where);
}

/** The scalar metrics of a file, by name; those that are no finite number are left out. */
export function scalarMetrics(statistics: QualityStatistics, problemType: ProblemType): Record<string, number> {
  const section = statistics[SECTIONS[problemType]] ?? {};
  return Object.fromEntries(
    Object.entries(section).flatMap(([name, entry]) => {
      const value = (entry as { readonly value?: unknown } | null)?.value;
      return typeof value === 'number' && Number.isFinite(value) ? [[name, value]] : [];
    }),
  );
}
