import type { Decision } from './conditional-disparity.js';
import type { FacetCounts, FlipCounts } from './counts.js';
import type { BiasInterval } from './metric.js';
import type { Rate } from './rates.js';

export function rateDifferenceInterval(
  _rate: Rate,
  _less: 'group' | 'others',
  _counts: FacetCounts,
): BiasInterval | undefined {
  return undefined;
}
export function rateRatioInterval(_rate: Rate, _counts: FacetCounts): BiasInterval | undefined {
  return undefined;
}
export function imbalanceInterval(_counts: FacetCounts): BiasInterval | undefined {
  return undefined;
}
export function foldedLabelInterval(_counts: FacetCounts, _scale: number): BiasInterval | undefined {
  return undefined;
}
export function labelSharesInterval(
  _counts: FacetCounts,
  _distance: (others: readonly number[], group: readonly number[]) => number,
): BiasInterval | undefined {
  return undefined;
}
export function conditionalDisparityInterval(_counts: FacetCounts, _decision: Decision): BiasInterval | undefined {
  return undefined;
}
export function entropyInterval(_benefits: readonly [number, number, number]): BiasInterval | undefined {
  return undefined;
}
export function flipInterval(_flips: FlipCounts): BiasInterval | undefined {
  return undefined;
}
