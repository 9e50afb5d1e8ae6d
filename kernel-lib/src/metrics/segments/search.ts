import type { Estimated, SegmentReport } from '../../report/model-quality-report.js';
import { wilsonInterval } from '../../stats/interval.js';
import type { SegmentPlan } from './binning.js';
import { conditionOf, elementaryRanges, type Group, joinedRanges, sumsOf, titleOf, widerRanges } from './group.js';
import { changeGreater, meanChange, meanGreater, meanInterval, rateChange, rateGreater } from './loss-tests.js';
import { distinctConditions, MOST_CONDITIONS, outside } from './outside.js';
import { changeOf, difference, type SamplePair, whole } from './sample-pair.js';
import type { CodeRange, LossSums, SegmentTable } from './table.js';

export interface SegmentSearchOptions {
  /** How the loss is called in the report: "error rate", "mean absolute error". */
  readonly metric: string;
  /** Rows that a group and the rows outside it need, in both samples; 30 by default. */
  readonly minRows?: number;
  /** The chance of any segment where nothing changed is below it; 0.05 by default. */
  readonly significance?: number;
  /** Segments at most; 10 by default. */
  readonly limit?: number;
  /**
   * What a change must exceed, in the loss's unit: its lower 95 % bound, and by itself the difference to the other rows'
   * change. By default 0.02 where all losses are 0 or 1, else a tenth of the baseline's mean loss.
   */
  readonly minimumChange?: number;
}

export interface SegmentSearch {
  /** Strongest evidence first. */
  readonly segments: readonly SegmentReport[];
  /** Groups looked at. */
  readonly searched: number;
}

/** Of the candidates, only so many of the strongest are compared with each other. */
const MOST_CANDIDATES = 500;

/**
 * The groups of rows in which the loss rose most: one condition (also ranges of neighbouring bins) or two.
 *
 * A group is reported where
 * - it has changed for the worse (Fisher's exact test where all losses are 0 or 1, else `meanGreater`) and has changed
 *   more than all other rows (difference of the two changes, on the loss's own scale). The larger p-value counts, so that
 *   a fall of everything alike is no segment.
 * - That holds after correction for the number of groups: Bonferroni, with half of the significance for groups of one
 *   condition and half for pairs. Groups overlap, and what is promised is that a quiet window has no segment at all;
 *   Bonferroni bounds just that chance under any dependence. Benjamini and Yekutieli bound the same chance where nothing
 *   changed, at a higher price (the logarithm of the number of groups). The halves keep the many pairs from hiding a broad
 *   group.
 * - The change is no trifle: {@link SegmentSearchOptions.minimumChange}.
 * - A pair is worse than the other rows of each of its two single groups, by more than the minimum and beyond chance
 *   (corrected for the number of pairs with that single group). Where a single group is significant and worse in those
 *   other rows too, it is reported instead.
 * - What is left of it outside the segments with stronger evidence (the smaller of the two tests' statistics) is still
 *   worse by the first three rules. That drops near-duplicates, and groups that only share rows with a stronger one.
 *
 * A pair is joined with neighbouring bins that are worse themselves while the evidence grows; it keeps the p-value it was
 * found with. Of two features that say the same the earlier one is named. Categories that the baseline does not have
 * cannot be compared; they count among the other rows.
 *
 * Simulated on the census validation data, 4,000 rows of baseline and 2,513 of current: of 1,000 quiet windows 0.8 % had
 * a segment (error rate; 0 % for log-normal losses), of 500 in which 15 % of all rows became errors 3.6 %. A random group
 * of one condition (6 to 50 % of the rows) of which a quarter became errors came first in 96 % of 200 windows; a random
 * pair (at least 6 %) in 73 %, at 40 % errors in 93 %.
 *
 * @param baseline - losses of at least 0, counted by the same plan as `current`. Time is that of the groups, not the rows.
 * @see Source: Berger 1982 for the larger p-value (intersection-union test). Golden values: test/golden/model/segments.json.
 */
export function searchSegments(
  plan: SegmentPlan,
  baseline: SegmentTable,
  current: SegmentTable,
  options: SegmentSearchOptions,
): SegmentSearch {
  const search = new Search(plan, baseline, current, options);
  const { candidates, searched } = search.candidates();
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length >= (options.limit ?? 10)) break;
    if (search.isLeftOutside(candidate, chosen)) chosen.push(candidate);
  }
  return { segments: chosen.map((candidate) => search.report(candidate)), searched };
}

interface Verdict {
  /** The smaller of the two statistics, in standard errors: the evidence. */
  readonly evidence: number;
  readonly pValue: number;
}

