import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { MonitorError } from '../errors.js';
import type { FilePiece } from './capture-task.js';

const CHUNK = 1024 * 1024;
const NEWLINE = 10;
/** Room after the bytes read: for a newline, and for readers that compare several bytes at once. */
const SLACK = 8;

/**
 * Takes complete lines: bytes [start, end), each line with its newline; `unended` for a last one that was given it. The
 * bytes are overwritten after the call.
 */
export type LinesSink = (bytes: Buffer, start: number, end: number, unended: boolean) => void;

/**
 * Reads the lines of a piece in blocks of whole lines through one buffer, which grows to the longest line. A last line
 * without a newline is given one. A byte-order mark at the beginning of the file is left out.
 *
 * @param buffer - to be used again for the next piece.
 * @param onBytes - called with the bytes read since the last call.
 */
export function readLines(
  piece: FilePiece,
  buffer: LineBuffer,
  sink: LinesSink,
  onBytes: (bytes: number) => void,
): void {
  let file: number;
  try {
    file = openSync(piece.path, 'r');
  } catch (cause) {
    throw new MonitorError('FILE_NOT_READABLE', 'A capture file cannot be opened.', { where: piece.uri, cause });
  }
  try {
    const size = fstatSync(file).size;
    let at = lineStart(file, piece.start, buffer);
    const end = piece.end === undefined || piece.end >= size ? size : lineStart(file, piece.end, buffer);
    let held = 0;
    while (at < end) {
      if (held + CHUNK + SLACK > buffer.bytes.length) buffer.grow();
      const read = readSync(file, buffer.bytes, held, Math.min(CHUNK, end - at), at);
      if (read === 0) break;
      let from = 0;
      if (at === 0 && read >= 3 && buffer.bytes.readUIntBE(0, 3) === 0xefbbbf) from = 3;
      at += read;
      onBytes(read);
      const filled = held + read;
      const stop = filled - read + buffer.bytes.subarray(held, filled).lastIndexOf(NEWLINE) + 1;
      if (stop > held) {
        sink(buffer.bytes, from, stop, false);
        buffer.bytes.copyWithin(0, stop, filled);
        held = filled - stop;
      } else {
        if (from > 0) buffer.bytes.copyWithin(0, from, filled);
        held = filled - from;
      }
    }
    if (held > 0) {
      buffer.bytes[held] = NEWLINE;
      sink(buffer.bytes, 0, held + 1, true);
    }
  } finally {
    closeSync(file);
  }
}

/** The buffer of {@link readLines}. */
export class LineBuffer {
  bytes: Buffer = Buffer.alloc(2 * CHUNK);

  grow(): void {
    const larger = Buffer.alloc(2 * this.bytes.length);
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

/** Where the first line begins that begins at `offset` or after it. */
function lineStart(file: number, offset: number, buffer: LineBuffer): number {
  if (offset === 0) return 0;
  let at = offset - 1;
  for (;;) {
    const read = readSync(file, buffer.bytes, 0, 64 * 1024, at);
    if (read === 0) return at;
    const newline = buffer.bytes.subarray(0, read).indexOf(NEWLINE);
    if (newline >= 0) return at + newline + 1;
    at += read;
  }
}
