import type { BaselineIntersection } from './bias-file.js';
import type { BiasSample } from './bias-sample.js';
import { type BiasRows, countCellsBy } from './count-cells.js';
import { membersOf } from './grouping.js';
import { type BiasPlan, columnOf, type PlannedGroup } from './plan.js';

/** Facets beyond so many are not crossed, and groups of a facet neither. */
const MOST_FACETS = 6;
const MOST_GROUPS = 12;

/** A facet cut into parts: its group and everybody else, or its groups where each value is one. */
interface FacetParts {
  readonly facet: string;
  readonly titles: readonly string[];
  /** Of each row its part; -1 in none. */
  readonly codes: Int32Array;
}

/** Counts where the groups of each two facets meet. */
export function countIntersections(
  sample: BiasSample,
  plan: BiasPlan,
  rows: BiasRows,
  where: string,
): BaselineIntersection[] {
  const parts = partsOf(sample, plan, where);
  return parts.flatMap((one, index) => parts.slice(index + 1).map((other) => crossed(one, other, rows)));
}

function partsOf(sample: BiasSample, plan: BiasPlan, where: string): FacetParts[] {
  const byFacet = new Map<string, PlannedGroup[]>();
  for (const group of plan.groups) byFacet.set(group.facet, [...(byFacet.get(group.facet) ?? []), group]);
  return [...byFacet].slice(0, MOST_FACETS).map(([facet, groups]) => {
    const column = columnOf(sample, facet, 'facet', where);
    const codes = new Int32Array(sample.rows).fill(groups.length === 1 ? 1 : -1);
    groups.slice(0, MOST_GROUPS).forEach(({ grouping }, code) => {
      membersOf(column, grouping).forEach((member, row) => {
        if (member === 1) codes[row] = code;
      });
    });
    const titles = groups.slice(0, MOST_GROUPS).map(({ title }) => title);
    return { facet, titles: groups.length === 1 ? [...titles, groups[0]!.others] : titles, codes };
  });
}

function crossed(one: FacetParts, other: FacetParts, rows: BiasRows): BaselineIntersection {
  const width = other.titles.length;
  const count = one.titles.length * width;
  const codes = one.codes.map((code, row) =>
    code < 0 || other.codes[row]! < 0 ? -1 : code * width + other.codes[row]!,
  );
  const nobody = new Uint8Array(codes.length);
  return {
    facets: [one.facet, other.facet],
    rows: one.titles,
    columns: other.titles,
    cells: countCellsBy(rows, nobody, codes, count).map((cells) => [...cells.subarray(0, 4)]),
    ...(rows.predictions === undefined && { predicted: false }),
  };
}
