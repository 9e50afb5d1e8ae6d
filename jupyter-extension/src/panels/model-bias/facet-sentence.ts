import type { BiasMetricReport, BiasSide, BiasStage, BiasValue, FacetBiasReport, ModelBiasReport } from 'driftline';
import { formatP, formatPoints } from '../../format/bias-format.js';
import { formatCount, formatFraction } from '../../format/number-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { positiveWords } from './bias-words.js';

type Trans = PanelContext['trans'];

/**
 * How often a group is given the positive outcome, out of how many, against the others; how sure the difference is; and
 * how it was in the baseline. After training it is about predictions, before about labels.
 *
 * @returns undefined where neither sample has rows of both sides, or there are no predictions.
 */
export function outcomeSentences(
  facet: FacetBiasReport,
  stage: BiasStage,
  { label }: ModelBiasReport,
  trans: Trans,
): string | undefined {
  const sample = facet.disadvantaged.current && facet.advantaged.current ? 'current' : 'baseline';
  const [group, others] = [facet.disadvantaged[sample], facet.advantaged[sample]];
  const shares = [group, others].map((side) => side && positives(side, stage));
  if (group === undefined || others === undefined || shares.some((share) => share === undefined)) return undefined;
  const words = [
    positiveWords(label, trans),
    formatFraction(shares[0]),
    formatCount(group.rows),
    facet.title,
    formatFraction(shares[1]),
    formatCount(others.rows),
    facet.others,
  ];
  const metric = facet.metrics.find(({ name }) => name === (stage === 'post-training' ? 'DPPL' : 'DPL'));
  const value = metric?.[sample];
  return [
    sample === 'baseline'
      ? trans.__('In the baseline, %1 for %2 of %3 rows (%4), against %5 of %6 (%7).', ...words)
      : trans.__('%1 for %2 of %3 rows (%4), against %5 of %6 (%7).', ...words),
    value?.value !== undefined && trans.__('That is %1.', oftenWords(value, trans)),
    sample === 'current' && metric !== undefined && thenSentence(metric, trans),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

/** The share of positive outcomes of a side, in [0, 1]; undefined without rows, or without predictions. */
function positives({ rows, confusion, positiveLabels }: BiasSide, stage: BiasStage): number | undefined {
  if (rows === 0) return undefined;
  if (stage === 'pre-training') return positiveLabels / rows;
  return confusion && (confusion.truePositives + confusion.falsePositives) / rows;
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

/** The p-value is 1 where the metric is no further from equal treatment than in the baseline: it then says nothing. */
function thenSentence({ baseline, current, change }: BiasMetricReport, trans: Trans): string | undefined {
  if (baseline?.value === undefined) return undefined;
  const words = oftenWords({ value: baseline.value }, trans);
  const grown = Math.abs(current?.value ?? 0) > Math.abs(baseline.value);
  const adjusted = change?.adjustedPValue;
  if (!grown || adjusted === undefined) return trans.__('In the baseline it was %1.', words);
  const p = formatP(adjusted);
  return adjusted < 0.05
    ? trans.__('In the baseline it was %1; chance does not explain the difference (adjusted p %2).', words, p)
    : trans.__('In the baseline it was %1; chance may explain the difference (adjusted p %2).', words, p);
}
