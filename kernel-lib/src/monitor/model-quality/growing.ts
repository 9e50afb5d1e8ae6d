/** Numbers added one by one, in one typed array that doubles. */
export class GrowingNumbers {
  #values: Float64Array;
  #size = 0;

  constructor(room: number = 1024) {
    this.#values = new Float64Array(room);
  }

  get size(): number {
    return this.#size;
  }

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  /** What was added; not a copy. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#size);
  }
}

/** The same for whole numbers of 32 bits. */
export class GrowingIntegers {
  #values: Int32Array;
  #size = 0;

  constructor(room: number = 1024) {
    this.#values = new Int32Array(room);
  }

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Int32Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  /** What was added; not a copy. */
  values(): Int32Array {
    return this.#values.subarray(0, this.#size);
  }
}
