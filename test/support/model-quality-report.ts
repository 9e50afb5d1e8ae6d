import { suggestQualityConstraints } from '../../kernel-lib/src/constraints/quality-constraints.js';
import type { MetricConstraint } from '../../kernel-lib/src/constraints/quality-constraints.schema.js';
import { estimateCbpe, fitCbpe } from '../../kernel-lib/src/metrics/estimate/cbpe.js';
import { binaryMetrics, binaryQuality } from '../../kernel-lib/src/metrics/model/binary.js';
import { multiclassMetrics, multiclassQuality } from '../../kernel-lib/src/metrics/model/multiclass.js';
import type { ProblemType } from '../../kernel-lib/src/metrics/model/problem-type.js';
import type { QualityMetric, QualityOptions, QualityResult } from '../../kernel-lib/src/metrics/model/quality.js';
import { regressionMetrics, regressionQuality } from '../../kernel-lib/src/metrics/model/regression.js';
import type {
  Estimated,
  EstimatedMetric,
  MetricPoint,
  MetricReport,
  ModelQualityReport,
  QualityEstimate,
  SegmentReport,
} from '../../kernel-lib/src/report/model-quality-report.js';
import type { Report, Violation } from '../../kernel-lib/src/report/report.js';
import { Random } from '../../kernel-lib/src/stats/random.js';
import { checkMetric, falseAlarmChance } from '../../kernel-lib/src/violations/metric-checks.js';
import { metricSince } from '../../kernel-lib/src/violations/metric-since.js';

const HOURS = 24;
const starts = Array.from({ length: HOURS }, (_, hour) => `2026-03-05T${String(hour).padStart(2, '0')}:00:00Z`);

/**
 * A day of the census endpoint whose incomes followed another rule from 14:00 on: three metrics have fallen below their
 * limit, two groups of rows are worse, the estimate without labels is trusted and, with other incomes, was wrong.
 */
export function binaryQualityReport(): Report {
  binary ??= buildBinary();
  return structuredClone(binary);
}

/** A day of a bicycle rental's demand, predicted well: no violations, no group is worse, a doubted estimate. */
export function regressionQualityReport(): Report {
  regression ??= buildRegression();
  return structuredClone(regression);
}

/** A day of six classes of travel, one of which is more often taken for another since 09:00. */
export function multiclassQualityReport(): Report {
  multiclass ??= buildMulticlass();
  return structuredClone(multiclass);
}

/** The census endpoint before any label has come: the quality is estimated, and the estimate is doubted. */
export function noLabelsQualityReport(): Report {
  noLabels ??= buildNoLabels();
  return structuredClone(noLabels);
}

let binary: Report | undefined;
let regression: Report | undefined;
let multiclass: Report | undefined;
let noLabels: Report | undefined;

/** One sample of a problem, by row: `hour` is -1 in the baseline. */
interface Rows {
  readonly hour: readonly number[];
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
  readonly scores: readonly number[];
  readonly labelled: readonly boolean[];
}

interface Problem {
  readonly problemType: ProblemType;
  readonly monitor: string;
  readonly endpoint: string;
  readonly baselineSource: string;
  readonly currentSource: string;
  readonly columns: number;
  readonly addressing: ModelQualityReport['addressing'];
  readonly metrics: readonly QualityMetric[];
  readonly evaluate: (rows: Rows, options?: QualityOptions) => QualityResult;
  /** Metrics whose limit is not the baseline's value. */
  readonly limits: Readonly<Record<string, number>>;
  readonly estimate: (baseline: Rows, current: Rows, realised: QualityResult) => QualityEstimate | undefined;
  readonly segments: readonly SegmentReport[];
  readonly segmentsSearched: number;
  readonly notes: readonly string[];
}

