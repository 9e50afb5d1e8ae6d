import type { CurvePoints } from '../../report/model-quality-report.js';
import type { ScoreGroups } from './score-order.js';

const MOST_POINTS = 200;
/** Of a long curve, a point nearer than this to the last one kept (sum of both distances) is passed over at once. */
const STEP = 1 / 2000;

/**
 * The ROC curve from (0, 0) to (1, 1): x the false positive rate, y the true positive rate, one point for each
 * different score. Thinned to 200 points by {@link thinCurve}.
 *
 * @param groups - of both classes.
 */
export function rocCurve(groups: ScoreGroups): CurvePoints {
  const { count, positives, negatives, positiveTotal, negativeTotal } = groups;
  const path = new Path(count, 0, 0);
  let [truePositives, falsePositives] = [0, 0];
  for (let group = 0; group < count; group++) {
    truePositives += positives[group]!;
    falsePositives += negatives[group]!;
    path.add(falsePositives / negativeTotal, truePositives / positiveTotal);
  }
  return path.end(1, 1);
}

/**
 * The precision-recall curve: x the recall, ascending from 0, y the precision, one point for each different score.
 * scikit-learn's points in reverse: they begin at (0, 1), which stands for no score, and are thinned as the ROC curve's.
 *
 * @param groups - with positive rows.
 */
export function precisionRecallCurve(groups: ScoreGroups): CurvePoints {
  const { count, positives, negatives, positiveTotal, negativeTotal } = groups;
  const path = new Path(count, 0, 1);
  let [truePositives, falsePositives] = [0, 0];
  for (let group = 0; group < count; group++) {
    truePositives += positives[group]!;
    falsePositives += negatives[group]!;
    path.add(truePositives / positiveTotal, truePositives / (truePositives + falsePositives));
  }
  return path.end(1, positiveTotal / (positiveTotal + negativeTotal));
}

/** Points of a curve as they come, all of a short curve. */
class Path {
  readonly #x: number[];
  readonly #y: number[];
  readonly #step: number;
  #lastX: number;
  #lastY: number;

  constructor(count: number, x: number, y: number) {
    this.#x = [x];
    this.#y = [y];
    this.#lastX = x;
    this.#lastY = y;
    this.#step = count < MOST_POINTS ? 0 : STEP;
  }

  add(x: number, y: number): void {
    if (Math.abs(x - this.#lastX) + Math.abs(y - this.#lastY) < this.#step) return;
    this.#x.push(x);
    this.#y.push(y);
    this.#lastX = x;
    this.#lastY = y;
  }

  /** The thinned curve; its last point is exactly this. */
  end(x: number, y: number): CurvePoints {
    const near = Math.abs(x - this.#lastX) + Math.abs(y - this.#lastY) < 1e-9 && this.#x.length > 1;
    if (near) {
      this.#x.pop();
      this.#y.pop();
    }
    this.#x.push(x);
    this.#y.push(y);
    return thinCurve(this.#x, this.#y, MOST_POINTS);
  }
}

/**
 * At most `most` points of a curve: its first and last, and again and again the point farthest from the chord between
 * its neighbours among those kept.
 *
 * @param most - at least 2.
 * @see Source: Ramer 1972; Douglas and Peucker 1973, here by largest distance first instead of to a tolerance.
 */
export function thinCurve(x: readonly number[], y: readonly number[], most: number): CurvePoints {
  if (x.length <= most) return { x, y };
  const spans = [farthestPoint(x, y, 0, x.length - 1)];
  const kept = [0, x.length - 1];
  while (kept.length < most) {
    let widest = 0;
    for (let i = 1; i < spans.length; i++) if (spans[i]!.distance > spans[widest]!.distance) widest = i;
    const { first, last, place, distance } = spans[widest]!;
    if (distance <= 0) break;
    kept.push(place);
    spans[widest] = farthestPoint(x, y, first, place);
    spans.push(farthestPoint(x, y, place, last));
  }
  kept.sort((a, b) => a - b);
  return { x: kept.map((place) => x[place]!), y: kept.map((place) => y[place]!) };
}

interface Span {
  readonly first: number;
  readonly last: number;
  /** The point between farthest from the chord, and how far it is. */
  readonly place: number;
  readonly distance: number;
}

function farthestPoint(x: readonly number[], y: readonly number[], first: number, last: number): Span {
  const [x0, y0] = [x[first]!, y[first]!];
  const [dx, dy] = [x[last]! - x0, y[last]! - y0];
  const length = Math.hypot(dx, dy);
  let [place, farthest] = [first, 0];
  for (let i = first + 1; i < last; i++) {
    const [ax, ay] = [x[i]! - x0, y[i]! - y0];
    const distance = length === 0 ? Math.hypot(ax, ay) : Math.abs(dx * ay - dy * ax) / length;
    if (distance > farthest) [place, farthest] = [i, distance];
  }
  return { first, last, place, distance: farthest };
}
