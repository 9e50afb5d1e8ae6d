import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MonitorError } from '../errors.js';

/** A piece of a text file. */
export interface TextBlock {
  readonly text: string;
  /** Bytes read from the file so far, compressed ones where it is. */
  readonly bytes: number;
}

const BLOCK_BYTES = 1 << 18;

/**
 * The text of a local UTF-8 file in blocks that end anywhere; `.gz` is unpacked. A byte order mark is dropped, bytes that
 * are not UTF-8 become U+FFFD. Memory: a block.
 *
 * @param where - the file's address, for errors.
 * @throws MonitorError `FILE_NOT_READABLE`, and `FORMAT` for a `.gz` file that is none or ends early.
 */
export async function* textBlocks(path: string, where: string): AsyncGenerator<TextBlock> {
  const decoder = new TextDecoder();
  const file = createReadStream(path, { highWaterMark: BLOCK_BYTES });
  const packed = /\.gz$/i.test(where);
  const bytes = packed ? pipeline(file, createGunzip({ chunkSize: BLOCK_BYTES }), () => undefined) : file;
  try {
    for await (const chunk of bytes)
      yield { text: decoder.decode(chunk as Buffer, { stream: true }), bytes: file.bytesRead };
    yield { text: decoder.decode(), bytes: file.bytesRead };
  } catch (cause) {
    if (packed && /^Z_/.test((cause as NodeJS.ErrnoException).code ?? '')) {
      throw new MonitorError('FORMAT', 'The file cannot be unpacked: it is no gzip file, or not a whole one.', {
        where,
        fix: 'write it again, or name it without .gz when it is not compressed',
        cause,
      });
    }
    throw new MonitorError('FILE_NOT_READABLE', 'The file could not be read.', {
      where,
      fix: 'check that it exists and may be read',
      cause,
    });
  } finally {
    file.destroy();
  }
}