function buildReport(problem: Problem, baseline: Rows, current: Rows): Report {
  const labelled = only(current, (row) => current.labelled[row]!);
  const before = problem.evaluate(baseline);
  const now = problem.evaluate(labelled);
  const constraints = constraintsOf(problem, before);
  const byHour = starts.map((_, hour) =>
    problem.evaluate(
      only(labelled, (row) => labelled.hour[row] === hour),
      { curves: false, deviations: false },
    ),
  );
  const metrics = problem.metrics.map((metric): MetricReport => {
    const { name, title, definition, unit, better, service } = metric;
    const [then, value, reason, constraint] = [
      before.values[name],
      now.values[name],
      now.reasons[name],
      constraints[name],
    ];
    const rules = value && constraint ? checkMetric(name, value, constraint, then).rules : undefined;
    const chance = value && constraint && falseAlarmChance(value, then?.value, constraint);
    return {
      ...{ name, title, definition, unit, better, service },
      ...(then && { baseline: then }),
      ...(value && { current: value }),
      ...(!value && reason !== undefined && { reason }),
      ...(constraint && { threshold: constraint.threshold, comparison: constraint.comparison_operator }),
      status: rules === undefined ? 'not-judged' : rules.includes('significant') ? 'violated' : 'ok',
      ...(chance !== undefined && { falseAlarm: chance }),
      series: byHour.flatMap((result, hour): MetricPoint[] => {
        const point = result.values[name];
        return point ? [pointOf(point, hour, result.rows)] : [];
      }),
    };
  });
  const violations = violationsOf(metrics);
  const coverage = coverageOf(current);
  const estimate = problem.estimate(baseline, current, now);
  const pair = <T>(one: T | undefined, other: T | undefined): { baseline?: T; current?: T } => ({
    ...(one !== undefined && { baseline: one }),
    ...(other !== undefined && { current: other }),
  });
  const some = labelled.labels.length > 0;
  const modelQuality: ModelQualityReport = {
    problemType: problem.problemType,
    addressing: problem.addressing,
    coverage,
    bucket: 'hour',
    metrics,
    confusion: pair(before.confusion, some ? now.confusion : undefined),
    ...(before.roc && { roc: pair(before.roc, now.roc) }),
    ...(before.precisionRecall && { precisionRecall: pair(before.precisionRecall, now.precisionRecall) }),
    ...(before.calibration && { calibration: pair(before.calibration, some ? now.calibration : undefined) }),
    ...(before.lift && { lift: pair(before.lift, some ? now.lift : undefined) }),
    ...(estimate && { estimate }),
    segments: problem.segments,
    segmentsSearched: problem.segmentsSearched,
  };
  const decided = violations.filter(({ rules }) => rules.includes('significant'));
  const rows = current.labels.length;
  return {
    schema: 'driftline.report',
    version: 1,
    title: `${problem.monitor}, 2026-03-05`,
    monitorType: 'model-quality',
    monitor: problem.monitor,
    endpoint: problem.endpoint,
    createdAt: '2026-03-06T02:07:12.000Z',
    window: { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' },
    status: !some ? 'no-data' : decided.length > 0 ? 'violations' : 'ok',
    headline: headlineOf(coverage, decided, problem.segments),
    rule: 'significant',
    ruleSource: 'driftline.json beside the baseline',
    producedBy: { driftline: '0.1.0', engine: 'capture reader', seed: 0 },
    baseline: { source: problem.baselineSource, rows: baseline.labels.length, columns: problem.columns },
    current: {
      source: problem.currentSource,
      rows,
      columns: problem.columns,
      read: {
        files: HOURS,
        bytes: rows * 431,
        records: rows,
        rows,
        dropped: 0,
        quarantined: 0,
        reasons: [],
        examples: [],
      },
    },
    newestCapture: starts.at(-1)!,
    hours: coverage.hours.map(({ hour, predictions }) => ({ hour, rows: predictions })),
    features: [],
    violations,
    modelQuality,
    notes: problem.notes,
  };
}

function constraintsOf(problem: Problem, before: QualityResult): Record<string, MetricConstraint> {
  const { version: _, ...sections } = suggestQualityConstraints(problem.problemType, problem.metrics, before);
  const suggested = Object.assign({}, ...Object.values(sections)) as Record<string, MetricConstraint>;
  return Object.fromEntries(
    Object.entries(suggested).map(([name, constraint]) => [
      name,
      { ...constraint, threshold: problem.limits[name] ?? constraint.threshold },
    ]),
  );
}

function violationsOf(metrics: readonly MetricReport[]): Violation[] {
  const found = metrics.flatMap((metric): Violation[] => {
    const { name, title, unit, current, baseline, threshold, comparison, series } = metric;
    if (current === undefined || threshold === undefined || comparison === undefined) return [];
    const { rules, description } = checkMetric(name, current, { threshold, comparison_operator: comparison }, baseline);
    if (rules.length === 0) return [];
    const id = `${name}/${comparison}`;
    const since = metricSince(
      id,
      series,
      baseline?.value ?? threshold,
      comparison === 'LessThanThreshold' ? 'lower' : 'higher',
      undefined,
    );
    const number = (value: number): string => String(Number(value.toPrecision(4)));
    const interval =
      current.lower === undefined ? '' : ` (95 %: ${number(current.lower)} to ${number(current.upper!)})`;
    return [
      {
        id,
        feature: name,
        check: comparison,
        description,
        explanation: `${title} is ${number(current.value)}${interval}; the limit is ${number(threshold)}`,
        measured: current.value,
        limit: threshold,
        ...(baseline && { baselineValue: baseline.value }),
        unit: unit === 'fraction' ? 'distance' : 'value',
        rules,
        ...(since && { since }),
      },
    ];
  });
  const beyond = ({ measured, limit }: Violation): number => Math.abs(measured - limit) / Math.abs(limit);
  return found.sort((a, b) => b.rules.length - a.rules.length || beyond(b) - beyond(a));
}

function coverageOf({ hour, labelled }: Rows): ModelQualityReport['coverage'] {
  const hours = starts.map((start, index) => ({
    hour: start,
    predictions: hour.filter((of) => of === index).length,
    labelled: labelled.filter((is, row) => is && hour[row] === index).length,
  }));
  const total = labelled.filter(Boolean).length;
  return {
    predictions: hour.length,
    labelled: total,
    unmatchedLabels: total === 0 ? 0 : 3,
    repeatedLabels: 0,
    hours,
    ...(total > 0 && { delayHours: { median: 3, p95: 7, max: 9 } }),
  };
}

function headlineOf(
  { predictions, labelled }: ModelQualityReport['coverage'],
  decided: readonly Violation[],
  [worst]: readonly SegmentReport[],
): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  if (labelled === 0) {
    return `None of ${count(predictions)} predictions has its label yet; the quality is estimated without them.`;
  }
  const of = `${count(labelled)} labelled of ${count(predictions)} predictions`;
  if (decided.length === 0) return `No violations in ${of}: the model is as good as in the baseline.`;
  const names = decided.map(({ feature }) => feature).join(', ');
  const segment = worst === undefined ? '' : ` Worst group: ${worst.title}.`;
  return `${decided.length} violations in ${of}: ${names}.${segment}`;
}

