import { createHash } from 'node:crypto';
import { joinUri, openStorage } from '../storage/open-storage.js';
import { hourPath } from './hour-path.js';
import type { JoinedRecord } from './joined-records.js';

/** What is held of files that are not written yet; an hour that is larger takes several. */
const HELD_BYTES = 64 * 1024 * 1024;

interface OpenFile {
  readonly folder: string;
  /** Of the folder and of where its records come from. */
  readonly id: string;
  bytes: Buffer;
  length: number;
}

/**
 * Writes merged lines as `{endpoint}/{variant}/yyyy/mm/dd/hh/part-00000-{uuid}.c000.jsonl`, a file for each captured hour,
 * whole or not at all. The uuid is made from the folder and the place of the captured hour, so that a repeated merge
 * replaces its files, however the place was named. Memory: 64 MB, while it grows half as much again.
 */
export class MergedFiles {
  readonly #root: string;
  readonly #source: string;
  readonly #storageOptions: { readonly signal?: AbortSignal };
  readonly #open = new Map<string, OpenFile>();
  /** Files written, by folder and id. */
  readonly #parts = new Map<string, number>();
  readonly #written: string[] = [];
  #hour: string | undefined;
  #held = 0;

  /** @param source - Where captured files lie that lie in no hour folder. */
  constructor(root: string, source: string, signal: AbortSignal | undefined) {
    this.#root = root;
    this.#source = source;
    this.#storageOptions = signal ? { signal } : {};
  }

  /** @returns a promise where something has to be written before more is added. */
  add(joined: JoinedRecord, line: string): Promise<void> | undefined {
    if (joined.hour !== this.#hour) {
      this.#hour = joined.hour;
      if (this.#open.size > 0) return this.#writeAll().then(() => this.#append(joined, line));
    }
    return this.#append(joined, line);
  }

  /** @returns the files written, in this order. */
  async finish(): Promise<readonly string[]> {
    await this.#writeAll();
    await Promise.all([...this.#parts].map(([name, count]) => this.#removeFrom(name, count)));
    return this.#written;
  }

  #append(joined: JoinedRecord, line: string): Promise<void> | undefined {
    const file = this.#fileOf(joined);
    const needed = file.length + 3 * line.length + 1;
    if (needed > file.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * file.bytes.length, needed));
      file.bytes.copy(larger, 0, 0, file.length);
      file.bytes = larger;
    }
    const before = file.length;
    file.length += file.bytes.write(line, file.length);
    file.bytes[file.length++] = 10;
    this.#held += file.length - before;
    if (this.#held < HELD_BYTES) return undefined;
    return this.#write([...this.#open.values()].reduce((most, each) => (each.length > most.length ? each : most)));
  }

  #fileOf(joined: JoinedRecord): OpenFile {
    const folder = folderOf(joined);
    let file = this.#open.get(folder);
    if (file === undefined) {
      const place = hourFolder.exec(joined.file)?.[0] ?? this.#source;
      file = { folder, id: uuidOf(folder, place), bytes: Buffer.allocUnsafeSlow(1 << 16), length: 0 };
      this.#open.set(folder, file);
    }
    return file;
  }

  async #writeAll(): Promise<void> {
    for (const file of [...this.#open.values()]) await this.#write(file);
  }

  async #write(file: OpenFile): Promise<void> {
    this.#open.delete(file.folder);
    this.#held -= file.length;
    const name = joinUri(this.#root, file.folder, file.id);
    const part = this.#parts.get(name) ?? 0;
    this.#parts.set(name, part + 1);
    const uri = partUri(name, part);
    await openStorage(uri).write(uri, file.bytes.subarray(0, file.length), this.#storageOptions);
    this.#written.push(uri);
  }

  /** Takes away what a merge before wrote beyond these parts: its records would count twice. */
  async #removeFrom(name: string, count: number): Promise<void> {
    for (let part = count; ; part++) {
      const uri = partUri(name, part);
      const storage = openStorage(uri);
      if ((await storage.stat(uri, this.#storageOptions)) === undefined) return;
      await storage.remove(uri, this.#storageOptions);
    }
  }
}

const hourFolder = /^.*\/([^/]+)\/([^/]+)\/\d{4}\/\d\d\/\d\d\/\d\d(?=\/[^/]*$)/;

/** `{endpoint}/{variant}/yyyy/mm/dd/hh`; `batch/yyyy/...` for batch transform, by the record's hour where there is no folder. */
function folderOf({ file, hour, record }: JoinedRecord): string {
  const time = Date.parse(hour ?? record.inferenceTime ?? '');
  const date = Number.isNaN(time) ? 'undated' : hourPath(time);
  if (record.batchTransformOutput !== undefined) return `batch/${date}`;
  const [, endpoint, variant] = hourFolder.exec(file) ?? [];
  return endpoint === undefined ? `endpoint/AllTraffic/${date}` : `${endpoint}/${variant}/${date}`;
}

function partUri(name: string, part: number): string {
  const at = name.lastIndexOf('/') + 1;
  return `${name.slice(0, at)}part-${String(part).padStart(5, '0')}-${name.slice(at)}.c000.jsonl`;
}

/** A name-based UUID, version 8: of SHA-256. */
function uuidOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
