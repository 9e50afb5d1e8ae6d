import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import { localCopies } from '../storage/copy-all.js';
import { openStorage } from '../storage/open-storage.js';
import type { StoredObject } from '../storage/storage.js';
import { textBlocks } from './text-blocks.js';

/** Takes a file's text in pieces that end anywhere. */
export interface TextParser {
  write(text: string): void;
  end(): void;
}

/**
 * Feeds files one after the other to parsers, S3 objects fetched ahead, with progress in bytes. Yields after each piece,
 * when the parser may have something.
 */
export async function* parseTextFiles(
  objects: readonly StoredObject[],
  stage: string,
  parserOf: (uri: string) => TextParser,
  { signal, onProgress }: RunOptions,
): AsyncGenerator<void> {
  const total = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let before = 0;
  for await (const { object, path } of localCopies(openStorage(objects[0]!.uri), objects, signal ? { signal } : {})) {
    const parser = parserOf(object.uri);
    for await (const { text, bytes } of textBlocks(path, object.uri)) {
      throwIfAborted(signal);
      parser.write(text);
      yield;
      onProgress?.({ stage, done: Math.min(total, before + bytes), total, unit: 'bytes' });
    }
    parser.end();
    yield;
    before += object.sizeBytes;
  }
}
