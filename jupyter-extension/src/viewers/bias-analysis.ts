import type { BiasStage } from 'driftline';
import { isRecord } from '../report/read-report.js';
import { asText, at, recordsAt } from './file-content.js';

/** A bias metric of an `analysis.json`. */
export interface AnalysisMetric {
  readonly name: string;
  /** "Disparate Impact (DI)". */
  readonly description: string;
  /** May be infinite; undefined where there is none. */
  readonly value: number | undefined;
  /** What stands in place of a number: "NaN", or `–`. */
  readonly text: string;
  /** Why there is no value. */
  readonly error: string | undefined;
}

/** One group of one facet, with what the file has about it. */
export interface AnalysisGroup {
  readonly facet: string;
  readonly value: string;
  /** "Sex = 0", "age in (40, 90]". */
  readonly title: string;
  readonly metrics: Readonly<Record<BiasStage, readonly AnalysisMetric[]>>;
}

/** The bias part of an `analysis.json`. */
export interface BiasAnalysis {
  readonly label: string | undefined;
  readonly positive: string | undefined;
  readonly groups: readonly AnalysisGroup[];
}

const keys = {
  'post-training': 'post_training_bias_metrics',
  'pre-training': 'pre_training_bias_metrics',
} as const satisfies Record<BiasStage, string>;
const stages = ['post-training', 'pre-training'] as const;

/** Reads the bias metrics of both stages, in the file's order. */
export function readBiasAnalysis(value: unknown): BiasAnalysis {
  const groups = new Map<string, { facet: string; value: string; metrics: Record<BiasStage, AnalysisMetric[]> }>();
  for (const stage of stages) {
    for (const { facet, group, metrics } of stageGroups(at(value, keys[stage], 'facets'))) {
      const key = JSON.stringify([facet, group]);
      const known = groups.get(key) ?? { facet, value: group, metrics: { 'post-training': [], 'pre-training': [] } };
      known.metrics[stage].push(...metrics);
      groups.set(key, known);
    }
  }
  return {
    label: firstText(value, 'label'),
    positive: firstText(value, 'label_value_or_threshold'),
    groups: [...groups.values()].map((group) => ({ ...group, title: groupTitle(group) })),
  };
}

function stageGroups(facets: unknown): { facet: string; group: string; metrics: AnalysisMetric[] }[] {
  if (!isRecord(facets)) return [];
  return Object.keys(facets).flatMap((facet) =>
    recordsAt(facets, facet).map((entry) => ({
      facet,
      group: asText(entry['value_or_threshold']),
      metrics: recordsAt(entry, 'metrics').map(readMetric),
    })),
  );
}

function readMetric(metric: Readonly<Record<string, unknown>>): AnalysisMetric {
  const value = readNumber(metric['value']);
  const error = metric['error'];
  return {
    name: asText(metric['name']),
    description: metric['description'] === undefined ? '' : asText(metric['description']),
    value,
    text: asText(metric['value']),
    error: error === undefined || error === null ? undefined : asText(error),
  };
}

/** A number, or an infinite one, which is written as text or, by others, as a bare token. */
function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === 'Infinity') return Infinity;
  return value === '-Infinity' ? -Infinity : undefined;
}

function firstText(value: unknown, key: string): string | undefined {
  const found = stages.map((stage) => at(value, keys[stage], key)).find((each) => each !== undefined && each !== null);
  return found === undefined ? undefined : asText(found);
}

function groupTitle({ facet, value }: { readonly facet: string; readonly value: string }): string {
  return /^[([]/.test(value) ? `${facet} in ${value}` : `${facet} = ${value}`;
}
