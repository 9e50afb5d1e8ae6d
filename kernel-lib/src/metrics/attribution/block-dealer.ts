import { Random } from '../../stats/random.js';

const NUMBERS = 100_000;
const LEAST_BLOCKS = 50;
const MOST_BLOCKS = 1000;

/**
 * How many blocks rows are summed in: 1,000 for up to 100 features of one output, fewer for more, so that the blocks of one
 * sum hold 100,000 numbers; never fewer than 50.
 *
 * @param cells - features times outputs.
 */
export function blockCount(cells: number): number {
  return Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, Math.floor(NUMBERS / Math.max(1, cells))));
}

/**
 * Deals rows to blocks as they come, so that blocks differ by a row at most: of each run of as many rows as there are blocks
 * every block gets one, in random order. Up to as many rows as blocks, each row is a block.
 */
export class BlockDealer {
  readonly #order: Uint16Array;
  readonly #random: Random;
  #place = 0;

  constructor(blocks: number, seed: number) {
    this.#order = Uint16Array.from({ length: blocks }, (_, block) => block);
    this.#random = new Random(seed);
  }

  next(): number {
    if (this.#place === this.#order.length) {
      this.#random.shuffle(this.#order);
      this.#place = 0;
    }
    return this.#order[this.#place++]!;
  }
}
