import type { BiasMetricReport, BiasRange, BiasValue } from 'driftline';
import { biasBounds, biasNumber } from '../../format/bias-format.js';
import type { Tone } from '../../widgets/status-mark.js';

/** A metric as the chart of all metrics draws it. */
export interface BiasRow {
  readonly name: string;
  readonly title: string;
  /** What is compared, in two or three words, to stand beside the name. */
  readonly words: string;
  readonly fair: BiasMetricReport['fair'];
  readonly unit: BiasMetricReport['unit'];
  readonly baseline?: BiasValue;
  readonly current?: BiasValue;
  readonly allowed?: BiasRange;
  readonly tone: Tone;
}

/** Rows that share an axis. */
export interface Band {
  readonly rows: readonly BiasRow[];
  /** Ratios lie on a logarithmic axis, so that 0.5 and 2 are equally far from 1. */
  readonly type: 'linear' | 'log';
  /** Ends of the axis as values of the metric. */
  readonly range: readonly [number, number];
}

/** Values nearer to the fair one than this stand on it. */
const leastReach = 1e-6;

/** How far the values of a band reach from the fair value, on its axis. */
interface Reach {
  readonly left: number;
  readonly right: number;
}

/**
 * Metrics by axis: all differences of shares on one, all ratios on one, every other metric on its own, since their
 * numbers cannot be compared. The fair value stands at the same place of every axis, so that one line marks it. Rows
 * without any number are left out.
 */
export function fairBands(rows: readonly BiasRow[]): Band[] {
  const drawn = rows.filter(({ baseline, current }) =>
    [baseline, current].some((value) => biasNumber(value) !== undefined),
  );
  const of = (unit: BiasRow['unit']): BiasRow[] => drawn.filter((row) => row.unit === unit);
  const groups = [of('fraction'), of('ratio'), ...of('value').map((row) => [row])].filter(({ length }) => length > 0);
  const reaches = groups.map(reachOf);
  const place = fairPlace(reaches, groups);
  return groups.map((group, index) => {
    const { left, right } = reaches[index]!;
    const step = Math.max(left / place, right / (1 - place));
    const type = axisType(group);
    const { fair } = group[0]!;
    const at = (distance: number): number => (type === 'log' ? fair * 10 ** distance : fair + distance);
    return { rows: group, type, range: [at(-step * place), at(step * (1 - place))] };
  });
}

/** Where a number stands within the axis: it, or the end that it lies beyond. */
export function withinBand(value: number, { range }: Band): number {
  return Math.min(range[1], Math.max(range[0], value));
}

function axisType(rows: readonly BiasRow[]): Band['type'] {
  return rows.every(({ unit, fair }) => unit === 'ratio' && fair > 0) ? 'log' : 'linear';
}

/**
 * Values, limits and, as long as they do not dwarf these, intervals. An infinite end has no place; intervals that reach
 * further are cut off at the end of the axis.
 */
function reachOf(rows: readonly BiasRow[]): Reach {
  const distance = ({ fair }: BiasRow, value: number): number =>
    axisType(rows) === 'log' ? Math.log10(value / fair) : value - fair;
  const core = rows.flatMap((row) =>
    [biasNumber(row.baseline), biasNumber(row.current), row.allowed?.lower, row.allowed?.upper]
      .filter((value) => value !== undefined)
      .map((value) => distance(row, value)),
  );
  const ends = rows.flatMap((row) =>
    [biasBounds(row.baseline), biasBounds(row.current)].flatMap((bounds) =>
      (bounds ?? []).map((value) => distance(row, value)),
    ),
  );
  const width = Math.max(0, ...core.filter(Number.isFinite).map(Math.abs));
  const all = [...core, ...(width > 0 ? ends.map((end) => Math.max(-1.6 * width, Math.min(1.6 * width, end))) : ends)];
  const finite = all.filter(Number.isFinite);
  const furthest = Math.max(0, ...finite.map(Math.abs));
  const air = furthest > leastReach ? 0.06 * furthest : 0.05;
  return { left: Math.max(0, -Math.min(...finite, 0)) + air, right: Math.max(...finite, 0) + air };
}

/**
 * The fair value's place in [0, 1]: of those that the bands would choose for themselves, the one at which the bands
 * together need the least of their width for what they leave empty.
 */
function fairPlace(reaches: readonly Reach[], groups: readonly (readonly BiasRow[])[]): number {
  const cost = (place: number): number =>
    reaches.reduce((sum, { left, right }, index) => {
      const stretch = Math.max(left / place, right / (1 - place)) / (left + right);
      return sum + Math.log(stretch) * groups[index]!.length;
    }, 0);
  const places = reaches.map(({ left, right }) => left / (left + right));
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best), places[0] ?? 0.5);
}
