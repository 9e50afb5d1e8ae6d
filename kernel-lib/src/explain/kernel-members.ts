/** Features are summed up by eights: a sum for each set of them is at hand. */
const GROUP = 8;
const SETS = 2 ** GROUP;

/** By (coalition, group of eight features): the set of those that are in. */
export function membersOf(masks: Uint8Array, count: number, width: number): Uint8Array {
  const groups = Math.ceil(width / GROUP);
  const members = new Uint8Array(count * groups);
  for (let coalition = 0; coalition < count; coalition++) {
    for (let feature = 0; feature < width; feature++) {
      const bit = masks[coalition * width + feature]! << (feature % GROUP);
      members[coalition * groups + Math.floor(feature / GROUP)]! |= bit;
    }
  }
  return members;
}

/** Adds to each coalition's margin the gains of its features, and `base`. */
export function addMembers(
  members: Uint8Array,
  gains: Float64Array,
  base: number,
  margins: Float64Array,
  output: number,
  outputs: number,
): void {
  const groups = Math.ceil(gains.length / GROUP);
  const sums = setSums(gains);
  for (let at = 0, place = output; at < members.length; place += outputs) {
    let sum = base;
    for (let group = 0; group < groups; group++, at++) sum += sums[group * SETS + members[at]!]!;
    margins[place]! += sum;
  }
}

/** By (group, set): the sum of the set's gains. */
function setSums(gains: Float64Array): Float64Array {
  const sums = new Float64Array(Math.ceil(gains.length / GROUP) * SETS);
  for (const [feature, gain] of gains.entries()) {
    const first = Math.floor(feature / GROUP) * SETS;
    const bit = 1 << (feature % GROUP);
    for (let set = 0; set < bit; set++) sums[first + bit + set] = sums[first + set]! + gain;
  }
  return sums;
}
