import type { BiasMetricReport, MetricReport, Report, Violation } from 'driftline';
import { formatNdcgAndLimit } from '../format/attribution-format.js';
import { biasNumber, formatBiasAndLimit } from '../format/bias-format.js';
import { formatMeasure, formatMeasuredAndLimit } from '../format/measure-format.js';
import { formatMetric, formatMetricAndLimit } from '../format/metric-format.js';
import { noValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { isOf } from './model-bias/bias-state.js';
import { longestTitle, withoutCause } from './model-bias/bias-words.js';

/** What a violation is about, and its numbers in the unit of that. */
export interface ViolationSubject {
  readonly title: string;
  /** Below the title. */
  readonly more?: string;
  /** Whether the report has more to show about it. */
  readonly known: boolean;
  readonly measured: string;
  readonly limit: string;
  readonly baseline: string;
  /** What was found; why it came to that stands with the metric. */
  readonly explanation: string;
}

/** Finds the feature, metric or facet group that a violation of the report is about. */
export function violationSubjects({
  features,
  modelQuality,
  modelBias,
  modelExplainability,
}: Report): (violation: Violation) => ViolationSubject {
  const names = new Set(features.map(({ name }) => name));
  const metrics = new Map(modelQuality?.metrics.map((metric) => [metric.name, metric]));
  const facets = modelBias?.facets ?? [];
  return (violation) => {
    if (violation.facet !== undefined) {
      const facet = facets.find((each) => isOf(violation, each));
      return biasSubject(
        violation,
        facet?.metrics.find(({ name }) => name === violation.feature),
      );
    }
    if (modelExplainability !== undefined && violation.label !== undefined) {
      const known = modelExplainability.outputs.some(({ label }) => label === violation.label);
      return rankingSubject(violation, known);
    }
    const metric = metrics.get(violation.feature);
    return metric === undefined ? featureSubject(violation, names) : metricSubject(violation, metric);
  };
}

function featureSubject(violation: Violation, names: ReadonlySet<string>): ViolationSubject {
  const { feature, baselineValue, unit } = violation;
  const [measured, limit] = formatMeasuredAndLimit(violation);
  return {
    title: feature,
    known: names.has(feature),
    measured,
    limit,
    baseline: formatMeasure(baselineValue, unit),
    explanation: violation.explanation,
  };
}

function metricSubject(
  { measured, limit, baselineValue, explanation }: Violation,
  { title, unit }: MetricReport,
): ViolationSubject {
  const texts = formatMetricAndLimit(measured, limit, unit);
  return {
    title,
    known: true,
    measured: texts[0],
    limit: texts[1],
    baseline: formatMetric(baselineValue, unit),
    explanation,
  };
}

/** The ranking of one output: nDCG against its threshold. */
function rankingSubject({ label = '', measured, limit, explanation }: Violation, known: boolean): ViolationSubject {
  const texts = formatNdcgAndLimit(measured, limit);
  return {
    title: shorten(label, longestTitle),
    more: 'nDCG',
    known,
    measured: texts[0],
    limit: texts[1],
    baseline: noValue,
    explanation,
  };
}

/** A metric that is infinite has no number in the violation; the metric itself tells. */
function biasSubject(violation: Violation, metric: BiasMetricReport | undefined): ViolationSubject {
  const { feature, facet, baselineValue } = violation;
  const unit = metric?.unit ?? 'value';
  const { current, baseline } = metric ?? {};
  const numbers = [
    current?.infinite === undefined ? violation.measured : biasNumber(current),
    baseline?.infinite === undefined ? baselineValue : biasNumber(baseline),
  ] as const;
  const [measured, limit, before] = formatBiasAndLimit(numbers[0], violation.limit, numbers[1], unit);
  return {
    title: `${shorten(facet?.title ?? '', longestTitle)}: ${feature}`,
    ...(metric && { more: shorten(metric.title, longestTitle) }),
    known: metric !== undefined,
    measured,
    limit,
    baseline: before,
    explanation: withoutCause(violation.explanation, metric),
  };
}
