import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KdTree, Neighbours } from '../../../kernel-lib/src/stats/kd-tree.js';
import { expectClose, readGolden } from './golden.js';

interface GoldenNeighbours {
  readonly points: number[][];
  readonly queries: number[][];
  readonly distances: number[][];
  readonly rows: number[][];
}

function squaredDistance(query: readonly number[], point: readonly number[]): number {
  return query.reduce((sum, value, column) => sum + (value - point[column]!) ** 2, 0);
}

const pointSets = fc.integer({ min: 1, max: 17 }).chain((columns) => {
  const point = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: columns, maxLength: columns });
  return fc.record({
    points: fc.array(point, { minLength: 1, maxLength: 300 }),
    query: point,
    most: fc.integer({ min: 1, max: 12 }),
  });
});

describe('KdTree', () => {
  it("finds the rows that scikit-learn's does, and their distances to 1e-14 relative", () => {
    const { points, queries, distances, rows } = readGolden<{ neighbours: GoldenNeighbours }>(
      'bias/flip-test.json',
    ).neighbours;
    const tree = new KdTree(Float64Array.from(points.flat()), points[0]!.length);
    const found = new Neighbours(rows[0]!.length);
    for (const [number, query] of queries.entries()) {
      tree.nearest(Float64Array.from(query), found);
      expect([...found.rows]).toEqual(rows[number]);
      found.distances.forEach((distance, place) => {
        expectClose(Math.sqrt(distance), distances[number]![place]!, 1e-14, `query ${number}`);
      });
    }
  });

  it('finds the nearest of any rows, equal ones among them, at distances that are exact to the last bit', () => {
    fc.assert(
      fc.property(pointSets, ({ points, query, most }) => {
        const found = new Neighbours(most);
        new KdTree(Float64Array.from(points.flat()), query.length).nearest(Float64Array.from(query), found);
        const all = points.map((point) => squaredDistance(query, point)).sort((a, b) => a - b);
        const there = Math.min(most, points.length);
        expect([...found.distances.subarray(0, there)]).toEqual(all.slice(0, there));
        expect(new Set(found.rows.subarray(0, there)).size).toBe(there);
        found.rows.subarray(0, there).forEach((row, place) => {
          expect(squaredDistance(query, points[row]!)).toBe(found.distances[place]);
        });
      }),
      { seed: 2 },
    );
  });

  it('says where there are fewer rows than were asked for', () => {
    const found = new Neighbours(4);
    new KdTree(Float64Array.of(1, 2, 5, 5), 2).nearest(Float64Array.of(1, 1), found);
    expect([...found.rows]).toEqual([0, 1, -1, -1]);
    expect([...found.distances]).toEqual([1, 32, Infinity, Infinity]);
  });

  it('visits every row within a limit, once', () => {
    fc.assert(
      fc.property(pointSets, fc.integer({ min: 0, max: 60 }), ({ points, query }, limit) => {
        const visited: number[] = [];
        const tree = new KdTree(Float64Array.from(points.flat()), query.length);
        tree.visit(
          Float64Array.from(query),
          () => limit,
          (row, distance) => {
            expect(distance).toBe(squaredDistance(query, points[row]!));
            if (distance <= limit) visited.push(row);
          },
        );
        const within = points.flatMap((point, row) => (squaredDistance(query, point) <= limit ? [row] : []));
        expect(visited.sort((a, b) => a - b)).toEqual(within);
      }),
      { seed: 3 },
    );
  });

  it('looks at few of many rows where they lie apart', () => {
    const points = Float64Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? at : (at * 7919) % 20_000));
    let visits = 0;
    new KdTree(points, 2).visit(
      Float64Array.of(10_000, 10_000),
      () => 100,
      () => visits++,
    );
    expect(visits).toBeLessThan(500);
  });
});
