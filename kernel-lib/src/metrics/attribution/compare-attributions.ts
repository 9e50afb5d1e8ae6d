import type {
  AttributionAggregation,
  AttributionChange,
  FeatureAttributionReport,
  OutputAttributionReport,
  RankingDrift,
} from '../../report/model-explainability-report.js';
import type { Pair } from '../../report/model-quality-report.js';
import { normalCdf } from '../../stats/distributions.js';
import { bootstrapMethod, RESAMPLES } from '../model/bootstrap.js';
import type { GlobalAttributions } from './aggregate.js';
import { errorOfChange, estimated, LEAST_ROWS, type Measured } from './attribution-errors.js';
import type { AttributionProfile } from './attribution-profile.js';
import { type AttributionSide, sideOfProfile, sideOfValues, valuesOf } from './attribution-side.js';
import { dependenceOf, distributionOf } from './feature-bins.js';
import { rankingNdcg, rankingOf } from './ndcg.js';
import { favourableNdcg, ndcgInterval, resampledNdcg, resampledValues } from './ndcg-interval.js';

/** How attributions are compared. */
export interface ComparisonOptions {
  readonly aggregation: AttributionAggregation;
  /** nDCG below it is drift. The service's: 0.9. */
  readonly threshold: number;
  /** Of the resamples. */
  readonly seed: number;
  /** Default: 1,000. */
  readonly resamples?: number;
}

/** One output compared, before it is judged: p-values are not adjusted yet. */
export interface OutputComparison
  extends Omit<OutputAttributionReport, 'ranking' | 'features' | 'series' | 'segments' | 'examples'> {
  readonly ranking: Omit<RankingDrift, 'status'>;
  /** Whether there is a ranking on both sides: else nDCG is 1 and says nothing. */
  readonly comparable: boolean;
  readonly features: readonly Omit<FeatureAttributionReport, 'direction'>[];
  /** Whether both sides are samples of enough rows for a verdict on each feature. */
  readonly judged: boolean;
}

/**
 * Compares what a model rests on with a baseline, output by output. Outputs belong together by label; where both sides have
 * a single one, whatever they are called. Features belong together by name; one that a side does not have adds exactly 0
 * there. nDCG's interval is that of 1,000 resamples of both samples' rows, drawn independently; intervals and p-values of
 * shares and means are normal, from their standard errors. The errors of both samples are counted. Below 30 rows there are
 * none. Distributions and dependence are kept of 200 features at most, those that rank highest on either side.
 *
 * @param baseline - a profile, or the values of an `analysis.json`, which are taken as exact.
 * @param current - undefined where the window is empty.
 * @returns the baseline's outputs in their order, then those that only the window has. How sure: docs/attribution-statistics.md.
 */
export function compareAttributions(
  baseline: AttributionProfile | readonly GlobalAttributions[],
  current: AttributionProfile | undefined,
  options: ComparisonOptions,
): OutputComparison[] {
  const before =
    'rows' in baseline
      ? baseline.outputs.map((_, output) => sideOfProfile(baseline, output, options.aggregation))
      : baseline.map((values) => sideOfValues(values, options.aggregation));
  const now =
    current === undefined || current.rows === 0
      ? []
      : current.outputs.map((_, output) => sideOfProfile(current, output, options.aggregation));
  const pairs = pairsOf(before, now);
  const binned = Math.max(LEAST_BINNED, Math.floor(MOST_BINNED / Math.max(1, pairs.length)));
  return pairs.map((pair) => compareOutput(pair, binned, options));
}

type SidePair = Pair<AttributionSide>;

/** Of so many features of all outputs together the report holds distributions and dependence, some 10 kB each. */
const MOST_BINNED = 200;
/** And of so many of every output. */
const LEAST_BINNED = 10;

function pairsOf(before: readonly AttributionSide[], now: readonly AttributionSide[]): SidePair[] {
  if (before.length === 1 && now.length === 1) return [{ baseline: before[0]!, current: now[0]! }];
  const others = now.filter(({ label }) => !before.some((side) => side.label === label));
  return [
    ...before.map((baseline) => {
      const current = now.find(({ label }) => label === baseline.label);
      return { baseline, ...(current && { current }) };
    }),
    ...others.map((current) => ({ current })),
  ];
}

/** @param binned - the features with so high a rank on either side have distributions and dependence. */
function compareOutput(pair: SidePair, binned: number, options: ComparisonOptions): OutputComparison {
  const { baseline, current } = pair;
  const names = [...new Set([...(baseline?.features ?? []), ...(current?.features ?? [])])];
  const both = baseline !== undefined && current !== undefined;
  const ranks = ranksOf(names, pair);
  const judged = both && [baseline.rows ?? 0, current.rows ?? 0].every((rows) => rows >= LEAST_ROWS);
  const answerChange = both && changeOf(baseline.answer, current.answer);
  return {
    label: (baseline ?? current)!.label,
    expectedValue: mapPair(pair, ({ expectedValue }) => expectedValue),
    answer: mapPair(pair, ({ answer }) => answer && estimated(answer)),
    ...(answerChange && { answerChange }),
    ranking: rankingDrift(names, pair, options),
    comparable: both && baseline.values.some((value) => value !== 0),
    features: ranks.order.map((place) => {
      const rank = ranks.of(place);
      const isBinned = Math.min(rank.baseline ?? names.length, rank.current ?? names.length) <= binned;
      return {
        ...compareFeature(names[place]!, rank, pair, judged, options),
        ...(isBinned && binsOfFeature(names[place]!, pair)),
      };
    }),
    judged,
  };
}

