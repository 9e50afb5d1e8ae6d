import { rankingNdcg, rankingOf } from '../../kernel-lib/src/metrics/attribution/ndcg.js';
import type {
  AttributionChange,
  ExplainedRow,
  FeatureAttributionReport,
  OutputAttributionReport,
} from '../../kernel-lib/src/report/model-explainability-report.js';
import type { Estimated } from '../../kernel-lib/src/report/model-quality-report.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { Random } from '../../kernel-lib/src/stats/random.js';
import { attributionReport } from './attribution-rows.js';
import { hostileTexts } from './hostile-report.js';

/** A feature of the sample: what its values are in both samples, and what the model adds for a value. */
interface SampleFeature {
  readonly name: string;
  /** Categories; absent for numbers. */
  readonly categories?: readonly string[];
  /** A number, or the place of a category. */
  readonly draw: (random: Random, current: boolean) => number;
  readonly adds: (value: number) => number;
}

const rowsOf = { baseline: 4000, current: 2400 };
const hoursOfDay = 24;
const bins = 24;
const expected = -1.42;

const number = (name: string, mean: number, deviation: number, slope: number, shift = 0, least = 0): SampleFeature => ({
  name,
  draw: (random, current) =>
    Math.max(least, Math.round(mean + deviation * random.normal() + (current ? shift * deviation : 0))),
  adds: (value) => slope * Math.tanh((value - mean) / deviation),
});

const category = (
  name: string,
  categories: readonly string[],
  weights: readonly number[],
  adds: readonly number[],
  now: readonly number[] = weights,
): SampleFeature => ({
  name,
  categories,
  draw: (random, current) => {
    let left = random.uniform();
    return Math.max(
      0,
      (current ? now : weights).findIndex((weight) => {
        left -= weight;
        return left < 0;
      }),
    );
  },
  adds: (value) => adds[value]!,
});

const features: readonly SampleFeature[] = [
  category(
    'relationship',
    ['Husband', 'Not-in-family', 'Own-child', 'Unmarried'],
    [0.4, 0.26, 0.2, 0.14],
    [0.9, -0.6, -1.1, -0.7],
  ),
  number('age', 39, 13, 0.72, 0, 17),
  number('education-num', 10, 2.5, 0.68, 0, 1),
  // Of the drifted rows more than half send minutes in place of hours.
  {
    name: 'hours-per-week',
    draw: (random, current) => {
      const hours = Math.max(1, Math.round(40 + 12 * random.normal()));
      return current && random.uniform() < 0.55 ? hours * 60 : hours;
    },
    adds: (value) => (value > 99 ? 4.2 : 0.18 * Math.tanh((value - 40) / 12)),
  },
  category(
    'occupation',
    ['Prof-specialty', 'Craft-repair', 'Exec-managerial', 'Other-service', 'missing'],
    [0.24, 0.25, 0.2, 0.25, 0.06],
    [0.45, -0.1, 0.62, -0.7, -0.3],
  ),
  number('capital-gain', 900, 1400, 0.31),
  category('sex', ['Male', 'Female'], [0.67, 0.33], [0.15, -0.31]),
  category('workclass', ['Private', 'Self-emp', 'Government'], [0.72, 0.14, 0.14], [0.02, -0.22, 0.09]),
  number('capital-loss', 80, 300, 0.09),
  number('fnlwgt', 190_000, 90_000, 0.05),
  category('native-country', ['United-States', 'Mexico', 'Philippines'], [0.93, 0.05, 0.02], [0.01, -0.2, 0.06]),
  category('race', ['White', 'Black', 'Asian-Pac-Islander'], [0.85, 0.1, 0.05], [0.01, -0.05, 0.02]),
];

/** Values and attributions of one sample, feature by feature. */
interface Rows {
  readonly values: readonly Float64Array[];
  readonly adds: readonly Float64Array[];
  readonly rows: number;
}

function drawn(current: boolean): Rows {
  const random = new Random(current ? 8 : 7);
  const rows = current ? rowsOf.current : rowsOf.baseline;
  // In the window the drift begins at noon: before it rows are drawn as in the baseline.
  const drifted = (row: number): boolean => current && row >= rows / 2;
  const values = features.map(({ draw }) =>
    Float64Array.from({ length: rows }, (_, row) => draw(random, drifted(row))),
  );
  const adds = features.map(({ adds: add }, place) => values[place]!.map(add));
  return { values, adds, rows };
}

