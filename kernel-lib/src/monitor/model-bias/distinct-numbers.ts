/** Whole numbers from -32,768 to 32,767 are told apart in a table, which is much faster than a set. */
const TABLE = 65_536;

/** The different numbers of a column without NaN, in the order in which they are met. Time O(rows). */
export function distinctNumbers(values: Float64Array): number[] {
  const met = new Uint8Array(TABLE);
  const others = new Set<number>();
  const distinct: number[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const place = value + TABLE / 2;
    if (place >= 0 && place < TABLE && place === Math.floor(place)) {
      if (met[place] === 1) continue;
      met[place] = 1;
    } else {
      if (Number.isNaN(value) || others.has(value)) continue;
      others.add(value);
    }
    distinct.push(value);
  }
  return distinct;
}
