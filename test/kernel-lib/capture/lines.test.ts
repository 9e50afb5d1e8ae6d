import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineReason } from '../../../kernel-lib/src/capture/line-reason.js';
import { firstLines, type NumberedLine, readLines } from '../../../kernel-lib/src/capture/lines.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'driftline-lines-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function linesOf(content: string | Uint8Array): Promise<NumberedLine[]> {
  const file = path.join(folder, 'lines.jsonl');
  await writeFile(file, content);
  const lines: NumberedLine[] = [];
  for await (const line of readLines(file)) lines.push(line);
  return lines;
}

describe('readLines()', () => {
  test('numbers lines from one, leaves blank ones out, and marks a last one without newline', async () => {
    expect(await linesOf('a\r\n\n  \nb\nc')).toEqual([
      { number: 1, text: 'a', ended: true },
      { number: 4, text: 'b', ended: true },
      { number: 5, text: 'c', ended: false },
    ]);
    expect(await linesOf('')).toEqual([]);
  });

  test('reads lines longer than a chunk, and characters across chunks', async () => {
    const long = 'é'.repeat(400_000);
    expect((await linesOf(`x\n${long}\n${long}`)).map(({ text }) => text.length)).toEqual([1, 400_000, 400_000]);
  });

  test('reads bytes that are not UTF-8', async () => {
    expect(await linesOf(Uint8Array.of(0x61, 0xff, 0x0a, 0xc3))).toEqual([
      { number: 1, text: 'a\uFFFD', ended: true },
      { number: 2, text: '\uFFFD', ended: false },
    ]);
  });

  test('gives back the lines that were written', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'ü', '😀', '"'), minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), async (lines) => {
        expect((await linesOf(lines.join('\n'))).map(({ text }) => text)).toEqual(lines);
      }),
      { numRuns: 30 },
    );
  });

  test('says which file cannot be read', async () => {
    const file = path.join(folder, 'missing');
    await expect(firstLines(file, 1)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE', where: file });
  });
});

describe('firstLines()', () => {
  test('stops after the number asked for', async () => {
    await linesOf('a\n\nb\nc\n');
    expect(await firstLines(path.join(folder, 'lines.jsonl'), 2)).toEqual(['a', 'b']);
    expect(await firstLines(path.join(folder, 'lines.jsonl'), 0)).toEqual([]);
  });
});

describe('lineReason()', () => {
  test('calls half-written what is not JSON in a line that has no end, and nothing else', () => {
    expect(lineReason('not JSON', false)).toBe('half-written last line');
    expect(lineReason('not a capture record', false)).toBe('not a capture record');
    expect(lineReason('not JSON', true)).toBe('not JSON');
  });
});