function meanOf(numbers: Float64Array): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}

/** A mean with its 95 % interval by the normal distribution. */
function estimateOf(numbers: Float64Array): Estimated & { readonly error: number } {
  const value = meanOf(numbers);
  const variance = numbers.reduce((sum, each) => sum + (each - value) ** 2, 0) / Math.max(1, numbers.length - 1);
  const error = Math.sqrt(variance / Math.max(1, numbers.length));
  return { value, lower: value - 1.96 * error, upper: value + 1.96 * error, error };
}

function plain({ value, lower, upper }: Estimated): Estimated {
  return { value, ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}

function changeOf(before: Estimated & { error: number }, now: Estimated & { error: number }): AttributionChange {
  const [value, error] = [now.value - before.value, Math.hypot(before.error, now.error)];
  const pValue = Math.min(1, 2 * Math.exp(-0.717 * Math.abs(value / error) - 0.416 * (value / error) ** 2));
  return {
    value,
    lower: value - 1.96 * error,
    upper: value + 1.96 * error,
    pValue,
    adjustedPValue: Math.min(1, pValue * 4),
  };
}

function sizesOf({ adds }: Rows, from = 0, to = Number.POSITIVE_INFINITY): Float64Array {
  return Float64Array.from(adds, (column) => meanOf(column.subarray(from, Math.min(to, column.length)).map(Math.abs)));
}

function sharesOf(sizes: Float64Array): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [...sizes].map((size) => size / total);
}

function binned(rows: Rows, place: number, edges: readonly number[]): { counts: number[]; levels: (number | null)[] } {
  const counts = new Array<number>(bins).fill(0);
  const levels = new Array<number>(bins).fill(0);
  const order = [...rows.values[place]!].sort((a, b) => a - b);
  const [low, high] = [edges[0]!, edges.at(-1)!];
  rows.adds[place]!.forEach((add, row) => {
    const bin = Math.min(bins - 1, Math.floor(((add - low) / (high - low)) * bins));
    counts[bin]! += 1;
    levels[bin]! += order.indexOf(rows.values[place]![row]!) / order.length;
  });
  return { counts, levels: levels.map((sum, bin) => (counts[bin] === 0 ? null : sum / counts[bin]!)) };
}

function distributionOf(baseline: Rows, current: Rows, place: number): FeatureAttributionReport['distribution'] {
  const ends = [...baseline.adds[place]!, ...current.adds[place]!].sort((a, b) => a - b);
  const [low, high] = [ends[0]!, ends.at(-1)! + 1e-9];
  const edges = Array.from({ length: bins + 1 }, (_, bin) => low + ((high - low) * bin) / bins);
  const [before, now] = [binned(baseline, place, edges), binned(current, place, edges)];
  const levels = { baselineLevel: before.levels, currentLevel: now.levels };
  return {
    edges,
    baseline: before.counts,
    current: now.counts,
    ...(features[place]!.categories === undefined && levels),
  };
}

function dependenceOf(baseline: Rows, current: Rows, place: number): FeatureAttributionReport['dependence'] {
  const { categories } = features[place]!;
  const all = [...baseline.values[place]!].sort((a, b) => a - b);
  const most = current.values[place]!.reduce((largest, value) => Math.max(largest, value), all.at(-1)!);
  const cuts = [
    ...new Set([0, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 1].map((part) => all[Math.floor(part * (all.length - 1))]!)),
  ];
  const ends = most > cuts.at(-1)! ? [...cuts, most] : cuts;
  const groups = categories
    ? categories.map((title, at) => ({ title, is: (value: number) => value === at }))
    : ends.slice(1).map((upper, at) => {
        const lower = ends[at]!;
        const last = at === ends.length - 2;
        return {
          title: `${lower} to ${upper}`,
          lower,
          upper,
          is: (v: number) => v >= lower && (v < upper || (last && v === upper)),
        };
      });
  return groups.map(({ is, ...bin }) => {
    const of = ({ values, adds }: Rows): Float64Array => adds[place]!.filter((_, row) => is(values[place]![row]!));
    const [before, now] = [of(baseline), of(current)];
    return {
      ...bin,
      rows: { baseline: before.length, current: now.length },
      mean: {
        ...(before.length > 0 && { baseline: plain(estimateOf(before)) }),
        ...(now.length > 0 && { current: plain(estimateOf(now)) }),
      },
    };
  });
}

