import { VALUE_CAP } from './profile.js';

/** Distinct texts of one column may hold this many UTF-8 bytes together; beyond it they are not counted one by one. */
export const VALUE_BYTES_CAP = 262_144;

const SLOTS = 4 * VALUE_CAP;

/**
 * Counts cells by their text, keyed by bytes so that a known cell costs no allocation: open addressing over at most
 * {@link VALUE_CAP} texts of together at most {@link VALUE_BYTES_CAP} bytes.
 */
export class ValueTable {
  readonly #slots = new Int16Array(SLOTS).fill(-1);
  readonly #hashes = new Int32Array(VALUE_CAP);
  readonly #ends = new Int32Array(VALUE_CAP + 1);
  readonly #counts = new Float64Array(VALUE_CAP);
  #bytes: Buffer = Buffer.alloc(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * Counts the text in bytes [start, end) `times` times.
   *
   * @returns 0 for a known text, 1 for a new one, -1 when there is no room for another: the table is then of no use.
   */
  add(bytes: Uint8Array, start: number, end: number, times: number): -1 | 0 | 1 {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    let slot = hash & (SLOTS - 1);
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry < 0) return this.#insert(slot, hash, bytes, start, end, times);
      if (this.#hashes[entry] === hash && this.#holds(entry, bytes, start, end)) {
        this.#counts[entry]! += times;
        return 0;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  /** Texts (of valid UTF-8) with their counts, in order of first appearance. */
  toMap(): Map<string, number> {
    const map = new Map<string, number>();
    for (let entry = 0; entry < this.#size; entry++) {
      map.set(this.#bytes.toString('utf8', this.#ends[entry]!, this.#ends[entry + 1]!), this.#counts[entry]!);
    }
    return map;
  }

  /** Calls `visit` with the place of each text. */
  forEach(visit: (bytes: Uint8Array, start: number, end: number) => void): void {
    for (let entry = 0; entry < this.#size; entry++) visit(this.#bytes, this.#ends[entry]!, this.#ends[entry + 1]!);
  }

  #holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[entry]!;
    if (this.#ends[entry + 1]! - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== this.#bytes[j]) return false;
    return true;
  }

  #insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number, times: number): -1 | 1 {
    const from = this.#ends[this.#size]!;
    const to = from + end - start;
    if (this.#size === VALUE_CAP || to > VALUE_BYTES_CAP) return -1;
    if (to > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(to, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let i = start, j = from; i < end; i++, j++) this.#bytes[j] = bytes[i]!;
    this.#slots[slot] = this.#size;
    this.#hashes[this.#size] = hash;
    this.#counts[this.#size] = times;
    this.#ends[++this.#size] = to;
    return 1;
  }
}
