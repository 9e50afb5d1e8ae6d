import { sortNumbers } from './sort-numbers.js';

/** A {@link DistinctCounter} as plain data: the hashes while it is exact, the registers after. */
export type DistinctState =
  | { /** 52-bit hashes as integers; ascending in JSON. */ readonly hashes: ArrayLike<number> }
  | { /** 2^14 bytes; base64 in JSON. */ readonly registers: string | Uint8Array };

const EXACT_LIMIT = 4096;
/** Hashes held before those that came twice are sought. */
const MOST_HELD = 2 * EXACT_LIMIT;
const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;
/** Bits of a hash after the index; a register holds at most one more. */
const RANK_BITS = 52 - INDEX_BITS;
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
  /** The first {@link #size} ascending and different, the others up to {@link #held} as they came; unused with registers. */
  #hashes: Float64Array = new Float64Array(64);
  #size = 0;
  #held = 0;
  #registers: Uint8Array | undefined;

  static fromState(state: DistinctState): DistinctCounter {
    const counter = new DistinctCounter();
    if ('registers' in state) {
      const { registers } = state;
      const bytes = typeof registers === 'string' ? Buffer.from(registers, 'base64') : registers;
      counter.#registers = new Uint8Array(REGISTERS);
      counter.#registers.set(bytes.subarray(0, REGISTERS));
      return counter;
    }
    counter.#addHashes(state.hashes, state.hashes.length);
    return counter;
  }

  /** Whether {@link estimate} is the exact count. */
  get exact(): boolean {
    this.#settle();
    return this.#registers === undefined;
  }

  /** Adds the first `count` of `values`, all finite. */
  addNumbers(values: Float64Array, count: number = values.length): void {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * count);
    let i = 0;
    while (i < words.length && this.#registers === undefined) {
      if (this.#held === this.#hashes.length) this.#makeRoom();
      else {
        const taken = Math.min(words.length - i, 2 * (this.#hashes.length - this.#held));
        hashNumbers(this.#hashes, this.#held, words, i, taken);
        this.#held += taken / 2;
        i += taken;
      }
    }
    if (this.#registers !== undefined) countNumbers(this.#registers, words, i);
  }

  /** Adds a text; the empty text is a value like any other. */
  addText(text: string): void {
    hashText(text);
    this.addHash(hashOut[0]!, hashOut[1]!);
  }

  /** Adds a value by its 64-bit hash, two unsigned 32-bit words (as `hashBytes` leaves them in `hashOut`). */
  addHash(high: number, low: number): void {
    if (this.#registers === undefined && this.#held === this.#hashes.length) this.#makeRoom();
    if (this.#registers !== undefined) countHash(this.#registers, high >>> 12, low);
    else this.#hashes[this.#held++] = (high >>> 12) * TWO_32 + (low >>> 0);
  }

  /** Takes in the values of another counter, which is left as it is. */
  merge(other: DistinctCounter): void {
    if (other.#registers === undefined) {
      this.#addHashes(other.#hashes, other.#held);
      return;
    }
    if (this.#registers === undefined) this.#toRegisters();
    mergeRegisters(this.#registers!, other.#registers);
  }

  /** The number of distinct values: a whole number, exact or an estimate as {@link exact} says. */
  estimate(): number {
    return this.exact ? this.#size : Math.round(estimateFromRegisters(this.#registers!));
  }

  /** The state as JSON; `fromState` reads it back. */
  toState(): { readonly hashes: readonly number[] } | { readonly registers: string } {
    return distinctStateToJson(this.toArrays());
  }

  /** The state in typed arrays of its own, which can be handed to another thread at no cost. */
  toArrays(): DistinctState {
    if (this.exact) return { hashes: this.#hashes.slice(0, this.#size) };
    return { registers: this.#registers!.slice() };
  }

  #addHashes(hashes: ArrayLike<number>, count: number): void {
    let i = 0;
    while (i < count && this.#registers === undefined) {
      if (this.#held === this.#hashes.length) this.#makeRoom();
      else this.#hashes[this.#held++] = hashes[i++]!;
    }
    if (this.#registers !== undefined) countHashes(this.#registers, hashes, i, count);
  }

  #makeRoom(): void {
    const full = this.#hashes;
    if (full.length < MOST_HELD) {
      this.#hashes = new Float64Array(Math.min(MOST_HELD, 4 * full.length));
      this.#hashes.set(full);
    } else {
      this.#settle();
    }
  }

  /** Sorts what is held and keeps each hash once; turns to registers when they have become too many. */
  #settle(): void {
    if (this.#registers !== undefined || this.#size === this.#held) return;
    sortNumbers(this.#hashes, this.#held);
    this.#size = keepDifferent(this.#hashes, this.#held);
    this.#held = this.#size;
    if (this.#size > EXACT_LIMIT) this.#toRegisters();
  }

  #toRegisters(): void {
    this.#registers = new Uint8Array(REGISTERS);
    countHashes(this.#registers, this.#hashes, 0, this.#held);
    this.#hashes = new Float64Array(0);
    this.#size = 0;
    this.#held = 0;
  }
}

/** Moves the different ones of ascending numbers to the front; how many they are. */
function keepDifferent(values: Float64Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (i === 0 || values[i] !== values[i - 1]) values[kept++] = values[i]!;
  return kept;
}

function mergeRegisters(ours: Uint8Array, theirs: Uint8Array): void {
  for (let i = 0; i < REGISTERS; i++) if (theirs[i]! > ours[i]!) ours[i] = theirs[i]!;
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

function countHashes(registers: Uint8Array, hashes: ArrayLike<number>, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const high = Math.floor(hashes[i]! / TWO_32);
    countHash(registers, high, hashes[i]! - high * TWO_32);
  }
}

/** Enters the hashes of doubles, given as words from index `first` on, into registers. */
function countNumbers(registers: Uint8Array, words: Int32Array, first: number): void {
  for (let i = first; i < words.length; i += 2) {
    const low = words[i]!;
    const high = low === 0 && words[i + 1] === NEGATIVE_ZERO ? 0 : words[i + 1]!;
    countHash(registers, hashHigh(high, low) >>> 12, hashLow(high, low));
  }
}

/** Writes the hashes of doubles, given as `count` words from index `first` on, to `hashes` from `at` on. */
function hashNumbers(hashes: Float64Array, at: number, words: Int32Array, first: number, count: number): void {
  let to = at;
  for (let i = first; i < first + count; i += 2) {
    const low = words[i]!;
    const high = low === 0 && words[i + 1] === NEGATIVE_ZERO ? 0 : words[i + 1]!;
    hashes[to++] = (hashHigh(high, low) >>> 12) * TWO_32 + (hashLow(high, low) >>> 0);
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
 * The upper and the lower word of the hash of two words: {@link mix} over two linear combinations of them whose matrix
 * has an odd determinant, so that different pairs never collide in all 64 bits.
 */
function hashHigh(high: number, low: number): number {
  return mix((Math.imul(low, 0x9e3779b1) + Math.imul(high, 0x85ebca77)) | 0);
}

function hashLow(high: number, low: number): number {
  return mix((Math.imul(low, 0xc2b2ae3d) + Math.imul(high, 0x27d4eb2e) + 0x165667b1) | 0);
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
  hashOut[0] = hashHigh(a ^ (end - start), b);
  hashOut[1] = hashLow(a ^ (end - start), b);
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
