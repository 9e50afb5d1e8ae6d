const BLOCK_BYTES = 1 << 20;

/** Texts one after another in blocks of bytes, so that a million of them are a few objects: 12 to 24 bytes each besides UTF-8. */
export class TextStore {
  readonly #blocks: Buffer[] = [];
  #used = 0;
  #count = 0;
  #block: Uint32Array = new Uint32Array(1024);
  #start: Uint32Array = new Uint32Array(1024);
  #length: Uint32Array = new Uint32Array(1024);

  /** @returns the text's index. */
  add(text: string): number {
    const length = Buffer.byteLength(text);
    if (this.#blocks.length === 0 || this.#used + length > this.#blocks.at(-1)!.length) {
      this.#blocks.push(Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, length)));
      this.#used = 0;
    }
    if (this.#count === this.#start.length) this.#reserve();
    this.#blocks.at(-1)!.write(text, this.#used);
    this.#block[this.#count] = this.#blocks.length - 1;
    this.#start[this.#count] = this.#used;
    this.#length[this.#count] = length;
    this.#used += length;
    return this.#count++;
  }

  get(index: number): string {
    const start = this.#start[index]!;
    return this.#blocks[this.#block[index]!]!.toString('utf8', start, start + this.#length[index]!);
  }

  #reserve(): void {
    this.#block = doubled(this.#block);
    this.#start = doubled(this.#start);
    this.#length = doubled(this.#length);
  }
}

function doubled(values: Uint32Array): Uint32Array {
  const room = new Uint32Array(2 * values.length);
  room.set(values);
  return room;
}
