import { type CaptureTable, CaptureTableBuilder } from 'driftline/browser-files';
import type { CaptureNames } from './capture-names.js';
import { textLines } from './text-lines.js';

/** Rows of a file that are decoded; what comes after them is left out, and that is said. */
const mostRows = 50_000;

/** A captured file as far as it was decoded. */
export interface ReadCapture {
  readonly table: CaptureTable;
  /** Characters that were not read, in [0, 1] of the file: 0 where all was. */
  readonly unreadFraction: number;
}

export interface ReadCaptureOptions {
  readonly names: CaptureNames['names'];
  /** The share that is done, in [0, 1]; called after each slice. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
  /** Default: {@link mostRows}. */
  readonly rows?: number;
  /** Milliseconds of work before the page gets its turn. Default: 30. */
  readonly slice?: number;
}

/** Decodes a file in slices, so that the page stays alive. Undefined where `signal` ended it. */
export async function readCapture(text: string, options: ReadCaptureOptions): Promise<ReadCapture | undefined> {
  const { names, onProgress, signal, rows = mostRows, slice = 30 } = options;
  const builder = new CaptureTableBuilder({ names });
  let begun = performance.now();
  let end = 0;
  for (const line of textLines(text)) {
    builder.add(line.number, line.text, line.ended);
    end = line.end;
    if (builder.rowCount >= rows) break;
    if (performance.now() - begun < slice) continue;
    onProgress?.(end / text.length);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal?.aborted) return undefined;
    begun = performance.now();
  }
  const rest = text.slice(end).trim() === '' ? 0 : 1 - end / text.length;
  return { table: builder.table(), unreadFraction: rest };
}
