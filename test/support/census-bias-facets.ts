import { type FacetCounts, sideOf } from '../../kernel-lib/src/metrics/bias/counts.js';
import { fairnessMetrics } from '../../kernel-lib/src/metrics/bias/fairness.js';
import type { BiasMetric } from '../../kernel-lib/src/metrics/bias/metric.js';
import { biasMetrics } from '../../kernel-lib/src/metrics/bias/registry.js';
import { FEWEST, smallestBase } from '../../kernel-lib/src/metrics/bias/smallest-base.js';
import { biasValueOf, measureFairness, measureMetric } from '../../kernel-lib/src/monitor/model-bias/bias-values.js';
import { intersectionReports } from '../../kernel-lib/src/monitor/model-bias/intersection-reports.js';
import type {
  BiasMetricReport,
  BiasSide,
  FacetBiasReport,
  Intersection,
} from '../../kernel-lib/src/report/model-bias-report.js';
import type { MetricPoint, Pair } from '../../kernel-lib/src/report/model-quality-report.js';
import { type BiasComparison, type BiasJudgement, judgeBias } from '../../kernel-lib/src/violations/bias-checks.js';
import { biasCause } from './census-bias-cause.js';
import { type CensusRow, cellsOf, countsOf } from './census-bias-rows.js';

const HOUR_MS = 3_600_000;

/** What a report is made of. */
export interface BiasScene {
  readonly start: string;
  readonly hours: number;
  readonly rows: number;
  readonly seed: number;
  readonly incidentFrom?: number;
  readonly bucket: 'hour' | 'day';
  readonly found: 'labelled' | 'unlabelled' | 'nothing';
  /** False: the labels have no predictions beside them. Default: true. */
  readonly predicted?: boolean;
  /** Occupation is the group variable. Default: false. */
  readonly conditional?: boolean;
  /** The service's `analysis.json` alone: no counts, so no intervals, sides and causes. Default: false. */
  readonly serviceBaseline?: boolean;
}

interface Facet extends Pick<FacetBiasReport, 'facet' | 'value' | 'title' | 'others'> {
  readonly inGroup: (row: CensusRow) => boolean;
}

const facets: readonly Facet[] = [
  { facet: 'sex', value: 'Female', title: 'sex = Female', others: 'sex = Male', inGroup: ({ female }) => female },
  { facet: 'age', value: '(40, 90]', title: 'age > 40', others: 'age <= 40', inGroup: ({ over40 }) => over40 },
  {
    facet: 'native-country',
    value: 'Holand-Netherlands',
    title: 'native-country = Holand-Netherlands',
    others: 'all others',
    inGroup: ({ islander }) => islander,
  },
];

/** A facet's group in both samples. */
interface Compared extends Facet {
  readonly before: FacetCounts;
  readonly now: FacetCounts;
}

/** The facets, judged together; and how many comparisons that took. */
export function censusFacets(
  scene: BiasScene,
  baseline: readonly CensusRow[],
  current: readonly CensusRow[],
): { readonly facets: FacetBiasReport[]; readonly comparisons: number } {
  const { predicted = true, conditional = false } = scene;
  const metrics = biasMetrics.filter(({ stage }) => predicted || stage === 'pre-training');
  const all = facets.map((facet): Compared => {
    const counts = (rows: readonly CensusRow[]): FacetCounts =>
      countsOf(rows, facet.inGroup, { predicted, conditional });
    return { ...facet, before: counts(baseline), now: counts(current) };
  });
  const judged = judgeBias(all.flatMap((facet) => metrics.map((metric) => comparison(scene, metric, facet))));
  return {
    facets: all.map((facet, place) => {
      const at = place * metrics.length;
      const reports = metrics.map((metric, index) => metricReport(scene, metric, facet, judged[at + index]!, current));
      return facetReport(scene, facet, reports);
    }),
    comparisons: judged.filter(({ change }) => change?.pValue !== undefined).length,
  };
}

function comparison(scene: BiasScene, metric: BiasMetric, { before, now, title, others }: Compared): BiasComparison {
  const { side, rows, what } = smallestBase(metric.name, now.cells);
  const measured = { baseline: measureMetric(metric, before, 0), current: measureMetric(metric, now, 0) };
  const where = side === 1 ? title : others;
  return {
    fair: metric.fair,
    service: { baseline: measured.baseline.service, current: measured.current.service },
    baseline: scene.serviceBaseline ? biasValueOf(measured.baseline.service) : measured.baseline.value,
    current: measured.current.value,
    limit: metric.name === 'DI' && title === 'age > 40' ? { lower: 0.8, upper: 1.25 } : undefined,
    tooFew: rows < FEWEST ? `only ${rows} rows ${what === '' ? 'of' : `${what} among`} ${where}` : undefined,
  };
}

