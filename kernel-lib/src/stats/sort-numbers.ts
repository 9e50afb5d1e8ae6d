/** Below this many numbers the engine's own sort is faster. */
const LEAST_COUNT = 400;

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const counts = new Int32Array(3 * DIGITS);
let spare = new Float64Array(LEAST_COUNT);
let spareWords = new Uint32Array(spare.buffer);

/**
 * Sorts the first `count` of `values` in place, ascending, -0 before 0; none may be NaN. A radix sort over the upper 32
 * bits of each number, in three passes, then an insertion sort for neighbours that differ only below: time O(count).
 * Where many numbers share their upper bits (a small spread around a large value), the engine's own sort.
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
  countDigits(words, count);
  scatter(values, words, spare, count, 0, 0);
  scatter(spare, spareWords, values, count, DIGITS, DIGIT_BITS);
  scatter(values, words, spare, count, 2 * DIGITS, 2 * DIGIT_BITS);
  if (!insertInto(values, spare, count)) {
    values.set(spare.subarray(0, count));
    values.subarray(0, count).sort();
  }
}

/** The upper word of a double as an unsigned number that sorts as the double does. */
function sortKey(word: number): number {
  return word ^ ((word >> 31) | 0x80000000);
}

/** Fills {@link counts} with the place where the numbers of each digit begin, for all three digits. */
function countDigits(words: Uint32Array, count: number): void {
  counts.fill(0);
  for (let i = 1; i < 2 * count; i += 2) {
    const key = sortKey(words[i]!);
    counts[key & (DIGITS - 1)]!++;
    counts[DIGITS + ((key >>> DIGIT_BITS) & (DIGITS - 1))]!++;
    counts[2 * DIGITS + (key >>> (2 * DIGIT_BITS))]!++;
  }
  for (let first = 0; first < 3 * DIGITS; first += DIGITS) {
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
  shift: number,
): void {
  for (let i = 0; i < count; i++) {
    const digit = first + ((sortKey(words[2 * i + 1]!) >>> shift) & (DIGITS - 1));
    to[counts[digit]!++] = from[i]!;
  }
}

/** Sorts `from` into `to`; gives up, and answers false, when numbers lie far from their places. */
function insertInto(to: Float64Array, from: Float64Array, count: number): boolean {
  let movesLeft = 4 * count;
  for (let i = 0; i < count; i++) {
    const value = from[i]!;
    let place = i;
    while (place > 0 && to[place - 1]! > value) {
      to[place] = to[place - 1]!;
      place--;
      movesLeft--;
    }
    if (movesLeft < 0) return false;
    to[place] = value;
  }
  return true;
}
