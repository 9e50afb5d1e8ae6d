import { biasMetric } from '../../metrics/bias/registry.js';
import type { Intersection, IntersectionCell } from '../../report/model-bias-report.js';
import type { Estimated, Pair } from '../../report/model-quality-report.js';
import type { BaselineIntersection } from './bias-file.js';

/** What is shown where two groups meet. */
const SHOWN = ['DPL', 'DPPL', 'RD', 'AD'];

/** The meetings of each two facets, baseline against current: these rows against all others. */
export function intersectionReports(
  baseline: readonly BaselineIntersection[],
  current: readonly BaselineIntersection[],
  seed: number,
): Intersection[] {
  return current.map((now) => {
    const before = baseline.find(({ facets }) => facets.every((facet, index) => facet === now.facets[index]));
    const width = now.columns.length;
    return {
      facets: now.facets,
      rows: now.rows,
      columns: now.columns,
      cells: now.cells.map((counts, index): IntersectionCell => {
        const [row, column] = [Math.floor(index / width), index % width];
        const known = before && cellAt(before, now.rows[row]!, now.columns[column]!);
        const [one, other] = [known && valuesOf(before!, known, seed), valuesOf(now, counts, seed)];
        return {
          row,
          column,
          size: { ...(known && { baseline: sum(known) }), current: sum(counts) },
          values: Object.fromEntries(
            SHOWN.map((name): [string, Pair<Estimated>] => [
              name,
              { ...(one?.[name] && { baseline: one[name] }), ...(other[name] && { current: other[name] }) },
            ]),
          ),
        };
      }),
    };
  });
}

function cellAt(
  { rows, columns, cells }: BaselineIntersection,
  row: string,
  column: string,
): readonly number[] | undefined {
  const [i, j] = [rows.indexOf(row), columns.indexOf(column)];
  return i < 0 || j < 0 ? undefined : cells[i * columns.length + j];
}

function valuesOf(
  { cells: all, predicted = true }: BaselineIntersection,
  inside: readonly number[],
  seed: number,
): Record<string, Estimated> {
  const total = [0, 1, 2, 3].map((index) => all.reduce((count, cell) => count + cell[index]!, 0));
  const cells = Float64Array.from([...total.map((count, index) => count - inside[index]!), ...inside]);
  return Object.fromEntries(
    SHOWN.flatMap((name): [string, Estimated][] => {
      const metric = biasMetric(name)!;
      if (!predicted && metric.stage === 'post-training') return [];
      const counts = { cells, predicted };
      const number = metric.service(counts);
      if ('error' in number || !Number.isFinite(number.value)) return [];
      const interval = metric.interval(counts, { seed });
      const bounds = interval && Number.isFinite(interval.lower) && Number.isFinite(interval.upper);
      return [[name, { value: number.value, ...(bounds && { lower: interval.lower, upper: interval.upper }) }]];
    }),
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
