import type { ServerEntry, ServerFiles } from '../../../jupyter-extension/src/project/server-files.js';

/** A server's files in memory; every write is a new version. */
export class MemoryFiles implements ServerFiles {
  readonly texts = new Map<string, string>();
  readonly reads: string[] = [];
  readonly #versions = new Map<string, number>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.put(path, text);
  }

  put(path: string, text: string): void {
    this.texts.set(path, text);
    this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
  }

  async read(path: string): Promise<string> {
    this.reads.push(path);
    const text = this.texts.get(path);
    if (text === undefined) throw new Error(`No such file: ${path}`);
    return text;
  }

  async write(path: string, text: string): Promise<void> {
    this.put(path, text);
  }

  async list(path: string): Promise<readonly ServerEntry[]> {
    const prefix = path === '' ? '' : `${path}/`;
    const names = new Map<string, ServerEntry>();
    for (const file of this.texts.keys()) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      const modified = `2026-03-01T00:00:00.${String(this.#versions.get(file)).padStart(3, '0')}Z`;
      names.set(name, { name, folder: rest.length > 0, modified });
    }
    if (names.size === 0 && path !== '') throw new Error(`No such folder: ${path}`);
    return [...names.values()];
  }
}
