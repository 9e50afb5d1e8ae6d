import { HOUR_MS, isoHour } from '../../capture/hour-path.js';
import type { FacetCounts } from '../../metrics/bias/counts.js';
import { fairnessMetrics } from '../../metrics/bias/fairness.js';
import type { BiasMetric } from '../../metrics/bias/metric.js';
import { FEWEST, smallestBase } from '../../metrics/bias/smallest-base.js';
import type { FairnessMetricReport, Intersection } from '../../report/model-bias-report.js';
import type { MetricPoint } from '../../report/model-quality-report.js';
import { plural } from '../../report/value-text.js';
import { type BiasComparison, type BiasJudgement, judgeBias } from '../../violations/bias-checks.js';
import { type Buckets, bucketsOf } from '../buckets.js';
import { type CheckPlan, countsOf, type GroupBaseline } from './baseline-plan.js';
import type { BiasLimit } from './bias-options.js';
import { biasValueOf, type MeasuredMetric, measureFairness, measureMetric } from './bias-values.js';
import type { CurrentBias } from './current-bias.js';
import { intersectionReports } from './intersection-reports.js';
import { countIntersections } from './intersections.js';
import { limitOf } from './limits.js';
import type { BiasBaseline } from './load-bias-baseline.js';
import { metricsFor } from './make-bias-baseline.js';
import { cellsOfParts, type MeasuredBias, type MeasuredGroup, measureBias } from './measure.js';
import { GroupCauses, SegmentCounter, type Why } from './why.js';

/** Points over time that a report holds; of more, only those of metrics that a rule found broken are kept. */
const MOST_POINTS = 6000;

/** One metric of one group in both samples, judged. */
export interface MetricFinding {
  readonly metric: BiasMetric;
  readonly baseline: MeasuredMetric | undefined;
  readonly current: MeasuredMetric;
  readonly judgement: BiasJudgement;
  readonly series: readonly MetricPoint[];
  /** Of metrics that a rule found broken. */
  readonly why?: Why;
}

/** One group of one facet. */
export interface GroupFinding {
  readonly group: MeasuredGroup;
  readonly baseline: GroupBaseline | undefined;
  readonly baselineCounts: FacetCounts | undefined;
  readonly metrics: readonly MetricFinding[];
  readonly fairness: readonly FairnessMetricReport[];
}

/** Everything that was computed of the current sample. */
export interface BiasFindings {
  readonly measured: MeasuredBias;
  /** The metrics that were asked for, as far as there are predictions. */
  readonly metrics: readonly BiasMetric[];
  readonly groups: readonly GroupFinding[];
  readonly bucket: 'hour' | 'day';
  readonly intersections: readonly Intersection[];
  readonly comparisons: number;
}

/** Measures the current sample and compares it with the baseline, group by group and metric by metric. */
export function biasFindings(
  baseline: BiasBaseline,
  current: CurrentBias,
  plan: CheckPlan,
  measured: MeasuredBias,
  seed: number,
): BiasFindings {
  const { sample, settings } = current;
  const metrics = metricsFor(settings, measured.rows.predictions !== undefined || sample.rows === 0);
  const buckets = bucketsOf(sample.hours);
  const groups = measured.groups.map((group, index) => {
    const base = plan.baselines[index];
    const baselineCounts = base?.state && countsOf(base.state);
    return { group, base, baselineCounts, values: valuesOf(metrics, group, base, baselineCounts, seed) };
  });
  const comparisons = groups.flatMap(({ group, values }) =>
    values.map(({ metric, baseline: before, current: now }) =>
      comparisonOf(metric, group, before, now, settings.limits),
    ),
  );
  const judged = judgeBias(comparisons);
  const told = new Map<string, MeasuredGroup>();
  let place = 0;
  const { bias } = baseline;
  const counter = bias && sample.rows > 0 ? new SegmentCounter(bias.plan, sample, measured) : undefined;
  const all = groups.length * metrics.length * buckets.starts.length <= MOST_POINTS;
  const found = groups.map(({ group, base, baselineCounts, values }): GroupFinding => {
    const judgements = values.map(({ metric }) => toldOnce(metric, judged[place++]!, told, group));
    const shown = metrics.filter((_, index) => all || judgements[index]!.rules.length > 0);
    const points = seriesOf(shown, measured, group, buckets, seed);
    const causes =
      counter && bias && base?.state && baselineCounts
        ? new GroupCauses(group, measured, { counts: baselineCounts, state: base.state, file: bias }, counter)
        : undefined;
    return {
      group,
      baseline: base,
      baselineCounts,
      metrics: values.map((value, index) => ({
        ...value,
        judgement: judgements[index]!,
        series: points.get(value.metric.name) ?? [],
        ...whyOf(value.metric, judgements[index]!, causes),
      })),
      fairness: fairnessOf(group, baselineCounts),
    };
  });
  return {
    measured,
    metrics,
    groups: found,
    bucket: buckets.hours === 1 ? 'hour' : 'day',
    intersections: intersectionReports(
      baseline.bias?.intersections ?? [],
      sample.rows === 0 ? [] : countIntersections(sample, plan, measured.rows, ''),
      seed,
    ),
    comparisons: judged.filter(({ change }) => change?.pValue !== undefined).length,
  };
}

