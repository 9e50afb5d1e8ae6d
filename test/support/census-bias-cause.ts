import { type BiasCells, type FacetCounts, sideOf, sideRows } from '../../kernel-lib/src/metrics/bias/counts.js';
import type { BiasMetric } from '../../kernel-lib/src/metrics/bias/metric.js';
import type { BiasCause, BiasSegment } from '../../kernel-lib/src/report/model-bias-report.js';
import { percentText } from '../../kernel-lib/src/report/value-text.js';

/** The groups that the incident was planted in, and what of the change they carry. */
const segments: readonly (Pick<BiasSegment, 'conditions' | 'title' | 'rows' | 'baselineRows'> & { share: number })[] = [
  {
    conditions: [{ feature: 'occupation', kind: 'equals', value: 'Adm-clerical' }],
    ...{ title: 'occupation = Adm-clerical', rows: 749, baselineRows: 4972, share: 0.62 },
  },
  {
    conditions: [{ feature: 'occupation', kind: 'equals', value: 'Other-service' }],
    ...{ title: 'occupation = Other-service', rows: 918, baselineRows: 6081, share: 0.21 },
  },
  {
    conditions: [{ feature: 'hours-per-week', kind: 'range', from: 35, to: 41 }],
    ...{ title: '35 <= hours-per-week < 41', rows: 2312, baselineRows: 15_344, share: 0.09 },
  },
];

/** Parts of the change of a metric, each the mean over the orders in which sides, or what moved, can be replaced. */
export function biasCause(
  metric: BiasMetric,
  { before, now, title }: { readonly before: FacetCounts; readonly now: FacetCounts; readonly title: string },
): BiasCause | undefined {
  const value = (cells: BiasCells): number => {
    const number = metric.service({ ...now, cells });
    return 'error' in number ? Number.NaN : number.value;
  };
  const mixed = (population: boolean, labels: boolean, predictions: boolean, side: readonly boolean[]): number =>
    value(
      mixOf(before.cells, now.cells, (at) => ({
        population: population,
        labels: labels && side[at]!,
        predictions: predictions && side[at]!,
      })),
    );
  const both = [true, true];
  const [population, labels, predictions] = shares(3, ([a, b, c]) => mixed(a!, b!, c!, both));
  const [advantaged, disadvantaged] = shares(2, (side) => mixed(true, true, true, side));
  if (![population, labels, predictions, advantaged, disadvantaged].every(Number.isFinite)) return undefined;
  const change = population! + labels! + predictions!;
  return {
    sides: { advantaged: advantaged!, disadvantaged: disadvantaged! },
    parts: { population: population!, labels: labels!, predictions: predictions! },
    segments: segments.map(({ share, ...segment }) => ({ ...segment, contribution: share * change })),
    explanation: `The labels of ${title} moved: ${positives(now.cells)} are positive instead of ${positives(before.cells)}. Most of it goes back to ${segments[0]!.title}.`,
  };
}

function positives(cells: BiasCells): string {
  const { positiveLabels, rows } = sideOf(cells, 1);
  return percentText(positiveLabels / rows);
}

/** Shapley values of a game of `count` players. */
function shares(count: number, game: (inside: readonly boolean[]) => number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const coalitions = Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, player) => Math.floor(bits / 2 ** player) % 2 === 1),
  );
  return Array.from({ length: count }, (_, player) =>
    coalitions
      .filter((inside) => !inside[player])
      .reduce((sum, inside) => {
        const size = inside.filter(Boolean).length;
        const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
        return sum + weight * (game(inside.with(player, true)) - game(inside));
      }, 0),
  );
}

type Moved = { readonly population: boolean; readonly labels: boolean; readonly predictions: boolean };

/** Cells whose sizes, shares of predictions and shares of labels among those come from either sample. */
function mixOf(before: BiasCells, now: BiasCells, moved: (side: 0 | 1) => Moved): BiasCells {
  const mixed = new Float64Array(8);
  for (const side of [0, 1] as const) {
    const from = moved(side);
    const rows = sideRows(from.population ? now : before, side);
    for (const prediction of [0, 1]) {
      const at = side * 4 + prediction;
      const sample = from.predictions ? now : before;
      const share = (sample[at]! + sample[at + 2]!) / sideRows(sample, side);
      const source = from.labels ? now : before;
      const predicted = source[at]! + source[at + 2]!;
      for (const label of [0, 2]) {
        mixed[at + label] = predicted === 0 ? 0 : (rows * share * source[at + label]!) / predicted;
      }
    }
  }
  return mixed;
}
