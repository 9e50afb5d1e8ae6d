import type { BiasMetricReport, BiasSide, BiasValue, FacetBiasReport, ModelBiasReport } from 'driftline';
import { formatPoints } from '../../format/bias-format.js';
import { formatCount, formatFraction, formatPValue } from '../../format/number-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { positiveWords } from './bias-words.js';

type Trans = PanelContext['trans'];

/**
 * What was found about a facet group, for people: how often it is given the positive outcome, out of how many, against
 * the others; how sure the difference is; and how it was in the baseline. Empty where neither sample has rows.
 */
export function facetSentences(facet: FacetBiasReport, { label }: ModelBiasReport, trans: Trans): string[] {
  const sample = facet.disadvantaged.current && facet.advantaged.current ? 'current' : 'baseline';
  const [group, others] = [facet.disadvantaged[sample], facet.advantaged[sample]];
  if (group === undefined || others === undefined || group.rows === 0 || others.rows === 0) return [];
  const predicted = group.confusion !== undefined && others.confusion !== undefined;
  const metric = facet.metrics.find(({ name }) => name === (predicted ? 'DPPL' : 'DPL'));
  const words = [
    positiveWords(label, trans),
    formatFraction(positives(group) / group.rows),
    formatCount(group.rows),
    facet.title,
    formatFraction(positives(others) / others.rows),
    formatCount(others.rows),
    facet.others,
  ];
  return [opening(predicted, sample, words, trans), ...differenceSentences(metric, sample, trans)];
}

function opening(predicted: boolean, sample: 'baseline' | 'current', words: readonly string[], trans: Trans): string {
  if (sample === 'baseline') {
    return predicted
      ? trans.__('In the baseline, the model predicts %1 for %2 of %3 rows (%4), against %5 of %6 rows (%7).', ...words)
      : trans.__('In the baseline, the label is %1 in %2 of %3 rows (%4), against %5 of %6 rows (%7).', ...words);
  }
  return predicted
    ? trans.__('The model predicts %1 for %2 of %3 rows (%4), against %5 of %6 rows (%7).', ...words)
    : trans.__('The label is %1 in %2 of %3 rows (%4), against %5 of %6 rows (%7).', ...words);
}

function positives({ confusion, positiveLabels }: BiasSide): number {
  return confusion === undefined ? positiveLabels : confusion.truePositives + confusion.falsePositives;
}

function differenceSentences(
  metric: BiasMetricReport | undefined,
  sample: 'baseline' | 'current',
  trans: Trans,
): string[] {
  const value = metric?.[sample];
  if (metric === undefined || value?.value === undefined) return [];
  const then = sample === 'current' ? metric.baseline?.value : undefined;
  return [
    trans.__('That is %1.', oftenWords(value, trans)),
    ...(then === undefined ? [] : [thenSentence(then, value.value, metric.change?.adjustedPValue, trans)]),
  ];
}

/** The others' share less the group's: positive is less often. */
function oftenWords({ value: difference = 0, lower, upper }: BiasValue, trans: Trans): string {
  const points = formatPoints(Math.abs(difference));
  const words =
    Number(points) === 0
      ? trans.__('equally often')
      : difference > 0
        ? trans.__('%1 percentage points less often', points)
        : trans.__('%1 percentage points more often', points);
  if (lower === undefined || upper === undefined) return words;
  const [from, to] = difference < 0 ? [-upper, -lower] : [lower, upper];
  return trans.__('%1 (95 % interval %2 to %3)', words, formatPoints(from), formatPoints(to));
}

/** The p-value is of the distance from equal treatment having grown, so that it says nothing where it has not. */
function thenSentence(then: number, now: number, adjustedPValue: number | undefined, trans: Trans): string {
  const words = oftenWords({ value: then }, trans);
  if (adjustedPValue === undefined || Math.abs(now) <= Math.abs(then))
    return trans.__('In the baseline it was %1.', words);
  return adjustedPValue < 0.05
    ? trans.__(
        'In the baseline it was %1; chance does not explain the growth (adjusted p %2).',
        words,
        formatPValue(adjustedPValue),
      )
    : trans.__(
        'In the baseline it was %1; chance may explain the growth (adjusted p %2).',
        words,
        formatPValue(adjustedPValue),
      );
}
