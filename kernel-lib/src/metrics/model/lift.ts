import type { LiftBin } from '../../report/model-quality-report.js';
import type { ScoreGroups } from './score-order.js';

const DECILES = 10;

/**
 * Share of positives by decile of the score, the highest first: decile d holds the rows of rank floor((d - 1) n / 10) to
 * floor(d n / 10). Rows with the same score are divided evenly: each part of them has their common share of positives, so
 * that the order of the rows does not matter.
 *
 * @param groups - without weights, or with weights whose sum is then n, not rounded down.
 * @returns undefined for fewer than ten rows or no positives.
 */
export function liftBins(groups: ScoreGroups): LiftBin[] | undefined {
  const { positives, negatives, positiveTotal, negativeTotal } = groups;
  const total = positiveTotal + negativeTotal;
  if (total < DECILES || positiveTotal <= 0) return undefined;
  const whole = groups.positives === groups.positiveSquares;
  const bins: LiftBin[] = [];
  let group = 0;
  let [positivesLeft, rowsLeft] = [positives[0]!, positives[0]! + negatives[0]!];
  let passed = 0;
  for (let decile = 1; decile <= DECILES; decile++) {
    const end =
      decile === DECILES ? total : whole ? Math.floor((decile * total) / DECILES) : (decile * total) / DECILES;
    const rows = end - passed;
    let wanted = rows;
    let found = 0;
    while (wanted > rowsLeft && group < groups.count - 1) {
      found += positivesLeft;
      wanted -= rowsLeft;
      group++;
      positivesLeft = positives[group]!;
      rowsLeft = positivesLeft + negatives[group]!;
    }
    const taken = rowsLeft > 0 ? Math.min(1, wanted / rowsLeft) * positivesLeft : 0;
    found += taken;
    positivesLeft -= taken;
    rowsLeft -= Math.min(wanted, rowsLeft);
    passed = end;
    bins.push({ decile, rows, positives: found / rows, lift: found / rows / (positiveTotal / total) });
  }
  return bins;
}
