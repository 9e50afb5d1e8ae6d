import { createReadStream } from 'node:fs';
import { MonitorError } from '../errors.js';

/** A line of a file, without its line end. */
export interface NumberedLine {
  /** One-based. */
  readonly number: number;
  readonly text: string;
  /** False for a last line that has no newline: its writer may not have finished it. */
  readonly ended: boolean;
}

/**
 * The lines of a local UTF-8 file in order; blank lines are counted and left out. Bytes that are not UTF-8 become
 * U+FFFD, a byte order mark is dropped. Memory: a chunk and the longest line.
 *
 * @throws MonitorError `FILE_NOT_READABLE`.
 */
export async function* readLines(path: string): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (!text.includes('\n')) {
        rest += text;
        continue;
      }
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        number += 1;
        if (line.trim() !== '') yield { number, text: withoutReturn(line), ended: true };
      }
    }
  } catch (cause) {
    throw new MonitorError('FILE_NOT_READABLE', 'The file could not be read.', {
      where: path,
      fix: 'check that it exists and may be read',
      cause,
    });
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield { number: number + 1, text: withoutReturn(rest), ended: false };
}

/** The first lines of a local file that are not blank, at most `count`. */
export async function firstLines(path: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  if (count <= 0) return lines;
  for await (const line of readLines(path)) {
    lines.push(line.text);
    if (lines.length >= count) break;
  }
  return lines;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
