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
 * Deals rows to blocks as they come, each row to any block with the same chance, so that their order does not matter: dealt in
 * turn, sorted rows would give blocks that are too much alike, and intervals that are too narrow. No more rows than blocks:
 * each row is a block.
 */
export class BlockDealer {
  readonly #blocks: number;
  readonly #random: Random | undefined;
  #next = 0;

  /** @param rows - how many there are, or more than blocks. */
  constructor(blocks: number, rows: number, seed: number) {
    this.#blocks = blocks;
    this.#random = rows <= blocks ? undefined : new Random(seed);
  }

  next(): number {
    return this.#random === undefined ? this.#next++ : this.#random.integer(this.#blocks);
  }
}
