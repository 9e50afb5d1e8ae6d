import { constraintsOf, parseQualityConstraints, problemTypeOf } from '../../constraints/quality-constraints.js';
import type { MetricConstraint } from '../../constraints/quality-constraints.schema.js';
import { MonitorError } from '../../errors.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { Rule } from '../../report/report.js';
import { type BaselinePlace, findBaseline, readText } from '../load-baseline.js';
import { parseQualityFile, type QualityFile } from './quality-file.js';
import { parseQualityStatistics, scalarMetrics } from './quality-statistics.js';

/** A model-quality baseline as a check takes it. */
export interface QualityBaseline {
  readonly source: string;
  readonly problemType: ProblemType;
  readonly constraints: Readonly<Record<string, MetricConstraint>>;
  /** The metrics' values in `statistics.json`; empty without it. */
  readonly values: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Undefined for baselines that Driftline did not make: no intervals, curves, segments and estimates to compare with. */
  readonly quality: QualityFile | undefined;
  readonly file: { readonly rule: Rule } | undefined;
}

/**
 * Reads a model-quality baseline from a folder, or from the files named.
 *
 * @throws MonitorError `USAGE` where the problem type is neither said nor told by the constraints, `CONFIGURATION` where
 * the two disagree, `FORMAT`, `FILE_NOT_FOUND`.
 */
export async function loadQualityBaseline(
  place: BaselinePlace & { readonly problemType?: ProblemType },
): Promise<QualityBaseline> {
  const { source, constraintsFile, constraintsText, statisticsFile, own, beside } = await findBaseline(place);
  const constraints = parseQualityConstraints(constraintsText, constraintsFile);
  const told = problemTypeOf(constraints);
  const problemType = place.problemType ?? told;
  if (problemType === undefined) {
    throw new MonitorError('USAGE', 'The constraints do not tell what kind of problem the model solves.', {
      where: constraintsFile,
      fix: 'give --problem-type BinaryClassification, MulticlassClassification or Regression',
    });
  }
  if (told !== undefined && told !== problemType) {
    throw new MonitorError('CONFIGURATION', `The constraints are those of ${told}, not of ${problemType}.`, {
      where: constraintsFile,
      fix: 'leave --problem-type out, or name the baseline of this model',
    });
  }
  const statistics =
    statisticsFile === undefined ? undefined : parseQualityStatistics(await readText(statisticsFile), statisticsFile);
  const qualityFile = await beside('quality.json');
  return {
    source,
    problemType,
    constraints: constraintsOf(constraints, problemType),
    values: statistics === undefined ? {} : scalarMetrics(statistics, problemType),
    rows: statistics?.dataset?.item_count ?? 0,
    quality: qualityFile === undefined ? undefined : parseQualityFile(await readText(qualityFile), qualityFile),
    file: own && { rule: own.rule },
  };
}