function pointOf({ value, lower, upper }: Estimated, hour: number, rows: number): MetricPoint {
  return {
    start: starts[hour]!,
    rows,
    value,
    ...(lower !== undefined && upper !== undefined && { lower, upper }),
  };
}

function only(rows: Rows, keep: (row: number) => boolean): Rows {
  const kept = rows.hour.map((_, row) => row).filter(keep);
  const take = <T>(values: readonly T[]): T[] => kept.map((row) => values[row]!);
  return {
    hour: take(rows.hour),
    labels: take(rows.labels),
    predictions: take(rows.predictions),
    scores: take(rows.scores),
    labelled: take(rows.labelled),
  };
}

/** Rows of a day: fewer at night; labels of the last hours have not come. Of a baseline: as many as `count`. */
function simulate(
  seed: number,
  count: number | 'day',
  row: (random: Random, hour: number) => readonly [label: number, prediction: number, score: number],
  labels: 'all' | 'late' | 'none' = 'all',
): Rows {
  const random = new Random(seed);
  const ofHour = (hour: number): number => Math.round(112 - 62 * Math.cos(((hour - 2) / HOURS) * 2 * Math.PI));
  const hour =
    count === 'day'
      ? starts.flatMap((_, index) => Array.from({ length: ofHour(index) }, () => index))
      : Array.from({ length: count }, () => -1);
  const drawn = hour.map((of) => row(random, of));
  const share = (of: number): number => (labels === 'none' ? 0 : labels === 'all' || of < 16 ? 0.97 : (24 - of) / 10);
  return {
    hour,
    labels: drawn.map(([label]) => label),
    predictions: drawn.map(([, prediction]) => prediction),
    scores: drawn.map(([, , score]) => score),
    labelled: hour.map((of) => of < 0 || random.uniform() < share(of)),
  };
}

const censusClasses = ['<=50K', '>50K'] as const;
const census: Omit<Problem, 'estimate' | 'segments' | 'segmentsSearched' | 'limits' | 'notes'> = {
  problemType: 'BinaryClassification',
  monitor: 'census-model-quality',
  endpoint: 'census-income',
  baselineSource: 'notebooks/census/model-quality-baseline',
  currentSource: 'notebooks/census/capture/census-income',
  columns: 15,
  addressing: {
    label: 'ground truth, column 0',
    prediction: 'output 0',
    probability: 'output 1',
    threshold: 0.5,
    positiveLabel: censusClasses[1],
  },
  metrics: binaryMetrics,
  evaluate: (rows, options) => {
    const { confusion, ...result } = binaryQuality(
      {
        labels: Uint8Array.from(rows.labels),
        predictions: Uint8Array.from(rows.predictions),
        scores: Float64Array.from(rows.scores),
      },
      options,
    );
    return { ...result, ...(confusion && { confusion: { ...confusion, classes: censusClasses } }) };
  },
};

