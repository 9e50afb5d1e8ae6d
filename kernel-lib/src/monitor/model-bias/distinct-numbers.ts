/** Whole numbers from -32,768 to 32,767 are told apart in a table, which is much faster than a set. */
const HALF = 32_768;

/** The different numbers of a column without NaN, in the order in which they are met. Time O(rows). */
export function distinctNumbers(values: Float64Array): number[] {
  const met = new Uint8Array(2 * HALF);
  const others = new Set<number>();
  const distinct: number[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === Math.floor(value) && value >= -HALF && value < HALF) {
      if (met[value + HALF] === 1) continue;
      met[value + HALF] = 1;
    } else {
      if (Number.isNaN(value) || others.has(value)) continue;
      others.add(value);
    }
    distinct.push(value);
  }
  return distinct;
}
