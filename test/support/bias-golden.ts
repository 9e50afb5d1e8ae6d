import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Analysis } from '../../kernel-lib/src/constraints/analysis.schema.js';

/** Datasets whose predictions a model makes, in tests of models. */
export const ASKED: readonly string[] = ['census', 'german-rule', 'german-amount'];

/** A baseline: a dataset, the text of its `analysis_config.json`, and what smclarify says. */
export interface BiasGoldenCase {
  readonly name: string;
  readonly dataset: string;
  readonly config: string;
  readonly analysis: Analysis;
}

/** Two parts of a dataset, before and from row `split`, and what the service's rule says. */
export interface BiasGoldenCheck extends Omit<BiasGoldenCase, 'analysis'> {
  readonly split: number;
  readonly baseline: Analysis;
  readonly current: Analysis;
  readonly violations: readonly {
    readonly facet: string;
    readonly facet_value: string;
    readonly metric_name: string;
    readonly description: string;
  }[];
}

interface BiasGolden {
  readonly adultPredictions: string;
  /** Of the first rows of test/golden/models/census-predictions.json. */
  readonly censusLabels: readonly number[];
  readonly tables: Readonly<Record<string, string>>;
  readonly cases: readonly BiasGoldenCase[];
  readonly checks: readonly BiasGoldenCheck[];
}

function at(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

/** What test/golden/bias/report.py wrote. */
export const biasGolden: BiasGolden = JSON.parse(readFileSync(at('test/golden/bias/report.json'), 'utf8'));

/** German credit with predictions. */
export const germanCsv: string = at('test/data/german-credit/scored.csv');

/** The CSV of a dataset of the golden file. */
export function goldenCsv(dataset: string): string {
  if (dataset === 'german') return readFileSync(germanCsv, 'utf8');
  return dataset === 'adult' ? adultCsv() : biasGolden.tables[dataset]!;
}

/** Rows of the census example with labels; what XGBoost answers for them is in the golden file of the models. */
export function censusCsv(): string {
  const { features, rows } = JSON.parse(readFileSync(at('test/golden/models/census-predictions.json'), 'utf8')) as {
    readonly features: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
  };
  const lines = biasGolden.censusLabels.map((label, row) => [...rows[row]!, label].join());
  return `${[[...features, 'income'].join(), ...lines].join('\n')}\n`;
}

/** An analysis with the groups of each facet in one order: two samples meet them in different ones. */
export function sortedGroups(analysis: Analysis): Analysis {
  const sorted = structuredClone(analysis) as unknown as {
    -readonly [stage in keyof Analysis]: { facets: Record<string, { value_or_threshold: string }[]> };
  };
  for (const stage of [sorted.post_training_bias_metrics, sorted.pre_training_bias_metrics]) {
    for (const groups of Object.values(stage?.facets ?? {})) {
      groups.sort((a, b) => (a.value_or_threshold < b.value_or_threshold ? -1 : 1));
    }
  }
  return sorted as unknown as Analysis;
}

function adultCsv(): string {
  const [header, ...lines] = gunzipSync(readFileSync(at('kernel-lib/demo/adult-train.csv.gz')))
    .toString()
    .trimEnd()
    .split('\n');
  const bits = Buffer.from(biasGolden.adultPredictions, 'base64');
  const rows = lines.map((line, row) => `${line},${(bits[row >> 3]! >> (7 - (row & 7))) & 1}`);
  return `${[`${header},prediction`, ...rows].join('\n')}\n`;
}

/** Metrics that are sums whose order of addition is not smclarify's: the last bits may differ. */
const ROUNDED = ['GE', 'JS', 'KL', 'LP'];

/**
 * Where an analysis is not smclarify's: keys in their order, texts, and numbers to the bit; those of four metrics that are
 * sums to 1e-12 of their value. Of an error of several lines, which end with scikit-learn's advice, the first counts.
 */
export function analysisDifferences(found: unknown, expected: unknown, place = ''): string[] {
  if (typeof found === 'object' && found !== null && typeof expected === 'object' && expected !== null) {
    const [keys, others] = [Object.keys(found), Object.keys(expected)];
    if (keys.join() !== others.join()) return [`${place}: ${keys.join()} for ${others.join()}`];
    const name = 'name' in expected ? ` ${String(expected.name)}` : '';
    return keys.flatMap((key) => {
      const [ours, theirs] = [found[key as never], expected[key as never]] as readonly unknown[];
      if (key === 'value' && ROUNDED.includes(name.slice(1)) && isNear(ours, theirs)) return [];
      const said = key === 'error' ? String(theirs).split('\n')[0] : theirs;
      return analysisDifferences(ours, said, `${place}${name}/${key}`);
    });
  }
  return Object.is(found, expected) ? [] : [`${place}: ${JSON.stringify(found)} for ${JSON.stringify(expected)}`];
}

/** A violation's text with the numbers of metrics that are rounded elsewhere to 12 digits. */
export function comparableText(metric: string, description: string): string {
  if (!ROUNDED.includes(metric)) return description;
  return description.replace(/-?\d[\d.e+-]*/g, (number) => Number(number).toPrecision(12));
}

function isNear(found: unknown, expected: unknown): boolean {
  return (
    typeof found === 'number' &&
    typeof expected === 'number' &&
    Math.abs(found - expected) <= 1e-12 * Math.abs(expected)
  );
}
