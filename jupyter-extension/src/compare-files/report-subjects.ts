import type { Report } from 'driftline';
import { formatNdcg, formatShare } from '../format/attribution-format.js';
import { biasNumber, formatBias } from '../format/bias-format.js';
import { formatMetric } from '../format/metric-format.js';
import { formatDistance, noValue } from '../format/number-format.js';
import { featureTone, toneWords } from '../panels/feature-state.js';
import { biasTone, biasToneWords } from '../panels/model-bias/bias-state.js';
import { rankingTone, rankingToneWords } from '../panels/model-explainability/attribution-words.js';
import { metricTone, metricToneWords } from '../panels/model-quality/metric-words.js';
import type { PanelContext } from '../widgets/panel-context.js';
import type { Tone } from '../widgets/status-mark.js';

/** A feature, metric or ranking that a report has a number of. */
export interface ReportSubject {
  /** The same in two reports of the same thing. */
  readonly key: string;
  /** The group of people, or the output of the model, that it is of. */
  readonly group?: string;
  readonly name: string;
  readonly tone: Tone;
  readonly words: string;
  /** Undefined without one; may be infinite. */
  readonly value: number | undefined;
  readonly format: (value: number | undefined) => string;
}

/** What is compared of a report, in its order. */
export function reportSubjects(report: Report, { trans }: PanelContext): ReportSubject[] {
  const { features, modelQuality, modelBias, modelExplainability } = report;
  return [
    ...features.map((feature): ReportSubject => {
      const tone = featureTone(feature);
      const format = (value: number | undefined): string => (value === undefined ? noValue : formatDistance(value));
      const { name, drift } = feature;
      return { key: name, name, tone, words: toneWords(tone, trans), value: drift?.distance, format };
    }),
    ...(modelQuality?.metrics ?? []).map((metric): ReportSubject => {
      const tone = metricTone(metric);
      const format = (value: number | undefined): string => formatMetric(value, metric.unit);
      const { name, title, current } = metric;
      return { key: name, name: title, tone, words: metricToneWords(tone, trans), value: current?.value, format };
    }),
    ...(modelBias?.facets ?? []).flatMap(({ facet, value, title: group, metrics }) =>
      metrics.map((metric): ReportSubject => {
        const tone = biasTone(metric);
        return {
          key: JSON.stringify([facet, value, metric.name]),
          group,
          name: metric.name,
          tone,
          words: biasToneWords(metric, tone, trans),
          value: biasNumber(metric.current),
          format: (number) => formatBias(number, metric.unit),
        };
      }),
    ),
    ...(modelExplainability?.outputs ?? []).flatMap((output): ReportSubject[] => {
      const tone = rankingTone(output);
      const { label: group, ranking, features: attributed } = output;
      return [
        {
          key: JSON.stringify([group]),
          group,
          name: 'nDCG',
          tone,
          words: rankingToneWords(tone, trans),
          value: ranking.value,
          format: (value) => formatNdcg(value),
        },
        ...attributed.map(({ feature, rank, share }): ReportSubject => {
          const words = rank.current === undefined ? noValue : trans.__('rank %1', rank.current);
          return {
            key: JSON.stringify([group, feature]),
            group,
            name: trans.__('share of %1', feature),
            tone: 'quiet',
            words,
            value: share.current?.value,
            format: formatShare,
          };
        }),
      ];
    }),
  ];
}