interface Candidate extends Verdict {
  readonly group: Group;
  /** Of a pair, the group before neighbours were joined to it. */
  readonly seed: Group;
  readonly counts: SamplePair;
  /** What its p-value is multiplied with. */
  readonly factor: number;
  /** The seed's. */
  readonly adjustedPValue: number;
}

class Search {
  readonly #plan: SegmentPlan;
  readonly #tables: readonly [SegmentTable, SegmentTable];
  readonly #all: SamplePair;
  readonly #metric: string;
  readonly #minRows: number;
  readonly #significance: number;
  readonly #binary: boolean;
  readonly #minimumChange: number;

  constructor(plan: SegmentPlan, baseline: SegmentTable, current: SegmentTable, options: SegmentSearchOptions) {
    this.#plan = plan;
    this.#tables = [baseline, current];
    this.#all = { baseline: baseline.total(), current: current.total() };
    this.#metric = options.metric;
    this.#minRows = Math.max(2, options.minRows ?? 30);
    this.#significance = options.significance ?? 0.05;
    this.#binary = baseline.binary && current.binary;
    const { sum, rows } = this.#all.baseline;
    this.#minimumChange = options.minimumChange ?? (this.#binary ? 0.02 : rows === 0 ? 0 : sum / rows / 10);
  }

