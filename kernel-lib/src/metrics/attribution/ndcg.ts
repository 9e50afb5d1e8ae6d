/**
 * The places of features in order of their attributions: the largest absolute value first. Of equal values the one that
 * comes first in `tieOrder` is first.
 *
 * @param values - one a feature, with or without sign.
 * @param tieOrder - all places; default: as they come.
 */
export function rankingOf(values: ArrayLike<number>, tieOrder?: ArrayLike<number>): Int32Array {
  const order = tieOrder === undefined ? Int32Array.from(values, (_, place) => place) : Int32Array.from(tieOrder);
  // Sorting is stable.
  return order.sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
}

/**
 * How well the current attributions keep the baseline's ranking: nDCG in (0, 1], 1 where they rank alike. Gains are the
 * baseline's values: the sum of a(f'_i) / log2(i + 1) over the current order f'_1, f'_2, ... over the same sum over the
 * baseline's order.
 *
 * Values with sign (aggregation `median`) rank by their size, and their size is the gain: nDCG is not defined for negative
 * gains, and what the service does there is not documented. Features that are equally large in current keep the baseline's
 * order among themselves, so that a tie is no drift; scikit-learn averages over the orders of a tie instead. Where all
 * values of the baseline are 0 there is no ranking to lose: 1.
 *
 * @param baseline - the aggregated attribution of each feature; `current` those of the same features.
 * @see Source: Järvelin and Kekäläinen 2002; the service's documentation, "Feature attribution drift for models in
 * production". Golden values: scikit-learn `ndcg_score`, test/golden/attribution/ndcg.json.
 */
export function rankingNdcg(baseline: Float64Array, current: Float64Array): number {
  const ideal = rankingOf(baseline);
  const best = discountedGain(baseline, ideal);
  return best === 0 ? 1 : Math.min(1, discountedGain(baseline, rankingOf(current, ideal)) / best);
}

function discountedGain(gains: Float64Array, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += Math.abs(gains[order[i]!]!) / Math.log2(i + 2);
  return sum;
}
