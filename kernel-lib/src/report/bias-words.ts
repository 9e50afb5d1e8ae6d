import { type BiasParties, type BiasSample, wordsOf } from './bias-metric-words.js';
import { biasChanceText, biasIntervalText, biasRangeText, biasValueText } from './bias-number-text.js';
import { deciding } from './check-words.js';
import { coverageText } from './coverage-text.js';
import type { BiasMetricReport, BiasValue, FacetBiasReport, ModelBiasReport } from './model-bias-report.js';
import type { Rule, Violation } from './report.js';
import { clipText, plural } from './value-text.js';

/** Texts of the data within a sentence are cut at this. */
const LONGEST = 80;

/** Metrics that people understand best, of which the headline tells the first that is violated. */
const plainestNames = ['DPPL', 'DPL', 'RD', 'AD', 'SD', 'DRR', 'DAR', 'DI'];

/** What a bias check found, in two or three sentences: how much, of whom, by how much, out of how many. */
export function biasHeadline(modelBias: ModelBiasReport, violations: readonly Violation[], rule: Rule): string {
  const { coverage, facets } = modelBias;
  if (coverage.labelled === 0) return coverageText(coverage);
  const decided = deciding(violations, rule);
  const among = `in ${plural(coverage.labelled, 'labelled row')}`;
  if (decided.length === 0) return `No violations ${among}: ${noViolationsText(modelBias)}`;
  const titles = [...new Set(decided.map(({ facet }) => facet?.title).filter((title) => title !== undefined))];
  const about = titles.length === 0 ? '' : `, about ${listText(titles.map((title) => short(title)))}`;
  const count = `${plural(decided.length, 'violation')} ${among}${about}.`;
  const told = decided.flatMap((violation) => {
    const facet = facets.find(
      ({ facet: name, value }) => name === violation.facet?.name && value === violation.facet.value,
    );
    const metric = facet?.metrics.find(({ name }) => name === violation.feature);
    return facet && metric ? [{ facet, metric }] : [];
  });
  const plainest = plainestNames.flatMap((name) => told.find(({ metric }) => metric.name === name) ?? []);
  const first = plainest[0] ?? told[0];
  if (first === undefined) return count;
  const { facet, metric } = first;
  return [count, biasMeaning(facet, metric, modelBias, false), beforeText(metric, false)].filter(Boolean).join(' ');
}

function noViolationsText({ facets }: ModelBiasReport): string {
  const judged = facets.filter(({ metrics }) => metrics.some(({ status }) => status === 'ok' || status === 'violated'));
  const few = facets.filter((facet) => !judged.includes(facet));
  const whom = listText(judged.map(({ title }) => short(title)));
  const ofModel = facets.flatMap(({ metrics }) => metrics.filter(({ stage }) => stage === 'post-training'));
  const kept =
    judged.length === 0
      ? 'nothing could be judged.'
      : ofModel.some(({ status }) => status === 'ok' || status === 'violated')
        ? `the model treats ${whom} as in the baseline, as far as can be told.`
        : `the labels of ${whom} are as in the baseline, as far as can be told${ofModel.length > 0 ? '; nothing of the predictions could be judged' : ''}.`;
  const left =
    few.length === 0 || judged.length === 0
      ? ''
      : ` Nothing could be judged of ${listText(few.map(({ title }) => short(title)))}.`;
  return kept + left;
}

/**
 * What a metric found, for people: what its value means, how sure it is, what it was in the baseline, and why it moved.
 * Without a value, why there is none.
 */
export function biasExplanation(facet: FacetBiasReport, metric: BiasMetricReport, modelBias: ModelBiasReport): string {
  const sentences = [
    biasMeaning(facet, metric, modelBias),
    beforeText(metric, true),
    limitText(metric),
    serviceText(metric.current),
  ];
  return [...sentences, metric.cause && clipText(metric.cause.explanation, 300)].filter(Boolean).join(' ');
}

/**
 * One sentence on what the current value of a metric means; the baseline's where there is no current.
 *
 * @param sure - whether the interval is said too; default: true.
 */
export function biasMeaning(
  facet: FacetBiasReport,
  metric: BiasMetricReport,
  modelBias: ModelBiasReport,
  sure: boolean = true,
): string {
  const { current, baseline, name, title } = metric;
  const value = current ?? baseline;
  if (value?.infinite !== undefined) return `${short(title)} is ${biasValueText(value)}.`;
  if (value?.value === undefined) return `${short(title)} cannot be told: ${noValueText(metric)}.`;
  const sample = current === undefined ? 'baseline' : 'current';
  const words = wordsOf(name, title);
  const [group, others] = [facet.disadvantaged[sample], facet.advantaged[sample]];
  const said = words.says(partiesOf(facet, modelBias), {
    value: value as BiasSample['value'],
    ...(group && { group }),
    ...(others && { others }),
  });
  const interval = sure ? sureText(value, words.interval) : '';
  const when = sample === 'baseline' ? 'In the baseline, ' : '';
  return `${when}${when === '' ? capital(said) : said}${interval}.`;
}

