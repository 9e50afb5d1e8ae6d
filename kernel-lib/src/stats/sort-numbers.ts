/** Below this many numbers the engine's own sort is faster. */
const LEAST_COUNT = 400;

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const counts = new Int32Array(2 * DIGITS);
/** The least key of the numbers being sorted, and the bits of the others' distances to it that are left out. */
let leastKey = 0;
let keyShift = 0;
let spare = new Float64Array(LEAST_COUNT);
let spareWords = new Uint32Array(spare.buffer);

/**
 * Sorts the first `count` of `values` in place, ascending, -0 and 0 in any order; none may be NaN. A radix sort in two passes over
 * 22 of the upper 32 bits of each number, those that tell its place between the least and the greatest, then an
 * insertion sort for neighbours that differ only below: time O(count). Where many numbers share these bits (a small
 * spread around a large value), the engine's own sort.
 */
export function sortNumbers(values: Float64Array, count: number): void {
  if (count < LEAST_COUNT) {
    values.subarray(0, count).sort();
    return;
  }
  if (spare.length < count) {
    spare = new Float64Array(count);
    spareWords = new Uint32Array(spare.buffer);
  }
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  chooseKeyBits(words, count);
  countDigits(words, count);
  scatter(values, words, spare, count, 0, 0);
  scatter(spare, spareWords, values, count, DIGITS, DIGIT_BITS);
  if (!sortNeighbours(values, count)) values.subarray(0, count).sort();
}

/** The upper word of a double as a signed number that sorts as the double does. */
function sortKey(word: number): number {
  return (word ^ ((word >> 31) & 0x7fffffff)) | 0;
}

function chooseKeyBits(words: Uint32Array, count: number): void {
  let least = 0x7fffffff;
  let greatest = -0x80000000;
  for (let i = 1; i < 2 * count; i += 2) {
    const key = sortKey(words[i]!);
    if (key < least) least = key;
    if (key > greatest) greatest = key;
  }
  leastKey = least;
  keyShift = Math.max(0, 32 - Math.clz32(greatest - least) - 2 * DIGIT_BITS);
}

/** Fills {@link counts} with the place where the numbers of each digit begin, for both digits. */
function countDigits(words: Uint32Array, count: number): void {
  const [least, shift] = [leastKey, keyShift];
  counts.fill(0);
  for (let i = 1; i < 2 * count; i += 2) {
    const key = (sortKey(words[i]!) - least) >>> shift;
    counts[key & (DIGITS - 1)]!++;
    counts[DIGITS + (key >>> DIGIT_BITS)]!++;
  }
  for (let first = 0; first < 2 * DIGITS; first += DIGITS) {
    let place = 0;
    for (let digit = first; digit < first + DIGITS; digit++) {
      const held = counts[digit]!;
      counts[digit] = place;
      place += held;
    }
  }
}

function scatter(
  from: Float64Array,
  words: Uint32Array,
  to: Float64Array,
  count: number,
  first: number,
  skipped: number,
): void {
  const [least, shift] = [leastKey, keyShift];
  for (let i = 0; i < count; i++) {
    const key = (sortKey(words[2 * i + 1]!) - least) >>> shift;
    to[counts[first + ((key >>> skipped) & (DIGITS - 1))]!++] = from[i]!;
  }
}

/** An insertion sort; gives up, and answers false, when numbers lie far from their places. */
function sortNeighbours(values: Float64Array, count: number): boolean {
  let movesLeft = 4 * count;
  let before = values[0]!;
  for (let i = 1; i < count; i++) {
    const value = values[i]!;
    if (before <= value) {
      before = value;
      continue;
    }
    let place = i;
    while (place > 0 && values[place - 1]! > value) {
      values[place] = values[place - 1]!;
      place--;
      movesLeft--;
    }
    values[place] = value;
    if (movesLeft < 0) return false;
  }
  return true;
}
