/** Numbers added one by one, in one typed array that doubles. */
class Growing<Values extends Float64Array | Int32Array | Uint8Array> {
  readonly #make: new (
    length: number,
  ) => Values;
  #values: Values;
  #size = 0;

  constructor(make: new (length: number) => Values, room: number) {
    this.#make = make;
    this.#values = new make(room);
  }

  /** The number is turned into one of the array's kind, as a typed array does. */
  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new this.#make(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  /** What was added; not a copy. */
  values(): Values {
    return this.#values.subarray(0, this.#size) as Values;
  }
}

/** Doubles: 8 bytes each. */
export class GrowingNumbers extends Growing<Float64Array> {
  constructor(room: number = 1024) {
    super(Float64Array, room);
  }
}

/** Whole numbers of 32 bits, with a sign. */
export class GrowingIntegers extends Growing<Int32Array> {
  constructor(room: number = 1024) {
    super(Int32Array, room);
  }
}

/** Whole numbers in [0, 255]. */
export class GrowingBytes extends Growing<Uint8Array> {
  constructor(room: number = 1024) {
    super(Uint8Array, room);
  }
}
