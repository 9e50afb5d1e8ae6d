import { firstEqualRows } from '../../stats/equal-rows.js';
import { Random } from '../../stats/random.js';
import type { FlipCounts } from './counts.js';
import { type FlipColumn, flipRows, pointsOf, sampleSides } from './flip-rows.js';
import { NeighbourVotes } from './neighbour-votes.js';
import { VoteSubsamples } from './vote-subsamples.js';

export type { FlipColumn } from './flip-rows.js';

/** Settings of {@link flipTest}. */
export interface FlipOptions {
  /** Of more rows a sample is tested: default 50,000, both sides together. */
  readonly maximumRows?: number;
  /** Of the sample and the subsamples; default 0. */
  readonly seed?: number;
  /** Subsamples of the other side for the standard error, at least 2; default 100. */
  readonly subsamples?: number;
  /** Aborts between questions; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Questions between two looks at the signal. */
const QUESTIONS = 256;

/** Below this many rows on a side there is no standard error: intervals would be too narrow. */
const LEAST_ROWS = 20;

/**
 * The flip test: how often the model answers a row of the group otherwise than the similar rows of the other side, which
 * vote with the answers that the model gave them, see {@link NeighbourVotes}. Similar is near in all columns together,
 * as they are: a column of large numbers outweighs the others, as in the service.
 *
 * Equals smclarify 0.5 with scikit-learn 1.9 to the row, the choice among equally near rows included, with up to 15
 * columns. With more, `tied` rows can differ, each by 1 / rows, and scikit-learn's rounding (distances from a product of
 * matrices) can decide between rows that are almost equally near. Rows that lack a feature make the service fail; they
 * are left out here, counted, and its words kept.
 *
 * The standard error takes both sides as samples: the binomial variance of the group's rows (half a row added to each
 * kind of flip, so that none seen is not none possible), and what {@link VoteSubsamples} finds of the other side. In
 * 2,000 simulated windows each of 14 kinds (20 to 2,000 rows a side, 2 to 14 columns; answers clear, noisy, rare or full
 * of ties) the estimate plus or minus 1.96 standard errors held the test's mean in 93.3 to 96.8 % of them; seven of the
 * kinds are in the tests. Deleting groups of rows in turn would be 20 to 50 % too wide, for a vote of five is not smooth.
 *
 * CPU time for 50,000 rows: one to three seconds where columns differ in spread or go together, 8 s for 14 independent
 * columns alike, 14 s for 20. Memory about (16 columns + 130) bytes for each row that is tested.
 *
 * @param columns - all numeric features but the facet's own, the label and the prediction, in order.
 * @param side - 1 for the facet's group, 0 for everybody else.
 * @param prediction - 1 where the model's answer is positive.
 * @see Source: Black, Yeom and Fredrikson 2020, FlipTest; smclarify 0.5, `FT`; Shao and Wu 1989. Golden values:
 * test/golden/bias/flip-test.json.
 */
export async function flipTest(
  columns: readonly FlipColumn[],
  side: Uint8Array,
  prediction: Uint8Array,
  options: FlipOptions = {},
): Promise<FlipCounts> {
  const { maximumRows = 50_000, seed = 0, subsamples = 100, signal } = options;
  signal?.throwIfAborted();
  const { rows: complete, incomplete, error } = flipRows(columns, side);
  const random = new Random(seed);
  const [others, group] = sampleSides(complete, maximumRows, random);
  const notes = {
    ...(others.length + group.length < complete[0].length + complete[1].length && {
      sampled: others.length + group.length,
    }),
    ...(incomplete > 0 && { incomplete }),
    ...(error !== undefined && { error }),
  };
  if (others.length === 0 || group.length === 0) return { toPositive: 0, toNegative: 0, rows: 0, ...notes };
  const labels = Uint8Array.from(others, (row) => prediction[row]!);
  const votes = new NeighbourVotes(pointsOf(columns, others), columns.length, labels);
  const subsampled = new VoteSubsamples(labels, votes.voters, subsamples, random);
  const asked = questions(pointsOf(columns, group), columns.length, (i) => prediction[group[i]!]!);
  const flips = await ask(asked, votes, subsampled, signal);
  return { ...flips, rows: group.length, ...errorOf(flips, group.length, labels.length, subsampled), ...notes };
}

/** Equal rows of the group, which get one answer. */
interface Questions {
  readonly points: Float64Array;
  readonly columns: number;
  /** The first of some equal rows. */
  readonly rows: Int32Array;
  /** How many of the rows that equal a row, itself included, the model predicts negative, and positive. */
  readonly negative: Int32Array;
  readonly positive: Int32Array;
}

function questions(points: Float64Array, columns: number, prediction: (row: number) => number): Questions {
  const first = firstEqualRows(points, columns);
  const negative = new Int32Array(first.length);
  const positive = new Int32Array(first.length);
  first.forEach((same, row) => {
    if (prediction(row) === 1) positive[same]!++;
    else negative[same]!++;
  });
  return { points, columns, rows: first.filter((same, row) => same === row), negative, positive };
}

type Flips = Required<Pick<FlipCounts, 'toPositive' | 'toNegative' | 'tied'>>;

async function ask(
  { points, columns, rows, negative, positive }: Questions,
  votes: NeighbourVotes,
  subsampled: VoteSubsamples,
  signal: AbortSignal | undefined,
): Promise<Flips> {
  const flips = { toPositive: 0, toNegative: 0, tied: 0 };
  const query = new Float64Array(columns);
  for (const [number, row] of rows.entries()) {
    if (number % QUESTIONS === QUESTIONS - 1) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    query.set(points.subarray(row * columns, (row + 1) * columns));
    const weight = negative[row]! + positive[row]!;
    if (votes.of(query) === 1) flips.toNegative += negative[row]!;
    else flips.toPositive += positive[row]!;
    if (votes.tied) flips.tied += weight;
    subsampled.add(votes.kept, weight);
  }
  return flips;
}

function errorOf(
  { toPositive, toNegative }: Flips,
  rows: number,
  otherRows: number,
  subsampled: VoteSubsamples,
): { standardError?: number } {
  const ofOthers = subsampled.variance;
  if (rows < LEAST_ROWS || otherRows < LEAST_ROWS || ofOthers === undefined) return {};
  const [up, down] = [(toPositive + 0.5) / (rows + 1), (toNegative + 0.5) / (rows + 1)];
  const ofGroup = (up + down - (up - down) ** 2) / rows;
  return { standardError: Math.sqrt(ofGroup + ofOthers) };
}