/** What the service says where that misleads, and why it does: "The service says 0: ...". Empty where it does not. */
export function serviceText(value: BiasValue | undefined): string {
  if (value?.service === undefined) return '';
  const { reason } = value.service;
  const why = reason === value.error ? '' : `: ${short(reason, 200)}`;
  return `The service says ${biasValueText(value.service) ?? 'nothing'}${why}.`;
}

/** Why a metric has no current value: "the group has no positive labels". */
export function noValueText({ current, reason }: BiasMetricReport): string {
  if (current?.error !== undefined) return short(current.error, 200);
  return short(reason ?? 'there is none', 200);
}

/**
 * Which side a metric's value disadvantages, where the positive value is the favourable one; undefined where neither, and
 * where the interval reaches over the fair value.
 */
export function disadvantaged({ current, fair, name, title }: BiasMetricReport): 'group' | 'others' | undefined {
  const { aboveHurts } = wordsOf(name, title);
  if (aboveHurts === undefined || current === undefined) return undefined;
  const { value, infinite, method, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = current;
  if (method !== undefined && lower <= fair && upper >= fair) return undefined;
  const above = infinite === undefined ? (value ?? fair) - fair : infinite === 'positive' ? 1 : -1;
  if (above === 0) return undefined;
  return above > 0 === (aboveHurts === 'group') ? 'group' : 'others';
}

/** What is to be said first of a group: how often it is predicted positive, and how often it is, against the others. */
export function facetSentences(facet: FacetBiasReport, modelBias: ModelBiasReport): string[] {
  const found = ['DPPL', 'DPL'].flatMap((name) => facet.metrics.find((metric) => metric.name === name) ?? []);
  return found
    .filter(({ current, baseline }) => (current ?? baseline)?.value !== undefined)
    .map((metric) => [biasMeaning(facet, metric, modelBias), beforeText(metric, true)].filter(Boolean).join(' '));
}

/** Value by value, what the words of a metric need. */
function partiesOf({ title, others }: FacetBiasReport, { label, addressing }: ModelBiasReport): BiasParties {
  const positive = short(label.positive);
  return {
    group: `rows with ${short(title)}`,
    others: others === 'all others' ? others : `those with ${short(others)}`,
    positive: /^[([]/.test(positive) ? `in ${positive}` : `"${positive}"`,
    groupVariable: short(addressing.groupVariable ?? 'the group variable'),
  };
}

/** " (95 % interval 17.7 to 21.3 points)". */
function sureText(value: BiasValue, words: (lower: number, upper: number) => string): string {
  const { lower, upper } = value;
  const text = lower === undefined || upper === undefined ? biasIntervalText(value) : words(lower, upper);
  return text === undefined ? '' : ` (95 % interval ${text})`;
}

/** What it was in the baseline, and whether chance explains that it is further from the fair value; empty where one of both is not known. */
function beforeText(metric: BiasMetricReport, chance: boolean): string {
  const { baseline, current, fair, name, title, status } = metric;
  if (current?.value === undefined) return '';
  if (baseline?.value === undefined) {
    const text = biasValueText(baseline);
    return text === undefined ? '' : `In the baseline it was ${text}.`;
  }
  const before = `In the baseline it was ${wordsOf(name, title).amount(baseline.value, current.value)}`;
  const p = biasChanceText(metric);
  const grown = Math.abs(current.value - fair) > Math.abs(baseline.value - fair);
  if (!chance || !grown || p === undefined) return `${before}.`;
  // By the service's rule a metric is violated whatever chance does.
  if (metric.change!.adjustedPValue! >= 0.05) return `${before}; chance may explain the difference (${p}).`;
  return status === 'violated'
    ? `${before}; chance does not explain the difference (${p}).`
    : `${before}; it has moved beyond chance (${p}), but is not surely further from equal treatment.`;
}

function limitText({ allowed }: BiasMetricReport): string {
  return allowed?.source === 'configured' ? `Configured limits: ${biasRangeText(allowed)}.` : '';
}

/** "a", "a and b", "a, b and 3 more". */
function listText(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return names.join(' and ');
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}

function short(text: string, length: number = LONGEST): string {
  return clipText(text, length);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
