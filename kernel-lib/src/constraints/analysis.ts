import { parseWith } from '../json/parse-with.js';
import { parseForeignJson } from '../json/read-json.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { BiasNumber, BiasStage } from '../metrics/bias/metric.js';
import { biasMetrics } from '../metrics/bias/registry.js';
import { type Analysis, type AnalysisBias, type AnalysisMetric, analysisSchema } from './analysis.schema.js';

/** The bias metrics of one group, by name, as `analysis.json` has them. */
export interface BiasAnalysis {
  readonly facet: string;
  readonly value: string;
  readonly numbers: Readonly<Record<string, BiasNumber>>;
}

/**
 * Reads `analysis.json`.
 *
 * @throws MonitorError `FORMAT`, with all problems in one message.
 */
export function parseAnalysis(text: string, where: string): Analysis {
  return parseWith(analysisSchema, parseForeignJson(text, where), 'analysis file', where);
}

/** The bias metrics of a file by facet and group, in its order; before and after training together. */
export function biasOf(analysis: Analysis): BiasAnalysis[] {
  const found = new Map<string, { facet: string; value: string; numbers: Record<string, BiasNumber> }>();
  for (const stage of [analysis.pre_training_bias_metrics, analysis.post_training_bias_metrics]) {
    for (const [facet, groups] of Object.entries(stage?.facets ?? {})) {
      for (const { value_or_threshold: threshold, metrics } of groups) {
        const value = String(threshold);
        const key = JSON.stringify([facet, value]);
        const entry = found.get(key) ?? { facet, value, numbers: {} };
        for (const metric of metrics) entry.numbers[metric.name] = numberOf(metric);
        found.set(key, entry);
      }
    }
  }
  return [...found.values()];
}

/**
 * The text of `analysis.json` in the service's layout: after training first, metrics by name, what has no number `null`
 * with its error.
 *
 * @param label - the label's name and its positive values.
 * @param names - the metrics that were asked for.
 */
export function analysisText(
  label: { readonly name: string; readonly positive: string },
  groups: readonly BiasAnalysis[],
  names: readonly string[],
): string {
  const stages = { post_training_bias_metrics: 'post-training', pre_training_bias_metrics: 'pre-training' } as const;
  const analysis: Analysis = {
    version: '1.0',
    ...Object.fromEntries(
      Object.entries(stages).flatMap(([key, stage]) => {
        const wanted = names.filter((name) =>
          biasMetrics.some((metric) => metric.name === name && metric.stage === stage),
        );
        return wanted.length === 0 ? [] : [[key, stageOf(label, groups, stage, wanted)]];
      }),
    ),
  };
  return stringifyServiceJson(analysis);
}

function stageOf(
  label: { readonly name: string; readonly positive: string },
  groups: readonly BiasAnalysis[],
  stage: BiasStage,
  names: readonly string[],
): AnalysisBias {
  const metrics = biasMetrics.filter((metric) => metric.stage === stage && names.includes(metric.name));
  const facets = new Map<string, { value_or_threshold: string; metrics: AnalysisMetric[] }[]>();
  for (const { facet, value, numbers } of groups) {
    const entry = {
      value_or_threshold: value,
      metrics: metrics.map(({ name, title }) => metricOf(name, `${title} (${name})`, numbers[name])),
    };
    facets.set(facet, [...(facets.get(facet) ?? []), entry]);
  }
  return { label: label.name, facets: Object.fromEntries(facets), label_value_or_threshold: label.positive };
}

function metricOf(name: string, description: string, number: BiasNumber | undefined): AnalysisMetric {
  if (number === undefined || 'error' in number) {
    return { name, description, value: null, error: number?.error ?? 'The metric was not computed' };
  }
  const { value } = number;
  if (Number.isFinite(value)) return { name, description, value };
  return { name, description, value: value > 0 ? 'Infinity' : '-Infinity' };
}

function numberOf({ value, error }: AnalysisMetric): BiasNumber {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isNaN(number) ? { error: error ?? 'no value' } : { value: number };
}
