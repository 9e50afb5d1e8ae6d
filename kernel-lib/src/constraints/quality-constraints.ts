import { MonitorError } from '../errors.js';
import { parseWith } from '../json/parse-with.js';
import { parseForeignJson } from '../json/read-json.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import type { QualityMetric, QualityResult } from '../metrics/model/quality.js';
import {
  type MetricConstraint,
  type QualityConstraints,
  qualityConstraintsSchema,
} from './quality-constraints.schema.js';

const SECTIONS: Readonly<Record<ProblemType, keyof QualityConstraints & `${string}_constraints`>> = {
  BinaryClassification: 'binary_classification_constraints',
  MulticlassClassification: 'multiclass_classification_constraints',
  Regression: 'regression_constraints',
};

/**
 * Constraints as the service suggests them: each metric's threshold is the baseline's own value. A window that is as good
 * as the baseline falls short of it about every other time; the rule `significant` asks for more.
 */
export function suggestQualityConstraints(
  problemType: ProblemType,
  metrics: readonly QualityMetric[],
  result: QualityResult,
): QualityConstraints {
  const suggested = metrics
    .filter(({ constrained }) => constrained)
    .flatMap(({ name, better }) => {
      const value = result.values[name]?.value;
      if (value === undefined) return [];
      const operator = better === 'higher' ? 'LessThanThreshold' : 'GreaterThanThreshold';
      return [[name, { threshold: value, comparison_operator: operator }] as const];
    });
  return { version: 0, [SECTIONS[problemType]]: Object.fromEntries(suggested) };
}

/** The text of the file; unknown keys and key order are kept. */
export function stringifyQualityConstraints(constraints: QualityConstraints): string {
  return stringifyServiceJson(constraints);
}

/**
 * Reads a model-quality `constraints.json` written by anyone.
 *
 * @throws MonitorError `FORMAT`, with all problems in one message; a data-quality file is told apart.
 */
export function parseQualityConstraints(text: string, where: string): QualityConstraints {
  const value = parseForeignJson(text, where);
  if (typeof value === 'object' && value !== null && 'features' in value) {
    throw new MonitorError('FORMAT', 'This is a constraints file of data quality.', {
      where,
      fix: 'name the baseline of the model-quality monitor',
    });
  }
  return parseWith(qualityConstraintsSchema, value, 'model-quality constraints file', where);
}

/** The problem type whose section a file has; undefined where it has none. */
export function problemTypeOf(constraints: QualityConstraints): ProblemType | undefined {
  return (Object.keys(SECTIONS) as ProblemType[]).find((type) => constraints[SECTIONS[type]] !== undefined);
}

/** The constraints of a problem type, by metric. */
export function constraintsOf(
  constraints: QualityConstraints,
  problemType: ProblemType,
): Readonly<Record<string, MetricConstraint>> {
  return constraints[SECTIONS[problemType]] ?? {};
}