function rankingDrift(
  names: readonly string[],
  { baseline, current }: SidePair,
  { threshold, aggregation, seed, resamples = RESAMPLES }: ComparisonOptions,
): OutputComparison['ranking'] {
  if (baseline === undefined) return { value: 1, threshold, reason: 'the baseline does not have this output' };
  if (current === undefined) return { value: 1, threshold, reason: 'the window has no rows that were explained' };
  const [before, now] = [valuesOf(baseline, names), valuesOf(current, names)];
  if (before.every((size) => size === 0)) {
    return { value: 1, threshold, reason: 'no feature adds anything in the baseline: there is no ranking to lose' };
  }
  const value = rankingNdcg(before, now);
  const few = tooFew(baseline, current);
  if (few !== undefined) return { value, threshold, reason: few };
  const resampled = (side: AttributionSide, ofSeed: number): Float64Array[] =>
    side.profile === undefined
      ? [valuesOf(side, names)]
      : resampledValues(side.profile, side.output, aggregation, { seed: ofSeed, resamples }).map((values) =>
          valuesOf({ ...side, values }, names),
        );
  const resampledNow = resampled(current, seed + 1);
  const values = resampledNdcg(resampled(baseline, seed), resampledNow);
  return {
    value,
    ...ndcgInterval(value, values, favourableNdcg(before, now, resampledNow)),
    method: bootstrapMethod(seed, resamples),
    threshold,
    ...(baseline.profile === undefined && { reason: 'the baseline has no rows: its values are taken as exact' }),
  };
}

function tooFew({ rows: before }: AttributionSide, { rows: now }: AttributionSide): string | undefined {
  if (now! < LEAST_ROWS) return `only ${now} rows of the window were explained, of at least ${LEAST_ROWS}`;
  if (before !== undefined && before < LEAST_ROWS)
    return `the baseline has only ${before} rows, of at least ${LEAST_ROWS}`;
  return undefined;
}

/** Features in the order of the report, and their ranks on each side. */
function ranksOf(
  names: readonly string[],
  { baseline, current }: SidePair,
): { readonly order: readonly number[]; of(place: number): Pair<number> } {
  const has = (side: AttributionSide | undefined, place: number): boolean => side?.places.has(names[place]!) === true;
  const ranking = (side: AttributionSide | undefined, ties?: Int32Array): Int32Array =>
    side === undefined ? new Int32Array(0) : rankingOf(valuesOf(side, names), ties).filter((place) => has(side, place));
  const before = ranking(baseline);
  const others = ranking(current).filter((place) => !has(baseline, place));
  const ties = Int32Array.from([...before, ...others]);
  const now = ranking(current, ties.length === names.length ? ties : undefined);
  const rankIn = (order: Int32Array): Map<number, number> => new Map([...order].map((place, i) => [place, i + 1]));
  const [ranksBefore, ranksNow] = [rankIn(before), rankIn(now)];
  return {
    order: [...ties],
    of: (place) => ({
      ...(ranksBefore.has(place) && { baseline: ranksBefore.get(place)! }),
      ...(ranksNow.has(place) && { current: ranksNow.get(place)! }),
    }),
  };
}

function compareFeature(
  feature: string,
  rank: Pair<number>,
  pair: SidePair,
  judged: boolean,
  { aggregation }: ComparisonOptions,
): OutputComparison['features'][number] {
  const share = mapPair(pair, (side) => side.share(feature));
  const mean = mapPair(pair, (side) => side.mean(feature));
  const whole = changeOf(share.baseline, share.current);
  // Whether an exact baseline has changed is for the reader to say: it is itself a sample's.
  const shareChange = whole && !judged ? withoutP(whole) : whole;
  const meanChange = changeOf(mean.baseline, mean.current);
  return {
    feature,
    rank,
    attribution: mapPair(pair, (side) => side.attribution(feature, aggregation)),
    share: mapPair({ ...share }, (value) => estimated(value, 0, 1)),
    ...(shareChange && { shareChange }),
    mean: mapPair({ ...mean }, (value) => estimated(value)),
    ...(meanChange && { meanChange }),
  };
}

function binsOfFeature(
  feature: string,
  { baseline, current }: SidePair,
): Pick<FeatureAttributionReport, 'distribution' | 'dependence'> {
  const distribution = distributionOf(feature, baseline, current);
  const dependence = dependenceOf(feature, baseline, current);
  return { ...(distribution && { distribution }), ...(dependence && { dependence }) };
}

function withoutP({ pValue: _, ...change }: AttributionChange): AttributionChange {
  return change;
}

/**
 * Current less baseline of independent samples: with its normal interval and two-sided p-value, where both have errors and
 * these are not 0 on both sides.
 */
function changeOf(baseline: Measured | undefined, current: Measured | undefined): AttributionChange | undefined {
  if (baseline === undefined || current === undefined) return undefined;
  const value = current.value - baseline.value;
  const error = errorOfChange(baseline, current);
  if (error === undefined) return { value };
  if (error === 0) return { value, lower: value, upper: value, ...(value !== 0 && { pValue: 0 }) };
  return { ...estimated({ value, error }), pValue: 2 * normalCdf(-Math.abs(value) / error) };
}

/** What a function says of each side, where it says something. */
function mapPair<T, U>({ baseline, current }: Pair<T>, of: (side: T) => U | undefined): Pair<U> {
  const [before, now] = [baseline && of(baseline), current && of(current)];
  return { ...(before !== undefined && { baseline: before }), ...(now !== undefined && { current: now }) };
}
