import type { BiasMetricReport, ModelBiasReport } from '../report/model-bias-report.js';
import type { ModelExplainabilityReport } from '../report/model-explainability-report.js';
import type { ModelQualityReport } from '../report/model-quality-report.js';
import type { Report } from '../report/report.js';
import type { MeasureSubject } from './measures.js';

/** What one report measured of one subject, before it takes its place in the history; undefined where there is none. */
export interface Measure {
  readonly subject: MeasureSubject;
  readonly value?: number | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly baseline?: number | undefined;
  readonly adjustedPValue?: number | undefined;
  readonly completeness?: number | undefined;
  readonly estimate?: number | undefined;
  readonly rank?: number | undefined;
  readonly violated: boolean;
  /** By the report's hours. */
  readonly hourly?: readonly (number | undefined)[];
}

/** The hours of {@link Measure.hourly}. */
export type MeasuredHours = Report['hours'];

/** What a report measured, for the history: see `MeasureSubject`. Empty for a window without data. */
export function measureReport(report: Report): Measure[] {
  const { modelQuality, modelBias, modelExplainability } = report;
  if (modelQuality !== undefined) return metricMeasures(modelQuality);
  if (modelBias !== undefined) return biasMeasures(modelBias);
  if (modelExplainability !== undefined) return attributionMeasures(modelExplainability);
  return driftMeasures(report);
}

/** The distance that the baseline's configuration judges by; where that is a p-value, the plain distance. */
function driftMeasures({ features, hours }: Report): Measure[] {
  return features.map(({ name, status, drift, distances, current, series }): Measure => {
    const byHour = new Map(series?.map(({ hour, distance }) => [hour, distance]));
    return {
      subject: { key: name, title: name, kind: 'drift' },
      value: distances.find(({ threshold }) => threshold !== undefined)?.value ?? drift?.distance,
      lower: drift?.lowerBound,
      maximum: drift?.threshold,
      adjustedPValue: drift?.adjustedPValue,
      completeness: current?.completeness,
      violated: status === 'violated',
      ...(series && { hourly: hours.map(({ hour }) => byHour.get(hour)) }),
    };
  });
}

function metricMeasures({ metrics, estimate }: ModelQualityReport): Measure[] {
  const estimates = new Map(estimate?.metrics.map(({ name, whole }) => [name, whole?.value]));
  return metrics.map(({ name, title, better, baseline, current, threshold, comparison, status }): Measure => {
    return {
      subject: { key: name, title, kind: 'metric', better },
      value: current?.value,
      lower: current?.lower,
      upper: current?.upper,
      ...(comparison === 'LessThanThreshold' && { minimum: threshold }),
      ...(comparison === 'GreaterThanThreshold' && { maximum: threshold }),
      baseline: baseline?.value,
      estimate: estimates.get(name),
      violated: status === 'violated',
    };
  });
}

function biasMeasures({ facets }: ModelBiasReport): Measure[] {
  return facets.flatMap(({ facet, value: group, title: who, metrics }) =>
    metrics.map((metric) => biasMeasure(`${facet}=${group}/${metric.name}`, who, metric)),
  );
}

function biasMeasure(key: string, facet: string, metric: BiasMetricReport): Measure {
  const { title, fair, current, baseline, allowed, change, status } = metric;
  return {
    subject: { key, title, kind: 'bias', facet, fair },
    value: current?.value,
    lower: current?.lower,
    upper: current?.upper,
    minimum: allowed?.lower,
    maximum: allowed?.upper,
    baseline: baseline?.value,
    adjustedPValue: change?.adjustedPValue,
    violated: status === 'violated',
  };
}

function attributionMeasures({ outputs }: ModelExplainabilityReport): Measure[] {
  return outputs.flatMap(({ label, ranking, features }) => [
    {
      subject: { key: `${label}/ndcg`, title: 'nDCG', kind: 'ranking', label } as const,
      value: ranking.value,
      lower: ranking.lower,
      upper: ranking.upper,
      minimum: ranking.threshold,
      violated: ranking.status === 'violated',
    },
    ...features.map(({ feature, share, rank, shareChange }): Measure => {
      return {
        subject: { key: `${label}/share/${feature}`, title: feature, kind: 'share', label },
        value: share.current?.value,
        lower: share.current?.lower,
        upper: share.current?.upper,
        baseline: share.baseline?.value,
        adjustedPValue: shareChange?.adjustedPValue,
        rank: rank.current,
        violated: false,
      };
    }),
  ]);
}