/** Counts the current sample; without rows there is nothing to count. */
export function measureCurrent({ sample }: CurrentBias, plan: CheckPlan, where: string): MeasuredBias {
  if (sample.rows > 0) return measureBias(sample, plan, where);
  const groups = plan.groups.map((group) => ({
    ...group,
    value: group.value ?? '',
    members: new Uint8Array(0),
    missing: 0,
    counts: { cells: new Float64Array(8), predicted: true },
  }));
  return { positive: '', rows: { labels: new Uint8Array(0), predictions: undefined }, groups };
}

type MetricPair = Pick<MetricFinding, 'metric' | 'baseline' | 'current'>;

function valuesOf(
  metrics: readonly BiasMetric[],
  { counts }: MeasuredGroup,
  baseline: GroupBaseline | undefined,
  baselineCounts: FacetCounts | undefined,
  seed: number,
): MetricPair[] {
  return metrics.map((metric) => {
    const written = baseline?.numbers[metric.name];
    const measured = baselineCounts && measureMetric(metric, baselineCounts, seed);
    return {
      metric,
      baseline: written && { service: written, value: measured?.value ?? biasValueOf(written) },
      current: measureMetric(metric, counts, seed),
    };
  });
}

function comparisonOf(
  { name, fair }: BiasMetric,
  group: MeasuredGroup,
  baseline: MeasuredMetric | undefined,
  current: MeasuredMetric,
  limits: readonly BiasLimit[],
): BiasComparison {
  const { side, rows, what } = smallestBase(name, group.counts.cells);
  const whose = side === 1 ? group.title : group.others;
  const tooFew = `only ${plural(rows, 'row')} ${what === '' ? 'of' : `${what} among`} ${whose}`;
  return {
    fair,
    service: { baseline: baseline?.service, current: current.service },
    baseline: baseline?.value,
    current: current.value,
    limit: limitOf(name, group, limits),
    tooFew: rows < FEWEST ? tooFew : undefined,
  };
}

function whyOf(metric: BiasMetric, { rules }: BiasJudgement, causes: GroupCauses | undefined): { readonly why?: Why } {
  const why = rules.length > 0 ? causes?.of(metric) : undefined;
  return why === undefined ? {} : { why };
}

/** A metric of all rows is the same for every group; by `significant` it is told of the first that it is broken for. */
function toldOnce(
  { name, ofAllRows }: BiasMetric,
  judgement: BiasJudgement,
  told: Map<string, MeasuredGroup>,
  group: MeasuredGroup,
): BiasJudgement {
  if (ofAllRows !== true || !judgement.rules.includes('significant')) return judgement;
  const first = told.get(name);
  if (first === undefined) {
    told.set(name, group);
    return judgement;
  }
  const rules = judgement.rules.filter((rule) => rule !== 'significant');
  return { ...judgement, rules, status: 'ok', reason: `it is of all rows, and told with ${first.title}` };
}

/** Metrics by hour or day. What has no value there is left out; the flip test and CDD are of the whole window only. */
function seriesOf(
  metrics: readonly BiasMetric[],
  measured: MeasuredBias,
  group: MeasuredGroup,
  buckets: Buckets,
  seed: number,
): Map<string, MetricPoint[]> {
  const series = new Map<string, MetricPoint[]>();
  if (buckets.starts.length === 0) return series;
  const codes = Int32Array.from({ length: measured.rows.labels.length }, (_, row) => buckets.of(row));
  const parts = cellsOfParts(measured, group, codes, buckets.starts.length);
  parts.forEach((cells, bucket) => {
    const counts: FacetCounts = { cells, predicted: group.counts.predicted };
    const rows = cells.reduce((sum, count) => sum + count, 0);
    for (const metric of metrics) {
      const { value } = measureMetric(metric, counts, seed);
      if (value.value === undefined) continue;
      const { lower, upper } = value;
      const point: MetricPoint = {
        start: isoHour(buckets.starts[bucket]! * HOUR_MS),
        rows,
        value: value.value,
        ...(lower !== undefined && { lower }),
        ...(upper !== undefined && { upper }),
      };
      series.set(metric.name, [...(series.get(metric.name) ?? []), point]);
    }
  });
  return series;
}

function fairnessOf({ counts }: MeasuredGroup, baseline: FacetCounts | undefined): FairnessMetricReport[] {
  if (!counts.predicted) return [];
  return fairnessMetrics.map((metric): FairnessMetricReport => {
    const { name, title, library, definition, fair } = metric;
    return {
      ...{ name, title, library, definition, fair },
      ...(baseline?.predicted && { baseline: measureFairness(metric, baseline) }),
      current: measureFairness(metric, counts),
    };
  });
}
