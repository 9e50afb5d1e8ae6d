import { scaleLinear } from 'd3-scale';
import type { Estimated } from '../model-quality-report.js';
import type { ValueAxis } from './chart-parts.js';

/** Of how many times the values' own span an interval may stretch the axis; the rest of it is cut. */
const MOST_STRETCH = 0.5;

/**
 * The ends of an axis that shows values with their intervals and some levels, on round numbers. A wild interval of few
 * rows is cut, so that it does not flatten everything else.
 *
 * @param within - bounds of what the values can be.
 */
export function valueRange(
  points: readonly Estimated[],
  levels: readonly number[],
  within?: readonly [number, number],
): Pick<ValueAxis, 'min' | 'max' | 'ticks'> {
  const values = [...points.map(({ value }) => value), ...levels].filter(Number.isFinite);
  if (values.length === 0) values.push(0, 1);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const stretch = (most - least || Math.abs(most) * 0.1 || 1) * MOST_STRETCH;
  const bounds = points.flatMap(({ lower, upper }) => [lower, upper]).filter((bound) => Number.isFinite(bound));
  const lowest = Math.max(least - stretch, Math.min(least, ...(bounds as number[])));
  const highest = Math.min(most + stretch, Math.max(most, ...(bounds as number[])));
  const [low, high] = lowest < highest ? [lowest, highest] : [lowest - stretch / 2, highest + stretch / 2];
  const scale = scaleLinear([Math.max(low, within?.[0] ?? low), Math.min(high, within?.[1] ?? high)], [0, 1]).nice(4);
  const [min, max] = scale.domain() as [number, number];
  return { min, max, ticks: scale.ticks(4) };
}
