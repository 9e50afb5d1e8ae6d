import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { MonitorError } from '../../errors.js';

/** What is known of the rows that were explained so far. */
export interface PartialState {
  readonly rows: number;
  /** The worst additivity error. */
  readonly worst: number;
  /** By feature: the sum of the absolute attributions. */
  readonly sums: readonly number[];
}

/** What is written beside the lines; `bytes` of them are whole. */
interface WrittenState extends PartialState {
  readonly schema: 'driftline.partial';
  readonly version: 1;
  readonly fingerprint: string;
  readonly bytes: number;
}

/** Lines that a run which failed has explained, kept beside its output. */
export interface PartialFile {
  /** Of the run before; undefined where there was none, or one of other input. */
  readonly state: PartialState | undefined;
  /** The lines of the run before. */
  lines(): AsyncIterable<string>;
  add(lines: string, state: PartialState): Promise<void>;
  remove(): Promise<void>;
  /** The error of a run that failed, with what is kept. */
  kept(error: unknown, rows: number): unknown;
}

/**
 * Opens `OUTPUT.partial` and the state beside it, `OUTPUT.partial.json`. Lines are appended, and the state is written after
 * them: what a run that was killed has left behind the last state is cut off.
 *
 * @param asked - everything that the lines depend on: a run of anything else begins anew.
 */
export async function openPartial(output: string, asked: string): Promise<PartialFile> {
  const file = `${output}.partial`;
  const stateFile = `${file}.json`;
  const fingerprint = createHash('sha256').update(asked).digest('hex');
  const found = await readState(stateFile, fingerprint);
  let bytes = 0;
  const size = (await stat(file).catch(() => undefined))?.size ?? -1;
  if (found !== undefined && size >= found.bytes) {
    await truncate(file, found.bytes);
    bytes = found.bytes;
  } else {
    await rm(file, { force: true });
    await rm(stateFile, { force: true });
  }
  const state = bytes === 0 ? undefined : found;
  return {
    state,
    async *lines() {
      for await (const chunk of createReadStream(file, { encoding: 'utf8', end: bytes - 1 })) yield chunk as string;
    },
    async add(lines, next) {
      await appendFile(file, lines);
      bytes += Buffer.byteLength(lines);
      const written: WrittenState = { schema: 'driftline.partial', version: 1, fingerprint, bytes, ...next };
      await writeFile(`${stateFile}.new`, JSON.stringify(written));
      await rename(`${stateFile}.new`, stateFile);
    },
    async remove() {
      await rm(file, { force: true });
      await rm(stateFile, { force: true });
    },
    kept(error, rows) {
      if (!(error instanceof MonitorError)) return error;
      const { code, what, where, fix } = error;
      return new MonitorError(code, `${what} ${rows} rows were explained and are kept.`, {
        ...(where !== undefined && { where }),
        fix: `${fix === undefined ? '' : `${fix}; then `}run the same command again: it goes on from there (${file})`,
        cause: error,
      });
    },
  };
}

async function readState(file: string, fingerprint: string): Promise<WrittenState | undefined> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as WrittenState;
    const known = state.schema === 'driftline.partial' && state.version === 1;
    return known && state.fingerprint === fingerprint ? state : undefined;
  } catch {
    return undefined;
  }
}
