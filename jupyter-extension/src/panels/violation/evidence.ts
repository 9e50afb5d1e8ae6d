import type { TranslationBundle } from '@jupyterlab/translation';
import type { FeatureReport, Report, Rule, Violation } from 'driftline';
import { formatBounds, formatNdcg } from '../../format/attribution-format.js';
import { formatBiasInterval, formatBiasRange, formatP } from '../../format/bias-format.js';
import { formatInterval } from '../../format/metric-format.js';
import { formatFraction, formatNumber, formatPValue } from '../../format/number-format.js';
import { allowedRange } from '../model-bias/bias-state.js';

/** What one of the two rules says of a violation, and from what. */
export interface RuleAnswer {
  readonly rule: Rule;
  readonly violated: boolean;
  /** Whether it is the rule that decides. */
  readonly decides: boolean;
  readonly because: string;
}

/** What a number says about chance. */
export interface Certainty {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
}

type Trans = TranslationBundle;

/** Both rules' answers, the deciding one first. */
export function ruleAnswers(report: Report, violation: Violation, trans: Trans): RuleAnswer[] {
  const other: Rule = report.rule === 'significant' ? 'threshold' : 'significant';
  return [report.rule, other].map((rule) => {
    const violated = violation.rules.includes(rule);
    return {
      rule,
      violated,
      decides: rule === report.rule,
      because:
        rule === 'threshold'
          ? thresholdWords(violated, violation, trans)
          : significantWords(violation, violated, trans),
    };
  });
}

function thresholdWords(violated: boolean, { check }: Violation, trans: Trans): string {
  if (!violated) return trans.__('by the service’s measure the limit is kept');
  return check === 'bias_drift_check'
    ? trans.__('the value itself is further off than is allowed')
    : trans.__('the value itself is beyond the limit');
}

/** What the rule asks is in docs/walk.md; here in a few words, by what kind of check it is. */
function significantWords({ check }: Violation, violated: boolean, trans: Trans): string {
  switch (check) {
    case 'baseline_drift_check':
      return violated
        ? trans.__('the distance is beyond the limit by more than chance')
        : trans.__('chance may explain as much');
    case 'LessThanThreshold':
    case 'GreaterThanThreshold':
      return violated
        ? trans.__('the whole 95 % interval is beyond the limit')
        : trans.__('the 95 % interval reaches the limit, or the baseline');
    case 'bias_drift_check':
      return violated
        ? trans.__('the whole 95 % interval is outside, and it has moved by more than chance')
        : trans.__('the 95 % interval reaches the allowed range, or chance explains the change');
    case 'feature_attribution_drift_check':
      return violated
        ? trans.__('the whole 95 % interval is below the limit')
        : trans.__('the 95 % interval reaches the limit');
    default:
      return trans.__('all rows were counted: there is no chance in it');
  }
}

/** The p-value, the interval and what could have been found at all, as far as the report has them. */
export function certainties(report: Report, violation: Violation, trans: Trans): Certainty[] {
  const { modelQuality, modelBias, modelExplainability, features } = report;
  if (modelQuality !== undefined) {
    const metric = modelQuality.metrics.find(({ name }) => name === violation.feature);
    const { current, unit = 'value', falseAlarm } = metric ?? {};
    const interval = current && formatInterval(current, unit);
    return [
      ...(interval === undefined ? [] : [intervalOf(interval, current?.method, trans)]),
      ...(falseAlarm === undefined
        ? []
        : [
            {
              name: trans.__('False alarm'),
              value: formatFraction(falseAlarm),
              more: trans.__('chance that the service’s rule alarms although nothing changed'),
            },
          ]),
    ];
  }
  if (modelBias !== undefined) return biasCertainties(report, violation, trans);
  if (modelExplainability !== undefined) {
    const ranking = modelExplainability.outputs.find(({ label }) => label === violation.label)?.ranking;
    const interval = ranking && formatBounds(ranking, (end) => formatNdcg(end));
    return interval === undefined ? [] : [intervalOf(interval, ranking?.method, trans)];
  }
  if (violation.check !== 'baseline_drift_check') return [];
  return driftCertainties(
    features.find(({ name }) => name === violation.feature),
    trans,
  );
}

function driftCertainties(feature: FeatureReport | undefined, trans: Trans): Certainty[] {
  if (feature?.drift === undefined) return [];
  const { distance, adjustedPValue, pValue, lowerBound, minimumDetectable } = feature.drift;
  return [
    {
      name: trans.__('Adjusted p'),
      value: formatPValue(adjustedPValue),
      more: trans.__('%1 before allowing for the number of features', formatPValue(pValue)),
    },
    {
      name: trans.__('Plain distance'),
      value: formatNumber(distance, 3),
      more: trans.__('not corrected for noise; with 95 % confidence at least %1', formatNumber(lowerBound, 3)),
    },
    {
      name: trans.__('Smallest to be found'),
      value: formatNumber(minimumDetectable, 3),
      more: trans.__('a true distance that this many rows show in four cases of five'),
    },
  ];
}

function biasCertainties({ modelBias }: Report, { facet, feature }: Violation, trans: Trans): Certainty[] {
  const metric = modelBias?.facets
    .find((known) => known.facet === facet?.name && known.value === facet.value)
    ?.metrics.find(({ name }) => name === feature);
  if (metric === undefined) return [];
  const interval = formatBiasInterval(metric.current, metric.unit);
  const allowed = formatBiasRange(allowedRange(metric), metric.unit);
  const adjusted = metric.change?.adjustedPValue;
  return [
    ...(interval === undefined ? [] : [intervalOf(interval, metric.current?.method, trans)]),
    ...(allowed === undefined ? [] : [{ name: trans.__('Allowed'), value: allowed }]),
    ...(adjusted === undefined
      ? []
      : [
          {
            name: trans.__('Adjusted p'),
            value: formatP(adjusted),
            more: trans.__('of the difference from the baseline'),
          },
        ]),
  ];
}

function intervalOf(interval: string, method: string | undefined, trans: Trans): Certainty {
  return { name: trans.__('95 % interval'), value: interval, ...(method !== undefined && { more: method }) };
}
