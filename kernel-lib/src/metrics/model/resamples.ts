import type { Interval } from '../../stats/interval.js';
import type { Random } from '../../stats/random.js';
import { percentiles } from './bootstrap.js';
import { fillPoisson } from './random-counts.js';

/**
 * A cell's weight in each of many Poisson bootstrap resamples, into `drawn`: as if each of its rows came a Poisson number
 * of times, mean 1. With weights, its rows count as (sum of weights)^2 / (sum of squared weights) equal ones.
 *
 * @param weight - the sum of the weights of the cell's rows.
 * @param square - the sum of their squares.
 * @see Source: Hanley and MacGibbon 2006.
 */
export function resampleWeight(random: Random, weight: number, square: number, drawn: Float64Array): void {
  if (weight === 0) {
    drawn.fill(0);
    return;
  }
  const unit = square / weight;
  fillPoisson(random, weight / unit, drawn);
  if (unit !== 1) for (let i = 0; i < drawn.length; i++) drawn[i]! *= unit;
}

/**
 * The central 95 % of bootstrapped values, in any order; NaN stands for a resample without a value.
 *
 * @returns undefined where most have no value, and where both ends are the same: resamples that agree show that there are
 * too few rows, not that there is no error.
 */
export function percentileInterval(values: Float64Array): Interval | undefined {
  const found = values.filter((value) => !Number.isNaN(value));
  if (found.length < values.length / 2) return undefined;
  const interval = percentiles(found);
  return interval.lower < interval.upper ? interval : undefined;
}
