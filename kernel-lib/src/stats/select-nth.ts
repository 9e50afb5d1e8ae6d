/** Whether an item comes before another. */
type Before = (a: number, b: number) => boolean;

/**
 * Rearranges `order[from..to)` in place so that the item of rank `nth` stands where sorting would put it, no larger ones
 * before it and no smaller ones after it. Items are compared by their keys, equal keys by the items themselves.
 * Quickselect with the median of the second, the middle and the last item; a heap where that does not get on. Time
 * O(to - from) as a rule, O((to - from) log(to - from)) at most.
 *
 * The order of the items around `nth` is that of GNU's C++ library (`std::nth_element`): scikit-learn builds its trees
 * with it, and which of equally near rows it finds depends on that order.
 *
 * @param order - row numbers.
 * @param range - `nth` is in [from, to).
 * @param keys - the key of row i is `keys[i * stride + offset]`; none is NaN.
 * @see Source: Hoare 1961, Algorithm 65 (find); Musser 1997, Introspective sorting and selection algorithms.
 */
export function selectNth(
  order: Int32Array,
  range: { readonly from: number; readonly nth: number; readonly to: number },
  keys: Float64Array,
  stride: number = 1,
  offset: number = 0,
): void {
  let { from, to } = range;
  const before: Before = (a, b) => {
    const keyA = keys[a * stride + offset]!;
    const keyB = keys[b * stride + offset]!;
    return keyA === keyB ? a < b : keyA < keyB;
  };
  for (let rounds = 2 * Math.floor(Math.log2(to - from)); to - from > 3; rounds--) {
    if (rounds === 0) {
      selectByHeap(order.subarray(from, to), range.nth - from, before);
      return;
    }
    const cut = partition(order, from, to, before);
    if (cut <= range.nth) from = cut;
    else to = cut;
  }
  order.subarray(from, to).sort((a, b) => (before(a, b) ? -1 : 1));
}

/** Splits `order[from..to)` around the median of three, which it moves to `from`; answers where the upper part begins. */
function partition(order: Int32Array, from: number, to: number, before: Before): number {
  swap(order, from, medianOf(order, [from + 1, from + Math.floor((to - from) / 2), to - 1], before));
  const pivot = order[from]!;
  let low = from + 1;
  let high = to - 1;
  for (;;) {
    while (before(order[low]!, pivot)) low++;
    while (before(pivot, order[high]!)) high--;
    if (low >= high) return low;
    swap(order, low++, high--);
  }
}

/** Which of three places holds the item between the other two. */
function medianOf(order: Int32Array, [a, b, c]: readonly [number, number, number], before: Before): number {
  const precedes = (x: number, y: number): boolean => before(order[x]!, order[y]!);
  const [low, high] = precedes(a, b) ? [a, b] : [b, a];
  if (precedes(high, c)) return high;
  return precedes(low, c) ? c : low;
}

/** Keeps the `nth` + 1 first items in a heap, the last of them on top, which ends at `nth`. */
function selectByHeap(order: Int32Array, nth: number, before: Before): void {
  const size = nth + 1;
  for (let place = Math.floor(size / 2) - 1; place >= 0; place--) {
    settle(order, { place, size, item: order[place]! }, before);
  }
  for (let i = size; i < order.length; i++) {
    const item = order[i]!;
    if (!before(item, order[0]!)) continue;
    order[i] = order[0]!;
    settle(order, { place: 0, size, item }, before);
  }
  swap(order, 0, nth);
}

/** Moves an empty place of a heap to the bottom, the larger children up, then the item from there to where it belongs. */
function settle(
  order: Int32Array,
  { place, size, item }: { readonly place: number; readonly size: number; readonly item: number },
  before: Before,
): void {
  let hole = place;
  for (let child = 2 * hole + 2; child <= size; child = 2 * hole + 2) {
    const larger = child === size || before(order[child]!, order[child - 1]!) ? child - 1 : child;
    order[hole] = order[larger]!;
    hole = larger;
  }
  while (hole > place) {
    const parent = (hole - 1) >> 1;
    if (!before(order[parent]!, item)) break;
    order[hole] = order[parent]!;
    hole = parent;
  }
  order[hole] = item;
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}