/** A logistic score; from `changed` on, one in three of the negatives with a middling score is a positive. */
function censusRow(changed: number): Parameters<typeof simulate>[2] {
  return (random, hour) => {
    const logit = -1.55 + 2.3 * random.normal();
    const probability = 1 / (1 + Math.exp(-logit));
    const score = Math.round(probability * 10_000) / 10_000;
    const rule = hour >= changed && probability < 0.5 ? probability + 0.3 * (1 - probability) : probability;
    return [random.uniform() < rule ? 1 : 0, score > 0.5 ? 1 : 0, score];
  };
}

/** CBPE over the day and its hours. */
function censusEstimate(baseline: Rows, current: Rows, doubts: readonly string[]): QualityEstimate {
  const arrays = (rows: Rows): { predictions: Uint8Array; scores: Float64Array } => ({
    predictions: Uint8Array.from(rows.predictions),
    scores: Float64Array.from(rows.scores),
  });
  const state = fitCbpe({ ...arrays(baseline), labels: Uint8Array.from(baseline.labels) });
  const estimate = (rows: Rows): Readonly<Record<string, Estimated>> => estimateCbpe(state, arrays(rows));
  const whole = estimate(current);
  const hours = starts.map((_, hour) => only(current, (row) => current.hour[row] === hour));
  const points = hours.map(estimate);
  const labelled = only(current, (row) => current.labelled[row]!);
  const checked = labelled.labels.length === 0 ? undefined : estimate(labelled);
  const realised = checked && census.evaluate(labelled, { intervals: false, deviations: false, curves: false }).values;
  const metrics = binaryMetrics.flatMap(({ name, title }): EstimatedMetric[] => {
    const value = whole[name];
    if (value === undefined) return [];
    const [one, other] = [realised?.[name]?.value, checked?.[name]?.value];
    return [
      {
        name,
        title,
        method: 'CBPE',
        whole: value,
        series: points.flatMap((point, hour) =>
          point[name] ? [pointOf(point[name], hour, hours[hour]!.labels.length)] : [],
        ),
        ...(one !== undefined && other !== undefined && { error: one - other }),
      },
    ];
  });
  return { metrics, trusted: doubts.length === 0, doubts };
}

function buildBinary(): Report {
  const loose = { accuracy: 0.72, precision: 0.6, true_positive_rate: 0.35, true_negative_rate: 0.8 };
  return buildReport(
    {
      ...census,
      limits: { ...loose, false_positive_rate: 0.2, false_negative_rate: 0.65, f0_5: 0.5, f2: 0.35 },
      estimate: (baseline, current) => censusEstimate(baseline, current, []),
      segments: [
        {
          conditions: [
            { feature: 'occupation', kind: 'equals', value: 'Sales & <service>' },
            { feature: 'age', kind: 'range', from: 24, to: 31 },
          ],
          title: 'occupation = Sales & <service> and 24 <= age < 31',
          rows: 148,
          baselineRows: 1121,
          metric: 'error rate',
          baseline: { value: 0.1472, lower: 0.1276, upper: 0.1692 },
          current: { value: 0.4257, lower: 0.349, upper: 0.5062 },
          change: { value: 0.2785, lower: 0.1985, upper: 0.3585 },
          adjustedPValue: 3.1e-13,
        },
        {
          conditions: [{ feature: 'workclass', kind: 'missing' }],
          title: 'workclass is missing',
          rows: 93,
          baselineRows: 902,
          metric: 'error rate',
          baseline: { value: 0.1098, lower: 0.091, upper: 0.1319 },
          current: { value: 0.2366, lower: 0.1616, upper: 0.3325 },
          change: { value: 0.1268, lower: 0.0387, upper: 0.2149 },
          adjustedPValue: 0.0172,
        },
      ],
      segmentsSearched: 214,
      notes: ['3 labels belong to no prediction of this window.'],
    },
    simulate(11, 9000, censusRow(HOURS)),
    simulate(12, 'day', censusRow(14), 'late'),
  );
}

function buildNoLabels(): Report {
  return buildReport(
    {
      ...census,
      limits: {},
      estimate: (baseline, current) =>
        censusEstimate(baseline, current, [
          'Features have drifted, and what the scores meant in the baseline may not hold for such rows: hours-per-week (0.75), occupation (0.14).',
        ]),
      segments: [],
      segmentsSearched: 0,
      notes: [],
    },
    simulate(11, 9000, censusRow(HOURS)),
    simulate(13, 'day', censusRow(HOURS), 'none'),
  );
}