function featuresOf(baseline: Rows, current: Rows): FeatureAttributionReport[] {
  const [before, now] = [sizesOf(baseline), sizesOf(current)];
  const [ranksBefore, ranksNow] = [rankingOf(before), rankingOf(now)];
  const total = { baseline: before.reduce((a, b) => a + b, 0), current: now.reduce((a, b) => a + b, 0) };
  const made = features.map(({ name }, place): FeatureAttributionReport => {
    const sizes = [baseline, current].map(({ adds }) => estimateOf(adds[place]!.map(Math.abs))) as [
      ReturnType<typeof estimateOf>,
      ReturnType<typeof estimateOf>,
    ];
    const share = (size: (typeof sizes)[0], sum: number) => ({
      value: size.value / sum,
      lower: size.lower! / sum,
      upper: size.upper! / sum,
      error: size.error / sum,
    });
    const shares = [share(sizes[0], total.baseline), share(sizes[1], total.current)] as const;
    const means = [estimateOf(baseline.adds[place]!), estimateOf(current.adds[place]!)] as const;
    const change = changeOf(...shares);
    const distribution = distributionOf(baseline, current, place);
    const dependence = dependenceOf(baseline, current, place);
    return {
      feature: name,
      rank: { baseline: ranksBefore.indexOf(place) + 1, current: ranksNow.indexOf(place) + 1 },
      attribution: { baseline: plain(sizes[0]), current: plain(sizes[1]) },
      share: { baseline: plain(shares[0]), current: plain(shares[1]) },
      shareChange: change,
      direction: change.adjustedPValue! >= 0.05 ? 'unchanged' : change.value > 0 ? 'rose' : 'fell',
      mean: { baseline: plain(means[0]), current: plain(means[1]) },
      meanChange: changeOf(...means),
      ...(distribution && { distribution }),
      ...(dependence && { dependence }),
    };
  });
  return made.sort((a, b) => a.rank.baseline! - b.rank.baseline!);
}

function exampleOf(rows: Rows, row: number, reason: string, time: string): ExplainedRow {
  const own = features.map(({ name, categories }, place) => {
    const value = rows.values[place]![row]!;
    const text = categories === undefined ? String(value) : categories[value]!;
    return { feature: name, value: text === 'missing' ? null : text, attribution: rows.adds[place]![row]! };
  });
  return {
    reason,
    eventId: `e0000000-0000-4000-8000-${String(row).padStart(12, '0')}`,
    time,
    answer: own.reduce((sum, { attribution }) => sum + attribution, expected),
    features: own.sort((a, b) => Math.abs(b.attribution) - Math.abs(a.attribution)),
  };
}

function outputOf(): OutputAttributionReport {
  const [baseline, current] = [drawn(false), drawn(true)];
  const [before, now] = [sizesOf(baseline), sizesOf(current)];
  const listed = featuresOf(baseline, current);
  const order = listed.map(({ feature }) => features.findIndex(({ name }) => name === feature));
  const answers = ({ adds, rows }: Rows): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => adds.reduce((sum, column) => sum + column[row]!, expected));
  const [answerBefore, answerNow] = [estimateOf(answers(baseline)), estimateOf(answers(current))];
  const ndcg = rankingNdcg(before, now);
  const each = current.rows / hoursOfDay;
  const long = current.values[3]!.findIndex((value) => value > 2400);
  const inMinutes = (is: boolean): Float64Array =>
    answers(current).filter((_, row) => current.values[3]![row]! > 99 === is);
  return {
    label: 'label0',
    expectedValue: { baseline: expected, current: expected },
    answer: { baseline: plain(answerBefore), current: plain(answerNow) },
    answerChange: changeOf(answerBefore, answerNow),
    ranking: {
      value: ndcg,
      lower: ndcg - 0.009,
      upper: ndcg + 0.008,
      method: 'bootstrap (1,000 resamples, seed 0)',
      threshold: 0.9,
      status: ndcg < 0.9 ? 'violated' : 'ok',
    },
    features: listed,
    series: Array.from({ length: hoursOfDay }, (_, hour) => {
      const sizes = sizesOf(current, hour * each, (hour + 1) * each);
      const shares = sharesOf(sizes);
      return {
        start: `2026-03-08T${String(hour).padStart(2, '0')}:00:00Z`,
        rows: each,
        shares: order.map((place) => shares[place]!),
        ndcg: rankingNdcg(before, sizes),
        ndcgError: 0.006,
      };
    }),
    segments: [
      {
        conditions: [{ feature: 'hours-per-week', kind: 'range', from: 100 }],
        title: 'hours-per-week >= 100',
        rows: inMinutes(true).length,
        features: [
          {
            feature: 'hours-per-week',
            share: { value: 0.41, lower: 0.4, upper: 0.42 },
            rest: { value: 0.07, lower: 0.06, upper: 0.07 },
          },
          {
            feature: 'relationship',
            share: { value: 0.17, lower: 0.16, upper: 0.18 },
            rest: { value: 0.27, lower: 0.26, upper: 0.28 },
          },
        ],
        answer: { segment: plain(estimateOf(inMinutes(true))), rest: plain(estimateOf(inMinutes(false))) },
      },
    ],
    examples: [
      exampleOf(current, long, 'its answer rests most on hours-per-week', '2026-03-08T12:04:11Z'),
      exampleOf(current, 40, 'an ordinary request', '2026-03-08T00:24:52Z'),
    ],
  };
}

