import type { BiasCells, FacetCounts } from '../../kernel-lib/src/metrics/bias/counts.js';
import { Random } from '../../kernel-lib/src/stats/random.js';

/** One person whose income was predicted, and is known. */
export interface CensusRow {
  /** The hour of the window in which the prediction was made; -1 in the baseline. */
  readonly hour: number;
  readonly female: boolean;
  readonly over40: boolean;
  /** Very few people: too few for a verdict, and none of them earns much in the window. */
  readonly islander: boolean;
  readonly occupation: string;
  readonly label: 0 | 1;
  readonly prediction: 0 | 1;
}

const occupations = ['Adm-clerical', 'Craft-repair', 'Exec-managerial', 'Other-service', 'Prof-specialty'] as const;
const weights = { women: [0.3, 0.06, 0.14, 0.28, 0.22], men: [0.08, 0.36, 0.22, 0.14, 0.2] } as const;
/** Share of a woman's negative labels that turn positive during the incident. */
const turned: Readonly<Record<string, number>> = {
  'Adm-clerical': 0.52,
  'Craft-repair': 0.06,
  'Exec-managerial': 0.1,
  'Other-service': 0.19,
  'Prof-specialty': 0.09,
};

/** What tells one sample of people from another. */
export interface CensusSample {
  readonly seed: number;
  readonly rows: number;
  /** Hours of the window; 0: a baseline. */
  readonly hours: number;
  /** From this hour on the women's labels are others, while the predictions stay; default: never. */
  readonly incidentFrom?: number;
}

/** People as in the census: 33 % women, 11 % of whom earn more than 50,000, and 31 % of the men. */
export function censusRows({ seed, rows, hours, incidentFrom = Number.POSITIVE_INFINITY }: CensusSample): CensusRow[] {
  const random = new Random(seed);
  return Array.from({ length: rows }, (_, index): CensusRow => {
    const hour = hours === 0 ? -1 : Math.floor((index / rows) * hours);
    const female = random.uniform() < 0.333;
    const over40 = random.uniform() < 0.42;
    const islander = random.uniform() < 0.0035;
    const occupation = occupations[pick(random.uniform(), female ? weights.women : weights.men)]!;
    const logit = (female ? -4.05 : -1.75) + (over40 ? 0.9 : 0) + 2.1 * random.normal();
    const probability = 1 / (1 + Math.exp(-logit));
    const earns = random.uniform() < probability;
    const flips = random.uniform() < turned[occupation]! && female && hour >= incidentFrom;
    const poor = islander && hour >= 0;
    return {
      ...{ hour, female, over40, islander, occupation },
      label: (earns || flips) && !poor ? 1 : 0,
      prediction: probability > 0.53 ? 1 : 0,
    };
  });
}

function pick(at: number, shares: readonly number[]): number {
  let rest = at;
  for (const [index, share] of shares.entries()) {
    if (rest < share) return index;
    rest -= share;
  }
  return shares.length - 1;
}

/** The eight counts of a group against everybody else. */
export function cellsOf(rows: readonly CensusRow[], inGroup: (row: CensusRow) => boolean): BiasCells {
  const cells = new Float64Array(8);
  for (const row of rows) cells[(inGroup(row) ? 4 : 0) + row.label * 2 + row.prediction]! += 1;
  return cells;
}

/** Counts with the flip test's; by occupation where that is the group variable. */
export function countsOf(
  rows: readonly CensusRow[],
  inGroup: (row: CensusRow) => boolean,
  { predicted, conditional }: { readonly predicted: boolean; readonly conditional: boolean },
): FacetCounts {
  const cells = cellsOf(predicted ? rows : rows.map((row) => ({ ...row, prediction: 0 as const })), inGroup);
  const group = rows.filter(inGroup).length;
  const [toPositive, toNegative] = [Math.round(group * 0.013), Math.round(group * 0.041)];
  return {
    cells,
    predicted,
    ...(conditional && {
      groups: occupations.map((name) =>
        cellsOf(
          rows.filter(({ occupation }) => occupation === name),
          inGroup,
        ),
      ),
    }),
    ...(predicted && { flips: { toPositive, toNegative, rows: group, standardError: Math.sqrt(0.06 / group) } }),
  };
}
