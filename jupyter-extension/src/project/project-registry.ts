import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import { ProjectStore } from './project-store.js';
import { joinPath, type ServerFiles } from './server-files.js';

/** Folders that are looked into when projects are searched for, and how deep below the root. */
const SEARCHED_FOLDERS = 200;
const SEARCHED_DEPTH = 3;

/** The projects that panels show: each is opened once and shared. */
export class ProjectRegistry {
  readonly #files: ServerFiles;
  readonly #trans: TranslationBundle;
  readonly #readElsewhere: (project: string, uri: string) => Promise<string>;
  readonly #stores = new Map<string, ProjectStore>();
  readonly #changed = new Signal<this, void>(this);

  constructor(
    files: ServerFiles,
    trans: TranslationBundle,
    readElsewhere: (project: string, uri: string) => Promise<string>,
  ) {
    this.#files = files;
    this.#trans = trans;
    this.#readElsewhere = readElsewhere;
  }

  /** Emitted when a project is opened or closed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** By path. */
  get projects(): readonly ProjectStore[] {
    return [...this.#stores.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The project of a folder (or of its `driftline.yaml`); opened and read at the first call. Problems are the store's. */
  async open(path: string): Promise<ProjectStore> {
    const folder = projectFolder(path);
    const known = this.#stores.get(folder);
    if (known !== undefined) return known;
    const store = new ProjectStore(folder, this.#files, this.#trans, this.#readElsewhere);
    this.#stores.set(folder, store);
    await store.refresh();
    this.#changed.emit();
    return store;
  }

  close(path: string): void {
    const folder = projectFolder(path);
    const store = this.#stores.get(folder);
    if (store === undefined) return;
    this.#stores.delete(folder);
    store.dispose();
    this.#changed.emit();
  }

  /** Reads again what has changed on the disk, of all projects. */
  async refresh(): Promise<void> {
    await Promise.all(this.projects.map((store) => store.refresh()));
  }

  /**
   * Folders with a `driftline.yaml`, the shallowest first: up to three levels below the root, hidden folders and those of
   * packages left out, in at most 200 folders.
   */
  async search(): Promise<readonly string[]> {
    const found: string[] = [];
    let level = [''];
    let looked = 0;
    for (let depth = 0; depth <= SEARCHED_DEPTH && level.length > 0; depth++) {
      const folders = level.slice(0, Math.max(0, SEARCHED_FOLDERS - looked));
      looked += folders.length;
      const lists = await Promise.all(
        folders.map(async (folder) => ({ folder, entries: await this.#files.list(folder).catch(() => []) })),
      );
      level = [];
      for (const { folder, entries } of lists) {
        if (entries.some(({ name, folder: isFolder }) => name === 'driftline.yaml' && !isFolder)) found.push(folder);
        else level.push(...entries.filter(isSearched).map(({ name }) => joinPath(folder, name)));
      }
    }
    return found;
  }
}

/** The folder of a project that is named by it or by its `driftline.yaml`. */
export function projectFolder(path: string): string {
  return joinPath(path.replace(/(^|\/)driftline\.yaml$/, ''));
}

/** A project has its own folders below it, which are no projects. */
function isSearched({ name, folder }: { readonly name: string; readonly folder: boolean }): boolean {
  return folder && !name.startsWith('.') && name !== 'node_modules' && name !== '__pycache__';
}