let kept: Report | undefined;

/**
 * A day of a census endpoint whose working hours are sent in minutes from noon on: twelve features, 24 hours, two single
 * requests. An additive model of drawn rows, so that attributions, shares, ranks, answers and hours agree with each other;
 * the intervals of nDCG and of the segment are round numbers.
 */
export function sampleExplainabilityReport(): Report {
  kept ??= madeReport();
  return structuredClone(kept);
}

function madeReport(): Report {
  const output = outputOf();
  const made = attributionReport([output], {
    explained: { ...rowsOf },
    comparisons: features.length,
  });
  const { mapping: _, ...kind } = made;
  return {
    ...kind,
    window: { start: '2026-03-08T00:00:00Z', end: '2026-03-09T00:00:00Z' },
    headline:
      '1 violation: the model rests on other features than in training: hours-per-week rose from rank 7 to rank 1.',
    baseline: { ...made.baseline, rows: rowsOf.baseline, columns: features.length },
    current: { ...made.current, rows: 6412, columns: features.length },
    hours: output.series.map(({ start }) => ({ hour: start, rows: 267 })),
    notes: [],
    violations: made.violations.map((violation) => ({
      ...violation,
      description: `nDCG ${output.ranking.value} does not meet the threshold 0.9`,
      explanation: 'hours-per-week rose, everything else fell.',
      unit: 'value',
      measured: output.ranking.value,
      since: { hour: '2026-03-08T12:00:00Z', orEarlier: false, before: 0.999, after: output.ranking.value },
    })),
  };
}

/** The same day with hostile texts as names, values, categories, reasons and outputs. */
export function hostileExplainabilityReport(): Report {
  const report = sampleExplainabilityReport();
  const [output] = report.modelExplainability!.outputs;
  const nasty = (index: number): string => hostileTexts[index % hostileTexts.length]!;
  const named = (name: string): string => nasty(features.findIndex((feature) => feature.name === name));
  const renamed: OutputAttributionReport = {
    ...output!,
    label: nasty(0),
    features: output!.features.map((feature) => ({
      ...feature,
      feature: named(feature.feature),
      ...(feature.dependence && { dependence: feature.dependence.map((bin, at) => ({ ...bin, title: nasty(at) })) }),
    })),
    segments: output!.segments.map((segment) => ({
      ...segment,
      title: nasty(1),
      features: segment.features.map((feature) => ({ ...feature, feature: named(feature.feature) })),
    })),
    examples: output!.examples.map((example, at) => ({
      ...example,
      reason: nasty(at),
      eventId: nasty(at + 2),
      features: example.features.map((feature, place) => ({
        ...feature,
        feature: named(feature.feature),
        value: nasty(place),
      })),
    })),
  };
  const [violation] = report.violations;
  return {
    ...report,
    violations: [{ ...violation!, label: nasty(0), explanation: nasty(5) }],
    modelExplainability: {
      ...report.modelExplainability!,
      model: nasty(0),
      outputs: [renamed, { ...renamed, label: nasty(3) }],
    },
  };
}
