/**
 * Reads a document of Universal Binary JSON: numbers big-endian, objects and lists with counts and with types for all
 * entries, as XGBoost writes its `.ubj` files (there 64-bit counts, and typed lists of numbers).
 *
 * @returns objects without a prototype; 64-bit numbers as numbers.
 * @throws UnreadableUbjson for bytes that are no document, or that go on behind its end.
 * @see Source: https://ubjson.org, draft 12, "Type Reference" and "Optimized Format".
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(reader.marker(), 0);
  if (reader.at !== bytes.length) throw new UnreadableUbjson('more bytes after the end of the document', reader.at);
  return value;
}

/** What is wrong with a document of UBJSON, and at which byte. */
class UnreadableUbjson extends Error {
  constructor(what: string, at: number) {
    super(`${what} (byte ${at})`);
  }
}

/** Objects and lists within each other. */
const DEEPEST = 100;

/** Sizes of numbers in bytes. */
const sizes: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next type marker; `N` is padding. */
  marker(): string {
    for (;;) {
      const marker = String.fromCharCode(this.#bytes[this.#take(1)]!);
      if (marker !== 'N') return marker;
    }
  }

  value(marker: string, depth: number): unknown {
    if (depth > DEEPEST) throw new UnreadableUbjson(`more than ${DEEPEST} levels`, this.at);
    if (marker === '{') return this.#object(depth);
    if (marker === '[') return this.#list(depth);
    if (marker === 'S' || marker === 'H') return this.#text(this.#count(this.marker()));
    if (marker === 'C') return this.#text(1);
    if (marker === 'Z') return null;
    if (marker === 'T' || marker === 'F') return marker === 'T';
    return this.#number(marker);
  }

  #number(marker: string): number {
    const size = sizes[marker];
    if (size === undefined) throw new UnreadableUbjson(`unknown type ${JSON.stringify(marker)}`, this.at - 1);
    const at = this.#take(size);
    if (marker === 'd') return this.#view.getFloat32(at);
    if (marker === 'D') return this.#view.getFloat64(at);
    if (marker === 'U') return this.#view.getUint8(at);
    if (marker === 'i') return this.#view.getInt8(at);
    if (marker === 'I') return this.#view.getInt16(at);
    return marker === 'l' ? this.#view.getInt32(at) : Number(this.#view.getBigInt64(at));
  }

  #object(depth: number): Record<string, unknown> {
    const { type, count } = this.#size();
    const object = Object.create(null) as Record<string, unknown>;
    for (let i = 0; i !== count; i++) {
      const marker = this.marker();
      if (count === undefined && marker === '}') return object;
      const key = this.#text(this.#count(marker));
      object[key] = this.value(type ?? this.marker(), depth + 1);
    }
    return object;
  }

  #list(depth: number): unknown[] {
    const { type, count } = this.#size();
    const list: unknown[] = [];
    for (let i = 0; i !== count; i++) {
      const marker = type ?? this.marker();
      if (count === undefined && marker === ']') return list;
      list.push(this.value(marker, depth + 1));
    }
    return list;
  }

  /** What stands before the entries: a type for all of them and their number, where they are given. */
  #size(): { type: string | undefined; count: number | undefined } {
    const type = this.#next('$') ? this.marker() : undefined;
    if (this.#next('#')) {
      const count = this.#count(this.marker());
      // Each entry takes a byte at least, but for typed lists of constants, which say nothing.
      if (count > this.#bytes.length - this.at) throw new UnreadableUbjson(`${count} entries announced`, this.at);
      return { type, count };
    }
    if (type !== undefined) throw new UnreadableUbjson('a type without a number of entries', this.at);
    return { type, count: undefined };
  }

  #next(sign: string): boolean {
    if (this.#bytes[this.at] !== sign.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  #count(marker: string): number {
    if (!'iUIlL'.includes(marker)) throw new UnreadableUbjson(`no length, but ${JSON.stringify(marker)}`, this.at - 1);
    const count = this.#number(marker);
    if (count < 0) throw new UnreadableUbjson(`a length of ${count}`, this.at);
    return count;
  }

  #text(length: number): string {
    const at = this.#take(length);
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  /** @returns where the bytes begin. */
  #take(length: number): number {
    const begin = this.at;
    if (length > this.#bytes.length - begin) throw new UnreadableUbjson('the file ends too early', this.#bytes.length);
    this.at += length;
    return begin;
  }
}
