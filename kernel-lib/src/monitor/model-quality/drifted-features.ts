import { type SegmentPlan, segmentCodes } from '../../metrics/segments/binning.js';
import type { SegmentTable } from '../../metrics/segments/table.js';

/** The data-quality monitor's default limit of a distance. */
const LIMIT = 0.1;
/** Deequ's factor of the noise correction. */
const NOISE = 1.8;

/**
 * Features whose rows have moved between the baseline's groups by more than 0.1 beyond sampling noise: for numbers the
 * largest gap between the cumulative shares, for categories between the shares (the service's `Robust` distance, on the
 * groups). Furthest first.
 */
export function driftedFeatures(
  plan: SegmentPlan,
  baseline: SegmentTable,
  codes: readonly ArrayLike<number>[],
): { readonly name: string; readonly distance: number }[] {
  return plan.features
    .map((feature, place) => {
      const width = segmentCodes(feature);
      const before = Array.from(
        { length: width },
        (_, code) => baseline.single({ feature: place, from: code, to: code }).rows,
      );
      const now = new Array<number>(width).fill(0);
      const ofFeature = codes[place]!;
      for (let row = 0; row < ofFeature.length; row++) now[ofFeature[row]!]!++;
      return { name: feature.name, distance: distanceOf(before, now, feature.kind === 'numeric') };
    })
    .filter(({ distance }) => distance > LIMIT)
    .sort((a, b) => b.distance - a.distance);
}

function distanceOf(before: readonly number[], now: readonly number[], ordered: boolean): number {
  const n = before.reduce((sum, count) => sum + count, 0);
  const m = now.reduce((sum, count) => sum + count, 0);
  if (n === 0 || m === 0) return 0;
  let [widest, gap] = [0, 0];
  before.forEach((count, code) => {
    const difference = count / n - now[code]! / m;
    gap = ordered ? gap + difference : difference;
    widest = Math.max(widest, Math.abs(gap));
  });
  return Math.max(0, widest - NOISE * Math.sqrt((n + m) / (n * m)));
}
