/** A {@link DistinctCounter} as plain data: the hashes while it is exact, the registers after. */
export type DistinctState =
  | { /** 52-bit hashes as integers; ascending in JSON. */ readonly hashes: ArrayLike<number> }
  | { /** 2^14 bytes; base64 in JSON. */ readonly registers: string | Uint8Array };

const EXACT_LIMIT = 4096;
const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;
/** Bits of a hash after the index; a register holds at most one more. */
const RANK_BITS = 52 - INDEX_BITS;
const EMPTY = -1;
const TWO_32 = 4294967296;
/** The upper word of -0. */
const NEGATIVE_ZERO = 0x80000000 | 0;

/**
 * Counts distinct values: exactly up to 4,096 of them (as a set of 52-bit hashes; the chance that two of 4,096 share
 * one is below 2e-9), then by HyperLogLog with 2^14 registers, standard error 0.8 %. Counters merge without loss: any
 * split of the values over counters gives the state of one counter that saw all.
 *
 * Numbers are finite; 0 and -0 are one value. A counter is for one column: numbers or texts, not both.
 *
 * @see Source: Flajolet, Fusy, Gandouet and Meunier 2007; estimator: Ertl 2017, "New cardinality estimation
 * algorithms for HyperLogLog sketches", algorithm 6 (the improved raw estimator, no empirical bias table).
 */
export class DistinctCounter {
  #size = 0;
  /** Open addressing, at most half full; undefined once there are registers. */
  #table: Float64Array | undefined = new Float64Array(64).fill(EMPTY);
  #registers: Uint8Array | undefined;

  static fromState(state: DistinctState): DistinctCounter {
    const counter = new DistinctCounter();
    if ('registers' in state) {
      const { registers } = state;
      const bytes = typeof registers === 'string' ? Buffer.from(registers, 'base64') : registers;
      counter.#table = undefined;
      counter.#registers = new Uint8Array(REGISTERS);
      counter.#registers.set(bytes.subarray(0, REGISTERS));
      return counter;
    }
    const { hashes } = state;
    let room = 64;
    while (room < 2 * hashes.length) room *= 2;
    counter.#table = new Float64Array(room).fill(EMPTY);
    for (let i = 0; i < hashes.length; i++) counter.#addWhole(hashes[i]!);
    return counter;
  }

  /** Whether {@link estimate} is the exact count. */
  get exact(): boolean {
    return this.#table !== undefined;
  }

