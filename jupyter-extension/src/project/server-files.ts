import type { Contents } from '@jupyterlab/services';

/** Text files of the Jupyter server, by path below its root. */
export interface ServerFiles {
  /** @throws when there is no such file. */
  read(path: string): Promise<string>;
  /** Replaces the file, or makes it. */
  write(path: string, text: string): Promise<void>;
  /** Names of files and folders in a folder. @throws when there is no such folder. */
  list(path: string): Promise<readonly ServerEntry[]>;
}

export interface ServerEntry {
  readonly name: string;
  readonly folder: boolean;
  /** ISO. */
  readonly modified: string;
}

/** Through the contents service: no kernel is needed. */
export class ContentsFiles implements ServerFiles {
  readonly #contents: Contents.IManager;

  constructor(contents: Contents.IManager) {
    this.#contents = contents;
  }

  async read(path: string): Promise<string> {
    const model = await this.#contents.get(path, { type: 'file', format: 'text', content: true });
    return String(model.content);
  }

  async write(path: string, text: string): Promise<void> {
    await this.#contents.save(path, { type: 'file', format: 'text', content: text });
  }

  async list(path: string): Promise<readonly ServerEntry[]> {
    const model = await this.#contents.get(path, { type: 'directory', content: true });
    const entries = (model.content ?? []) as readonly Contents.IModel[];
    return entries.map(({ name, type, last_modified }) => ({
      name,
      folder: type === 'directory',
      modified: last_modified,
    }));
  }
}

/** Joins parts of a path below the server's root; `.` and `..` are resolved, and it never leaves the root. */
export function joinPath(...parts: readonly string[]): string {
  const names: string[] = [];
  for (const name of parts.flatMap((part) => part.split('/'))) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}

/** Whether the contents service can reach a location of the project file: relative ones only. */
export function isBelow(location: string): boolean {
  return !location.includes('://') && !location.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(location);
}
