import { hashOut, hashText } from '../stats/distinct.js';
import type { CapturePart } from './record.js';
import { TextStore } from './text-store.js';

/** At most this share of the slots is taken, so that a search ends soon. */
const FULL = 0.6;

/** Label texts up to this many are kept once each, as those of classes are; any others are bytes in a row. */
const MOST_CLASSES = 4096;

/** Ids kept as they were written, for messages. */
const MOST_EXAMPLES = 1000;

/**
 * Labels by id, in typed arrays: 25 to 45 bytes a label, each different text once; where there are more than 4,096
 * different texts, 12 to 24 bytes more and the text's own for each of the others. Ids are kept as 64-bit hashes: with n
 * labels and m predictions the chance that two ids share one is about n (n / 2 + m) / 2^64, 8e-8 for a million of each.
 */
export class LabelTable {
  /** Open addressing: index of an entry plus 1; 0 is free. */
  #slots: Int32Array = new Int32Array(1024);
  #high: Uint32Array = new Uint32Array(512);
  #low: Uint32Array = new Uint32Array(512);
  #texts: Int32Array = new Int32Array(512);
  #hours: Int32Array = new Int32Array(512);
  #size = 0;
  #repeated = 0;
  readonly #classes: CapturePart[] = [];
  readonly #places = new Map<string, number>();
  readonly #others = new TextStore();
  readonly #hourNames: (string | undefined)[] = [];
  readonly #examples: string[] = [];

  /** Different ids. */
  get size(): number {
    return this.#size;
  }

  /** Labels that came again for an id; the last one added counts. */
  get repeated(): number {
    return this.#repeated;
  }

  /** The first ids, at most a thousand, for messages. */
  get examples(): readonly string[] {
    return this.#examples;
  }

  /** The ISO hour folders that labels lie in, ascending. */
  get hours(): readonly string[] {
    return this.#hourNames.filter((hour) => hour !== undefined).sort();
  }

  /**
   * Adds a label, or replaces the one that its id had.
   *
   * @param hour - ISO hour folder that the label lies in.
   */
  set(id: string, part: CapturePart, hour: string | undefined): void {
    hashText(id);
    const [high, low] = [hashOut[0]!, hashOut[1]!];
    if (this.#size >= FULL * this.#slots.length) this.#grow();
    const slot = this.#slotOf(high, low);
    let entry = this.#slots[slot]! - 1;
    if (entry < 0) {
      entry = this.#size++;
      this.#reserve();
      this.#slots[slot] = entry + 1;
      this.#high[entry] = high;
      this.#low[entry] = low;
      if (this.#examples.length < MOST_EXAMPLES) this.#examples.push(id);
    } else {
      this.#repeated++;
    }
    this.#texts[entry] = this.#placeOf(part);
    this.#hours[entry] = this.#hourOf(hour);
  }

  /** The label of an id: its index, or -1. */
  find(id: string): number {
    hashText(id);
    return this.#slots[this.#slotOf(hashOut[0]!, hashOut[1]!)]! - 1;
  }

  /** The label at an index, as it was written. */
  data(index: number): CapturePart {
    const place = this.#texts[index]!;
    if (place < MOST_CLASSES) return this.#classes[place]!;
    const text = this.#others.get(place - MOST_CLASSES);
    const end = text.indexOf('\n');
    return { encoding: text.slice(0, end), data: text.slice(end + 1), contentType: undefined };
  }

  /** ISO hour folder in which the label lies. */
  hour(index: number): string | undefined {
    return this.#hourNames[this.#hours[index]!];
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (;;) {
      const entry = this.#slots[slot]! - 1;
      if (entry < 0 || (this.#low[entry] === low && this.#high[entry] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let entry = 0; entry < this.#size; entry++) {
      this.#slots[this.#slotOf(this.#high[entry]!, this.#low[entry]!)] = entry + 1;
    }
  }

  #reserve(): void {
    if (this.#size <= this.#high.length) return;
    this.#high = larger(this.#high, new Uint32Array(2 * this.#high.length));
    this.#low = larger(this.#low, new Uint32Array(2 * this.#low.length));
    this.#texts = larger(this.#texts, new Int32Array(2 * this.#texts.length));
    this.#hours = larger(this.#hours, new Int32Array(2 * this.#hours.length));
  }

  #placeOf({ data, encoding }: CapturePart): number {
    const key = `${encoding}\n${data}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#classes.length === MOST_CLASSES) return MOST_CLASSES + this.#others.add(key);
    this.#places.set(key, this.#classes.length);
    return this.#classes.push({ data, encoding, contentType: undefined }) - 1;
  }

  #hourOf(hour: string | undefined): number {
    // Labels come hour by hour.
    const last = this.#hourNames.length - 1;
    if (last >= 0 && this.#hourNames[last] === hour) return last;
    const known = this.#hourNames.indexOf(hour);
    return known >= 0 ? known : this.#hourNames.push(hour) - 1;
  }
}

function larger<T extends Uint32Array | Int32Array>(values: T, room: T): T {
  room.set(values);
  return room;
}
