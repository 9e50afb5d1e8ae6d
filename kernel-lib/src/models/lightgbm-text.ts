import { type PartReader, partReader } from './model-parts.js';

/** How parts of LightGBM's files are read. */
export const parts: PartReader = partReader('LightGBM', 'Booster.save_model("model.txt")');

/** Lines `key=value` of a file, up to an empty line. */
export class LightgbmSection {
  readonly #values: ReadonlyMap<string, string>;

  constructor(lines: readonly string[]) {
    this.#values = new Map(
      lines.map((line) => {
        const at = line.indexOf('=');
        return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      }),
    );
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  text(key: string, where: string): string {
    return this.#values.get(key) ?? parts.broken(`has no line "${key}"`, where);
  }

  words(key: string, where: string): string[] {
    return this.text(key, where).split(' ').filter(Boolean);
  }

  number(key: string, where: string): number {
    const number = Number(this.text(key, where));
    return Number.isSafeInteger(number) ? number : parts.broken(`has no whole number in "${key}"`, where);
  }

  /** @param count - how many there must be. */
  numbers(key: string, count: number, where: string): Float64Array {
    const numbers = Float64Array.from(this.words(key, where), (word) => {
      return /^[+-]?inf$/.test(word) ? Number(`${word}inity`.replace('inf', 'Inf')) : Number(word);
    });
    if (numbers.length !== count || numbers.some(Number.isNaN)) {
      parts.broken(`has not ${count} numbers in "${key}"`, where);
    }
    return numbers;
  }
}

/** The parts of a file. */
export interface LightgbmFile {
  readonly header: LightgbmSection;
  readonly trees: readonly LightgbmSection[];
  readonly parameters: ReadonlyMap<string, string>;
  /** What follows `pandas_categorical:`. */
  readonly categories: string | undefined;
}

/** Takes a file apart; its trees end with the line `end of trees`. */
export function splitLightgbmText(text: string): LightgbmFile {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf('end of trees');
  if (end === -1) parts.broken('has no line "end of trees"', 'the end of the file');
  const starts = lines.flatMap((line, index) => (index < end && /^Tree=\d+$/.test(line) ? [index] : []));
  const section = (from: number, to: number): LightgbmSection =>
    new LightgbmSection(lines.slice(from, to).filter((line) => line !== ''));
  return {
    header: section(0, starts[0] ?? end),
    trees: starts.map((start, index) => section(start, starts[index + 1] ?? end)),
    parameters: new Map(
      lines.slice(end).flatMap((line) => {
        const [, key, value] = /^\[([^:]+): (.*)\]$/.exec(line) ?? [];
        return key === undefined ? [] : [[key, value!] as const];
      }),
    ),
    categories: lines
      .slice(end)
      .find((line) => line.startsWith('pandas_categorical:'))
      ?.slice(19),
  };
}