function buildRegression(): Report {
  const row: Parameters<typeof simulate>[2] = (random, hour) => {
    const clock = hour < 0 ? random.integer(HOURS) : hour;
    const prediction = 190 - 140 * Math.cos(((clock - 4) / HOURS) * 2 * Math.PI) + 30 * random.normal();
    const label = Math.max(8, Math.round(prediction + (12 + 0.08 * Math.abs(prediction)) * random.normal()));
    return [label, Math.round(prediction * 10) / 10, 0];
  };
  const day = (seed: number): Rows => simulate(seed, 'day', row, 'late');
  return buildReport(
    {
      problemType: 'Regression',
      monitor: 'rentals-model-quality',
      endpoint: 'bike-rentals',
      baselineSource: 'notebooks/rentals/model-quality-baseline',
      currentSource: 'notebooks/rentals/capture/bike-rentals',
      columns: 12,
      addressing: { label: 'ground truth, column 0', prediction: 'output 0' },
      metrics: regressionMetrics,
      evaluate: (rows, options) =>
        regressionQuality(
          { labels: Float64Array.from(rows.labels), predictions: Float64Array.from(rows.predictions) },
          options,
        ),
      limits: { r2: 0.9 },
      estimate: (_, current, { values }) => ({
        metrics: ['mae', 'mse', 'rmse'].map((name, index): EstimatedMetric => {
          const { title } = regressionMetrics.find((metric) => metric.name === name)!;
          const value = values[name]!.value * 1.04;
          const series = starts.map((_, hour): MetricPoint => {
            const rows = current.hour.filter((of) => of === hour).length;
            const estimated = value * (1 - 0.35 * Math.cos(((hour - 4) / HOURS) * 2 * Math.PI));
            const half = (estimated * (index === 1 ? 3.2 : 1.9)) / Math.sqrt(rows);
            return pointOf({ value: estimated, lower: estimated - half, upper: estimated + half }, hour, rows);
          });
          const error = values[name]!.value - value;
          return {
            name,
            title,
            method: 'DLE',
            whole: { value, lower: value * 0.97, upper: value * 1.03 },
            series,
            error,
          };
        }),
        trusted: false,
        doubts: ['On the baseline itself the expected errors are 112 % of the real ones.'],
      }),
      segments: [],
      segmentsSearched: 96,
      notes: [],
    },
    simulate(21, 8000, row),
    day(22),
  );
}

function buildMulticlass(): Report {
  const classes = ['bicycle', 'bus', 'car', 'tram', 'train', 'walk'];
  const shares = [0.19, 0.33, 0.68, 0.79, 0.88, 1];
  const row: Parameters<typeof simulate>[2] = (random, hour) => {
    const at = random.uniform();
    const label = shares.findIndex((share) => at < share);
    const tramForBus = label === 3 && hour >= 9 ? 0.55 : 0.04;
    if (random.uniform() < tramForBus) return [label, 1, 0];
    const near = (label + (random.uniform() < 0.6 ? 1 : classes.length - 1)) % classes.length;
    return [label, random.uniform() < 0.86 ? label : random.uniform() < 0.7 ? near : random.integer(classes.length), 0];
  };
  return buildReport(
    {
      problemType: 'MulticlassClassification',
      monitor: 'travel-model-quality',
      endpoint: 'travel-mode',
      baselineSource: 'notebooks/travel/model-quality-baseline',
      currentSource: 'notebooks/travel/capture/travel-mode',
      columns: 21,
      addressing: { label: 'ground truth, column 0', prediction: 'output 0' },
      metrics: multiclassMetrics(classes),
      evaluate: (rows, options) =>
        multiclassQuality(
          { classes, labels: Int32Array.from(rows.labels), predictions: Int32Array.from(rows.predictions) },
          options,
        ),
      limits: { weighted_f0_5: 0.7, weighted_f2: 0.7, weighted_precision: 0.7, weighted_recall: 0.7 },
      estimate: () => undefined,
      segments: [
        {
          conditions: [{ feature: 'city', kind: 'equals', value: 'Basel' }],
          title: 'city = Basel',
          rows: 401,
          baselineRows: 1310,
          metric: 'error rate',
          baseline: { value: 0.1664, lower: 0.1472, upper: 0.1876 },
          current: { value: 0.2993, lower: 0.2566, upper: 0.3458 },
          change: { value: 0.1329, lower: 0.0856, upper: 0.1802 },
          adjustedPValue: 4.2e-8,
        },
      ],
      segmentsSearched: 58,
      notes: [],
    },
    simulate(31, 9000, row),
    simulate(32, 'day', row, 'late'),
  );
}
