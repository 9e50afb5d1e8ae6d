import fc from 'fast-check';

/** Eight counts of rows, each in [min, max]; 0 to 40 unless told. */
export function anyCells({ min = 0, max = 40 }: { min?: number; max?: number } = {}): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min, max }), { minLength: 8, maxLength: 8 });
}

/** The same rows with the facet's group and the others exchanged. */
export function swapSides(cells: readonly number[]): number[] {
  return [...cells.slice(4), ...cells.slice(0, 4)];
}