  /** Significant groups, strongest evidence first; of the pairs those that say more than their single groups. */
  candidates(): { candidates: Candidate[]; searched: number } {
    const singles = this.#singles();
    const pairs = this.#pairs(singles.filter(([{ from, to }]) => from === to));
    const levels = Number(singles.length > 0) + Number(pairs.length > 0);
    const found = singles.flatMap((group) => this.#significant(group, levels * singles.length) ?? []);
    const foundPairs = pairs.flatMap((group) => this.#significant(group, levels * pairs.length) ?? []);
    const worse = new Set(found.map(({ group }) => keyOf(group)));
    const ofSingle = new Map<string, number>();
    for (const single of pairs.flat()) {
      const key = keyOf([single]);
      ofSingle.set(key, (ofSingle.get(key) ?? 0) + 1);
    }
    const widened = new Map(foundPairs.map((pair) => this.#widened(pair)).map((pair) => [keyOf(pair.group), pair]));
    for (const pair of widened.values()) {
      if (!pair.group.every((single, side) => this.#saysMore(pair, single, ofSingle.get(keyOf([pair.seed[side]!]))!))) {
        continue;
      }
      if (!pair.group.some((single) => worse.has(keyOf([single])) && this.#isWholly(single, pair))) found.push(pair);
    }
    found.sort((a, b) => b.evidence - a.evidence || b.counts.current.rows - a.counts.current.rows);
    return { candidates: found.slice(0, MOST_CANDIDATES), searched: singles.length + pairs.length };
  }

  /** Whether what is left of it without the rows of stronger segments is worse by the same rules. */
  isLeftOutside(candidate: Candidate, stronger: readonly Candidate[]): boolean {
    const stays = (others: readonly Group[]): boolean => {
      const { group, rest } = outside(...this.#tables, candidate.group, others);
      const verdict = this.#judge(group, rest);
      return verdict !== undefined && verdict.pValue * candidate.factor < this.#significance;
    };
    const groups = stronger.map(({ group }) => group);
    if (!groups.every((group) => stays([group]))) return false;
    let batch: Group[] = [];
    for (const group of groups) {
      if (distinctConditions([candidate.group, ...batch, group]).length > MOST_CONDITIONS) {
        if (!stays(batch)) return false;
        batch = [];
      }
      batch.push(group);
    }
    return batch.length < 2 || stays(batch);
  }

  report({ group, counts, adjustedPValue }: Candidate): SegmentReport {
    const conditions = group.map((range) => conditionOf(this.#plan, range));
    return {
      conditions,
      title: titleOf(conditions),
      rows: counts.current.rows,
      baselineRows: counts.baseline.rows,
      metric: this.#metric,
      baseline: this.#estimated(counts.baseline),
      current: this.#estimated(counts.current),
      change: { value: changeOf(counts), ...this.#interval(counts) },
      adjustedPValue,
    };
  }

  #singles(): [CodeRange][] {
    const features = [...this.#plan.features.keys()];
    const ranges = features.flatMap((feature) => {
      return [...elementaryRanges(this.#plan, feature), ...joinedRanges(this.#plan, feature)];
    });
    return ranges.map((range): [CodeRange] => [range]).filter((group) => this.#isLarge(group));
  }

  /** Without those that leave too few rows of one of their single groups: they are that group. */
  #pairs(singles: readonly (readonly [CodeRange])[]): Group[] {
    const paired = new Set(this.#plan.paired);
    const pairs: Group[] = [];
    for (const [first] of singles) {
      for (const [second] of singles) {
        if (second.feature <= first.feature || !paired.has(first.feature) || !paired.has(second.feature)) continue;
        const pair: Group = [first, second];
        if (this.#isLarge(pair) && pair.every((single) => this.#leaves(pair, single))) pairs.push(pair);
      }
    }
    return pairs;
  }

  #isLarge(group: Group): boolean {
    const counts = this.#counts(group);
    return this.#hasRows(counts) && this.#hasRows(difference(this.#all, counts));
  }

  #leaves(pair: Group, single: CodeRange): boolean {
    return this.#hasRows(difference(this.#counts([single]), this.#counts(pair)));
  }

  #hasRows({ baseline, current }: SamplePair): boolean {
    return baseline.rows >= this.#minRows && current.rows >= this.#minRows;
  }

  #counts(group: Group): SamplePair {
    return { baseline: sumsOf(this.#tables[0], group), current: sumsOf(this.#tables[1], group) };
  }

  #significant(group: Group, factor: number): Candidate | undefined {
    const counts = this.#counts(group);
    const verdict = this.#judge(counts, difference(this.#all, counts));
    if (verdict === undefined) return undefined;
    const adjustedPValue = Math.min(1, verdict.pValue * factor);
    return adjustedPValue < this.#significance
      ? { group, seed: group, counts, factor, ...verdict, adjustedPValue }
      : undefined;
  }

  /** Undefined where there are too few rows, the change is not large enough or not even one test is significant. */
  #judge(counts: SamplePair, rest: SamplePair): Verdict | undefined {
    const group = this.#binary ? whole(counts) : counts;
    if (!this.#hasRows(group) || !this.#hasRows(rest)) return undefined;
    if (changeOf(group) <= this.#minimumChange || changeOf(group) - changeOf(rest) <= this.#minimumChange)
      return undefined;
    const test = this.#binary ? rateGreater : meanGreater;
    const own = test(group.baseline, group.current);
    const beyondRest = changeGreater(group, rest, this.#binary);
    const pValue = Math.max(own.pValue, beyondRest.pValue);
    if (pValue >= this.#significance || this.#interval(group).lower <= this.#minimumChange) return undefined;
    return { evidence: Math.min(own.statistic, beyondRest.statistic), pValue };
  }

  /** @param rivals - pairs looked at that the single group is part of, of which this one stands out. */
  #saysMore(pair: Candidate, single: CodeRange, rivals: number): boolean {
    const others = difference(this.#counts([single]), pair.counts);
    if (!this.#hasRows(others) || changeOf(pair.counts) - changeOf(others) <= this.#minimumChange) return false;
    return changeGreater(pair.counts, others, this.#binary).pValue * rivals < this.#significance;
  }

  /** Whether a single group is worse also in those of its rows that are not in the pair; one question, not corrected. */
  #isWholly(single: CodeRange, pair: Candidate): boolean {
    const counts = this.#counts([single]);
    const verdict = this.#judge(difference(counts, pair.counts), difference(this.#all, counts));
    return verdict !== undefined && verdict.pValue < this.#significance;
  }

  /** Joins neighbouring bins that are worse themselves, one by one, while the evidence grows. */
  #widened(pair: Candidate): Candidate {
    let best = pair;
    for (;;) {
      const [first, second] = best.group as readonly [CodeRange, CodeRange];
      const wider: Group[] = [
        ...widerRanges(this.#plan, first).map((range): Group => [range, second]),
        ...widerRanges(this.#plan, second).map((range): Group => [first, range]),
      ];
      const before = best;
      for (const group of wider) {
        const counts = this.#counts(group);
        if (!(changeOf(difference(counts, before.counts)) > this.#minimumChange)) continue;
        const verdict = this.#judge(counts, difference(this.#all, counts));
        if (verdict !== undefined && verdict.evidence > best.evidence) best = { ...pair, group, counts, ...verdict };
      }
      if (best === before) return best;
    }
  }

  #estimated(sums: LossSums): Estimated {
    const interval = this.#binary ? wilsonInterval(sums.sum, sums.rows) : meanInterval(sums);
    return { value: sums.sum / sums.rows, ...interval };
  }

  #interval({ baseline, current }: SamplePair): { readonly lower: number; readonly upper: number } {
    return this.#binary ? rateChange(baseline, current) : meanChange(baseline, current);
  }
}

function keyOf(group: Group): string {
  return group.map(({ feature, from, to }) => `${feature}:${from}-${to}`).join(' ');
}
