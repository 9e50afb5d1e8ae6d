/**
 * For each row the first row that equals it in all columns, itself where there is none before it. Expected time O(d n),
 * memory 12 n bytes.
 *
 * @param points - n rows of `columns` numbers, row after row; -0 and 0 are not equal, NaN is where the bits are.
 */
export function firstEqualRows(points: Float64Array, columns: number): Int32Array {
  const rows = columns === 0 ? 0 : points.length / columns;
  const width = 2 * columns;
  const words = new Int32Array(points.buffer, points.byteOffset, width * rows);
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 1)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const first = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let slot = hashOf(words, row * width, width) & mask;
    while (slots[slot]! >= 0 && !areEqual(words, slots[slot]! * width, row * width, width)) slot = (slot + 1) & mask;
    if (slots[slot]! < 0) slots[slot] = row;
    first[row] = slots[slot]!;
  }
  return first;
}

/** Multiplies and mixes word by word, and once more at the end: round numbers differ in their upper bits only. */
function hashOf(words: Int32Array, from: number, width: number): number {
  let hash = width;
  for (let at = from; at < from + width; at++) {
    hash = Math.imul(hash ^ words[at]!, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function areEqual(words: Int32Array, a: number, b: number, width: number): boolean {
  for (let at = 0; at < width; at++) {
    if (words[a + at] !== words[b + at]) return false;
  }
  return true;
}
