import type { AttributionDistribution, DependenceBin } from '../../report/model-explainability-report.js';
import type { Estimated, Pair } from '../../report/model-quality-report.js';
import { estimated, meanOf } from './attribution-errors.js';
import type { FeatureSums } from './attribution-profile.js';
import type { AttributionSide } from './attribution-side.js';
import { DISTRIBUTION_BINS } from './output-sums.js';
import { binsOf, binTitle, type ValueLayout } from './value-layout.js';

/** What a side knows of a feature's bins. */
interface Binned {
  readonly sums: FeatureSums;
  readonly layout: ValueLayout;
  readonly valueRows: readonly number[];
}

/**
 * Both samples' attributions on the same bins; of samples whose bins differ (neither took over the other's), the current one
 * alone. Undefined without a sample.
 */
export function distributionOf(
  feature: string,
  baseline: AttributionSide | undefined,
  current: AttributionSide | undefined,
): AttributionDistribution | undefined {
  const [before, now] = sharing(binnedOf(feature, baseline), binnedOf(feature, current), ({ sums, layout }) => [
    sums.range,
    layout.kind,
  ]);
  const any = now ?? before;
  if (any === undefined) return undefined;
  const [least, greatest] = any.sums.range;
  const width = (greatest - least) / DISTRIBUTION_BINS;
  const edges = Array.from({ length: DISTRIBUTION_BINS + 1 }, (_, i) =>
    i === DISTRIBUTION_BINS ? greatest : least + i * width,
  );
  const [levelBefore, levelNow] = [levelsOf(before), levelsOf(now)];
  return {
    edges,
    ...(before && { baseline: before.sums.counts }),
    ...(now && { current: now.sums.counts }),
    ...(levelBefore && { baselineLevel: levelBefore }),
    ...(levelNow && { currentLevel: levelNow }),
  };
}

/** By bin of the feature's value, its mean attribution; bins without a row on either side are left out. */
export function dependenceOf(
  feature: string,
  baseline: AttributionSide | undefined,
  current: AttributionSide | undefined,
): DependenceBin[] | undefined {
  const [before, now] = sharing(binnedOf(feature, baseline), binnedOf(feature, current), ({ layout }) => layout);
  const layout = (now ?? before)?.layout;
  if (layout === undefined) return undefined;
  return Array.from({ length: binsOf(layout) }, (_, bin) => dependenceBin(layout, bin, before, now)).filter(
    ({ rows }) => (rows.baseline ?? 0) + (rows.current ?? 0) > 0,
  );
}

function dependenceBin(
  layout: ValueLayout,
  bin: number,
  before: Binned | undefined,
  now: Binned | undefined,
): DependenceBin {
  const [meanBefore, meanNow] = [binMean(before, bin), binMean(now, bin)];
  const mean: Pair<Estimated> = {
    ...(meanBefore && { baseline: meanBefore }),
    ...(meanNow && { current: meanNow }),
  };
  const rows: Pair<number> = {
    ...(before && { baseline: before.valueRows[bin]! }),
    ...(now && { current: now.valueRows[bin]! }),
  };
  const title = binTitle(layout, bin);
  if (layout.kind === 'category' || bin === layout.lower.length) return { title, rows, mean };
  return { title, lower: layout.lower[bin]!, upper: layout.upper[bin]!, rows, mean };
}

function binMean(side: Binned | undefined, bin: number): Estimated | undefined {
  const rows = side?.valueRows[bin] ?? 0;
  if (side === undefined || rows === 0) return undefined;
  return estimated(meanOf(side.sums.valueSums[bin]!, side.sums.valueSquares[bin]!, rows));
}

function levelsOf(side: Binned | undefined): (number | null)[] | undefined {
  if (side === undefined || side.layout.kind !== 'number') return undefined;
  const { levels, levelled } = side.sums;
  return levels.map((sum, bin) => (levelled[bin] === 0 ? null : sum / levelled[bin]!));
}

function binnedOf(feature: string, side: AttributionSide | undefined): Binned | undefined {
  const place = side?.places.get(feature);
  if (side?.profile === undefined || place === undefined) return undefined;
  const { outputs, layouts, valueRows } = side.profile;
  return {
    sums: outputs[side.output]!.features[place]!,
    layout: layouts[place]!,
    valueRows: valueRows[place]!,
  };
}

/** Both sides where they share what a function says, else the current one alone. */
function sharing(
  before: Binned | undefined,
  now: Binned | undefined,
  of: (side: Binned) => unknown,
): [Binned | undefined, Binned | undefined] {
  if (before === undefined || now === undefined) return [before, now];
  return JSON.stringify(of(before)) === JSON.stringify(of(now)) ? [before, now] : [undefined, now];
}
