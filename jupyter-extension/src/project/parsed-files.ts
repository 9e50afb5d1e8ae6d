import { joinPath, type ServerEntry, type ServerFiles } from './server-files.js';

/** The files of a folder, each read and parsed again only when it has changed. */
export class ParsedFiles {
  readonly #folder: string;
  readonly #files: ServerFiles;
  readonly #known = new Map<string, { readonly modified: string; readonly value: unknown }>();

  constructor(folder: string, files: ServerFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /**
   * What a file says; undefined where the listing has none of this name.
   *
   * @param parse - the same for a name at each call; what it throws is thrown, and the file read again next time.
   */
  async get<Value>(
    entries: readonly ServerEntry[],
    name: string,
    parse: (text: string) => Value,
  ): Promise<Value | undefined> {
    const entry = entries.find((each) => each.name === name);
    if (entry === undefined) return undefined;
    const known = this.#known.get(name);
    if (known?.modified === entry.modified) return known.value as Value;
    const value = parse(await this.#files.read(joinPath(this.#folder, name)));
    this.#known.set(name, { modified: entry.modified, value });
    return value;
  }

  /** All are read again, whatever their times say. */
  clear(): void {
    this.#known.clear();
  }
}