  /** Adds the first `count` of `values`, all finite. */
  addNumbers(values: Float64Array, count: number = values.length): void {
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
    let i = 0;
    for (; i < words.length && this.#registers === undefined; i += 2) {
      const low = words[i]!;
      let high = words[i + 1]!;
      if (low === 0 && high === 0x80000000) high = 0;
      hashWords(high, low);
      this.#addHash52(hashOut[0]! >>> 12, hashOut[1]!);
    }
    if (this.#registers !== undefined) countWords(this.#registers, words, i);
  }

  /** Adds a text; the empty text is a value like any other. */
  addText(text: string): void {
    hashText(text);
    this.#addHash52(hashOut[0]! >>> 12, hashOut[1]!);
  }

  /** Adds a value by its 64-bit hash, two unsigned 32-bit words (as `hashBytes` leaves them in `hashOut`). */
  addHash(high: number, low: number): void {
    this.#addHash52(high >>> 12, low >>> 0);
  }

  /** Takes in the values of another counter, which is left as it is. */
  merge(other: DistinctCounter): void {
    if (other.#table !== undefined) {
      this.#addTable(other.#table);
      return;
    }
    if (this.#table !== undefined) this.#toRegisters();
    const ours = this.#registers!;
    const theirs = other.#registers!;
    for (let i = 0; i < REGISTERS; i++) if (theirs[i]! > ours[i]!) ours[i] = theirs[i]!;
  }

  /** The number of distinct values: a whole number, exact or an estimate as {@link exact} says. */
  estimate(): number {
    return this.#registers === undefined ? this.#size : Math.round(estimateFromRegisters(this.#registers));
  }

  /** The state as JSON; `fromState` reads it back. */
  toState(): { readonly hashes: readonly number[] } | { readonly registers: string } {
    return distinctStateToJson(this.toArrays());
  }

  /** The state in typed arrays of its own, which can be handed to another thread at no cost; hashes in any order. */
  toArrays(): DistinctState {
    if (this.#registers !== undefined) return { registers: this.#registers.slice() };
    const table = this.#table!;
    const hashes = new Float64Array(this.#size);
    let count = 0;
    for (let i = 0; i < table.length; i++) if (table[i] !== EMPTY) hashes[count++] = table[i]!;
    return { hashes };
  }

  #addTable(table: Float64Array): void {
    for (let i = 0; i < table.length; i++) if (table[i] !== EMPTY) this.#addWhole(table[i]!);
  }

  #addWhole(hash: number): void {
    const high = Math.floor(hash / TWO_32);
    this.#addHash52(high, hash - high * TWO_32);
  }

  #addHash52(high: number, low: number): void {
    if (this.#registers !== undefined) {
      countHash(this.#registers, high, low);
      return;
    }
    const table = this.#table!;
    const mask = table.length - 1;
    const hash = high * TWO_32 + low;
    let slot = low & mask;
    for (;;) {
      const held = table[slot]!;
      if (held === hash) return;
      if (held === EMPTY) break;
      slot = (slot + 1) & mask;
    }
    table[slot] = hash;
    this.#size++;
    if (this.#size > EXACT_LIMIT) this.#toRegisters();
    else if (2 * this.#size > table.length) this.#growTable();
  }

  #growTable(): void {
    const old = this.#table!;
    const table = new Float64Array(4 * old.length).fill(EMPTY);
    const mask = table.length - 1;
    for (const hash of old) {
      if (hash === EMPTY) continue;
      let slot = (hash % TWO_32) & mask;
      while (table[slot] !== EMPTY) slot = (slot + 1) & mask;
      table[slot] = hash;
    }
    this.#table = table;
  }

  #toRegisters(): void {
    const table = this.#table!;
    this.#table = undefined;
    this.#registers = new Uint8Array(REGISTERS);
    this.#addTable(table);
  }
}

/** The same state as it is written to JSON, in an order that does not depend on the order of adding. */
export function distinctStateToJson(
  state: DistinctState,
): { readonly hashes: readonly number[] } | { readonly registers: string } {
  if ('hashes' in state) return { hashes: Array.from(Float64Array.from(state.hashes).sort()) };
  const { registers } = state;
  return { registers: typeof registers === 'string' ? registers : Buffer.from(registers).toString('base64') };
}

/** Enters a hash, its upper 20 and its lower 32 bits, into registers. */
function countHash(registers: Uint8Array, high: number, low: number): void {
  const index = high >>> (20 - INDEX_BITS);
  const rest = (high << 26) | (low >>> 6);
  const rank = rest !== 0 ? Math.clz32(rest) + 1 : Math.min(RANK_BITS, 32 + Math.clz32(low << 26)) + 1;
  if (rank > registers[index]!) registers[index] = rank;
}

/** Enters the hashes of doubles, given as words from index `first` on, into registers. */
function countWords(registers: Uint8Array, words: Uint32Array, first: number): void {
  for (let i = first; i < words.length; i += 2) {
    const low = words[i]! | 0;
    let high = words[i + 1]! | 0;
    if (low === 0 && high === NEGATIVE_ZERO) high = 0;
    const a = high ^ mix((low + 0x9e3779b9) | 0);
    const b = low ^ mix((a + 0x7f4a7c15) | 0);
    const c = a ^ mix((b + 0x85157af5) | 0);
    countHash(registers, c >>> 12, b);
  }
}

function estimateFromRegisters(registers: Uint8Array): number {
  const multiplicity = new Float64Array(RANK_BITS + 2);
  for (const rank of registers) multiplicity[rank]!++;
  let z = REGISTERS * tau(1 - multiplicity[RANK_BITS + 1]! / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank--) z = 0.5 * (z + multiplicity[rank]!);
  z += REGISTERS * sigma(multiplicity[0]! / REGISTERS);
  return (REGISTERS * REGISTERS) / (2 * Math.LN2 * z);
}

/** Ertl's correction for empty registers: x + sum of x^(2^k) 2^(k-1). */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let power = share;
  let factor = 1;
  let sum = share;
  let before = -1;
  while (sum !== before) {
    before = sum;
    power *= power;
    sum += power * factor;
    factor *= 2;
  }
  return sum;
}

/** Ertl's correction for saturated registers: (1 - x - sum of (1 - x^(2^-k))^2 2^-k) / 3. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let root = share;
  let factor = 1;
  let sum = 1 - share;
  let before = -1;
  while (sum !== before) {
    before = sum;
    root = Math.sqrt(root);
    factor /= 2;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}

/**
 * The 64 bits of the last {@link hashBytes} or {@link hashText}: high word, low word.
 * Read it before the next call; nothing is allocated.
 */
export const hashOut: Uint32Array = new Uint32Array(2);

const encoder = new TextEncoder();
let scratch = new Uint8Array(1024);

/** Mixes 32 bits so that each of them reaches all others (the finaliser of MurmurHash3). */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Hashes two words to {@link hashOut}: a three-round Feistel network over {@link mix}, so that different pairs
 * never collide in all 64 bits.
 */
function hashWords(high: number, low: number): void {
  const a = high ^ mix(low + 0x9e3779b9);
  const b = low ^ mix(a + 0x7f4a7c15);
  const c = a ^ mix(b + 0x85157af5);
  hashOut[0] = c;
  hashOut[1] = b;
}

/**
 * Hashes bytes [start, end) to {@link hashOut}. Equal bytes give equal hashes on every machine; not for secrets.
 * Two lanes of MurmurHash3's 32-bit round with a common finish.
 *
 * @see Source: Austin Appleby, MurmurHash3 (public domain): the constants and the shape of a round.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): void {
  let a = 0x239b961b;
  let b = 0x38b34ae5;
  let at = start;
  while (at < end) {
    let word = bytes[at]!;
    if (at + 4 <= end) {
      word |= (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    } else {
      if (at + 1 < end) word |= bytes[at + 1]! << 8;
      if (at + 2 < end) word |= bytes[at + 2]! << 16;
    }
    at += 4;
    let first = Math.imul(word, 0xcc9e2d51);
    first = Math.imul((first << 15) | (first >>> 17), 0x1b873593);
    a ^= first;
    a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    let second = Math.imul(word, 0xab0e9789);
    second = Math.imul((second << 17) | (second >>> 15), 0xa1e38b93);
    b ^= second;
    b = (Math.imul((b << 17) | (b >>> 15), 5) + 0x0bcaa747) | 0;
  }
  hashWords(a ^ (end - start), b);
}

/** Hashes the UTF-8 bytes of a text to {@link hashOut}, as {@link hashBytes} does. A lone surrogate counts as U+FFFD. */
export function hashText(text: string): void {
  const { length } = text;
  if (scratch.length < 3 * length) scratch = new Uint8Array(4 * length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      hashBytes(scratch, 0, encoder.encodeInto(text, scratch).written);
      return;
    }
    scratch[i] = code;
  }
  hashBytes(scratch, 0, length);
}
