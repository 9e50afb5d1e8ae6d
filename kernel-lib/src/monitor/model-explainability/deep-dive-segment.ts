import { MonitorError } from '../../errors.js';
import { RowSample } from '../../explain/row-sample.js';
import { estimated, type Measured } from '../../metrics/attribution/attribution-errors.js';
import { answerIn, differenceOf, meanIn, RowSums, shareIn } from '../../metrics/attribution/segments-sums.js';
import { titleOf } from '../../metrics/segments/group.js';
import type { Estimated, SegmentCondition } from '../../report/model-quality-report.js';
import { benjaminiHochberg } from '../../stats/hypothesis.js';
import { type DeepDive, type DeepDiveOptions, type ExplainedOutput, noRows, withWindow } from './deep-dive.js';
import { checkConditions, pickRows, rowsMeeting } from './deep-dive-rows.js';
import { explainSample } from './explain-window.js';

/** Which group is compared with the rest. */
export interface ExplainSegmentOptions extends DeepDiveOptions {
  /** All of them hold; those of a report's segment, for example. Of any columns of the data. */
  readonly conditions: readonly SegmentCondition[];
  /** Rows explained at most on each side, drawn at random where there are more; default: 10,000. */
  readonly limit?: number;
}

/** A number of the segment and of all other rows of the window. */
export interface SegmentComparison {
  readonly segment: Estimated;
  readonly rest: Estimated;
  /** Segment less rest. */
  readonly difference: Estimated & {
    /** Two-sided; absent below 30 rows on either side. */
    readonly pValue?: number;
    /** Benjamini-Hochberg over all features' shares and means, and the mean answer. */
    readonly adjustedPValue?: number;
  };
}

/** What one feature adds to the answers of a segment, against the rest. */
export interface SegmentFeatureComparison {
  readonly feature: string;
  /** Of the sum of all features' absolute attributions, in [0, 1]. */
  readonly share: SegmentComparison;
  /** Mean attribution; the differences of all features add up to that of the mean answer. */
  readonly mean: SegmentComparison;
}

/** A segment against the rest of the window. */
export interface SegmentExplanation extends ExplainedOutput {
  readonly conditions: readonly SegmentCondition[];
  /** "sex = Female and 24 <= age < 31". */
  readonly title: string;
  /** In the window. */
  readonly rows: { readonly segment: number; readonly rest: number };
  /** Of these. */
  readonly explained: { readonly segment: number; readonly rest: number };
  /** The mean answer, on the attributions' scale. */
  readonly answer: SegmentComparison;
  /** Where the mean attribution differs most first: what of the difference of the answers is whose. */
  readonly features: readonly SegmentFeatureComparison[];
}

/**
 * Explains a group of a window's rows against all others: each feature's share of attribution and mean attribution, with 95 %
 * intervals. They are normal, from standard errors: of means, and of shares by the delta method; p-values are Student's t's
 * with the smaller side's degrees of freedom. Below 30 rows there are none. Memory: the explained rows.
 *
 * @throws MonitorError `NO_DATA` where no row, or every row, meets the conditions; `COLUMN_NOT_FOUND`; `USAGE`; what reading
 *   and the model throw.
 */
export async function explainSegment(options: ExplainSegmentOptions): Promise<SegmentExplanation> {
  return withWindow(options, async (dive) => {
    const { conditions } = options;
    checkConditions(conditions, dive.rows.names, dive.where);
    const sides = await drawSides(dive, options);
    checkSides(sides, titleOf(conditions), dive.where);
    const segment = await sumsOf(sides.segment, dive, options);
    const rest = await sumsOf(sides.rest, dive, options);
    const { features } = dive.model.explainer;
    const comparisons = adjusted([
      compare(answerIn(segment), answerIn(rest)),
      ...features.flatMap((_, place) => [
        compare(shareIn(segment, place), shareIn(rest, place), 0, 1),
        compare(meanIn(segment, place), meanIn(rest, place)),
      ]),
    ]);
    const [answer, ...others] = comparisons;
    const found = features.map((feature, place) => ({
      feature,
      share: others[2 * place]!,
      mean: others[2 * place + 1]!,
    }));
    return {
      ...dive.described,
      conditions,
      title: titleOf(conditions),
      rows: { segment: sides.segment.seen, rest: sides.rest.seen },
      explained: { segment: segment[0]!, rest: rest[0]! },
      answer: answer!,
      features: found.sort((a, b) => Math.abs(b.mean.difference.value) - Math.abs(a.mean.difference.value)),
    };
  });
}

interface Sides {
  readonly segment: RowSample;
  readonly rest: RowSample;
}

function checkSides({ segment, rest }: Sides, title: string, where: string): void {
  if (segment.seen === 0 && rest.seen === 0) throw noRows(where);
  if (segment.seen === 0) {
    throw new MonitorError('NO_DATA', `No row of the window meets ${title}.`, {
      where,
      fix: 'check the values: texts are compared as they were captured, and ranges with numbers',
    });
  }
  if (rest.seen === 0) {
    throw new MonitorError('NO_DATA', `Every row of the window meets ${title}: there is no rest to compare with.`, {
      where,
      fix: 'give conditions that only some rows meet',
    });
  }
}

async function drawSides(
  { rows, model, seed }: DeepDive,
  { conditions, limit = 10_000 }: ExplainSegmentOptions,
): Promise<Sides> {
  const segment = new RowSample(model.match.places, limit, seed);
  const rest = new RowSample(model.match.places, limit, seed + 1);
  for await (const batch of rows.batches()) {
    const members = rowsMeeting(batch, rows.names, conditions);
    const places = [...members.keys()];
    segment.add(
      pickRows(
        batch,
        places.filter((row) => members[row] === 1),
      ),
    );
    rest.add(
      pickRows(
        batch,
        places.filter((row) => members[row] === 0),
      ),
    );
  }
  return { segment, rest };
}

async function sumsOf(drawn: RowSample, dive: DeepDive, options: DeepDiveOptions): Promise<Float64Array> {
  const { sample } = await explainSample(drawn.finish(), dive.model, dive.where, options);
  return new RowSums(sample, dive.output).over(() => true);
}

function compare(segment: Measured, rest: Measured, least?: number, most?: number): SegmentComparison {
  const difference = differenceOf(segment, rest);
  return {
    segment: estimated(segment, least, most),
    rest: estimated(rest, least, most),
    difference:
      difference === undefined
        ? { value: segment.value - rest.value }
        : { ...estimated(difference), pValue: difference.pValue },
  };
}

function adjusted(comparisons: readonly SegmentComparison[]): SegmentComparison[] {
  const pValues = benjaminiHochberg(comparisons.map(({ difference }) => difference.pValue));
  return comparisons.map((comparison, place) => {
    const adjustedPValue = pValues[place];
    if (adjustedPValue === undefined) return comparison;
    return { ...comparison, difference: { ...comparison.difference, adjustedPValue } };
  });
}