function metricReport(
  scene: BiasScene,
  metric: BiasMetric,
  facet: Compared,
  { allowed, change, status, reason }: BiasJudgement,
  current: readonly CensusRow[],
): BiasMetricReport {
  const { name, title, stage, definition, fair, unit } = metric;
  const before = measureMetric(metric, facet.before, 0);
  const some = current.length > 0;
  const cause = status === 'violated' && !scene.serviceBaseline ? biasCause(metric, facet) : undefined;
  return {
    ...{ name, title, stage, definition, fair, unit },
    baseline: scene.serviceBaseline ? biasValueOf(before.service) : before.value,
    ...(some && { current: measureMetric(metric, facet.now, 0).value }),
    ...(allowed && { allowed }),
    ...(some && change && { change }),
    status: some ? status : 'not-judged',
    ...(!some ? { reason: 'the window has no labelled predictions' } : reason !== undefined && { reason }),
    ...(cause && { cause }),
    series: seriesOf(scene, metric, facet, current),
  };
}

/** The flip test and the conditional metrics are of the whole window only. */
function seriesOf(scene: BiasScene, metric: BiasMetric, facet: Facet, rows: readonly CensusRow[]): MetricPoint[] {
  const { predicted = true, bucket, hours, start } = scene;
  const step = bucket === 'hour' ? 1 : 24;
  return Array.from({ length: hours / step }, (_, index) => index * step).flatMap((from): MetricPoint[] => {
    const own = rows.filter(({ hour }) => hour >= from && hour < from + step);
    const counts = { cells: cellsOf(own, facet.inGroup), predicted };
    const { value } = measureMetric(metric, counts, 0);
    if (value.value === undefined) return [];
    const { lower, upper } = value;
    return [
      {
        start: new Date(Date.parse(start) + from * HOUR_MS).toISOString().replace('.000', ''),
        rows: own.length,
        value: value.value,
        ...(lower !== undefined && { lower }),
        ...(upper !== undefined && { upper }),
      },
    ];
  });
}

function facetReport(
  { found, serviceBaseline = false }: BiasScene,
  { before, now, inGroup: _, ...words }: Compared,
  metrics: readonly BiasMetricReport[],
): FacetBiasReport {
  const some = found === 'labelled';
  const pair = <T>(of: (counts: FacetCounts) => T): Pair<T> => ({
    ...(!serviceBaseline && { baseline: of(before) }),
    ...(some && { current: of(now) }),
  });
  const group = sideOf(now.cells, 1).rows;
  return {
    ...words,
    advantaged: pair((counts) => sideReport(counts, 0)),
    disadvantaged: pair((counts) => sideReport(counts, 1)),
    missing: pair((counts) => (words.facet === 'native-country' && counts === now ? 83 : 0)),
    metrics,
    fairness:
      !now.predicted || !some
        ? []
        : fairnessMetrics.map((metric) => ({
            ...{ name: metric.name, title: metric.title, library: metric.library, definition: metric.definition },
            fair: metric.fair,
            ...(!serviceBaseline && { baseline: measureFairness(metric, before) }),
            current: measureFairness(metric, now),
          })),
    ...(some && group < FEWEST && { warning: `only ${group} rows of the window: ${words.title}` }),
  };
}

function sideReport({ cells, predicted }: FacetCounts, side: 0 | 1): BiasSide {
  const { rows, positiveLabels, truePositives, falseNegatives, falsePositives, trueNegatives } = sideOf(cells, side);
  return {
    ...{ rows, positiveLabels },
    ...(predicted && { confusion: { truePositives, falseNegatives, falsePositives, trueNegatives } }),
  };
}

/** Sex by age, each cell against everybody outside it. */
export function censusIntersections(
  baseline: readonly CensusRow[],
  current: readonly CensusRow[],
  predicted: boolean,
): Intersection[] {
  const counts = (rows: readonly CensusRow[]): Parameters<typeof intersectionReports>[0] => [
    {
      facets: ['sex', 'age'],
      rows: ['sex = Female', 'sex = Male'],
      columns: ['age > 40', 'age <= 40'],
      cells: [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ].map(([female, over40]) => [
        ...cellsOf(rows, (row) => row.female === female && row.over40 === over40).subarray(4),
      ]),
      predicted,
    },
  ];
  return intersectionReports(counts(baseline), current.length === 0 ? [] : counts(current), 0);
}
