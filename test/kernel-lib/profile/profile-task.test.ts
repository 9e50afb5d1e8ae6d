import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import { type PlannedPiece, planTasks } from '../../../kernel-lib/src/profile/capture-task.js';
import { HourMerger } from '../../../kernel-lib/src/profile/hour-merger.js';
import { TaskProfiler } from '../../../kernel-lib/src/profile/profile-task.js';
import { LineBuffer, readLines } from '../../../kernel-lib/src/profile/read-lines.js';

const folder = mkdtempSync(path.join(tmpdir(), 'task-'));
const file = path.join(folder, 'lines');
afterAll(() => rmSync(folder, { recursive: true }));

function linesOf(start: number, end: number | undefined, buffer: LineBuffer = new LineBuffer()): string[] {
  const lines: string[] = [];
  const sink = (bytes: Buffer, from: number, to: number): void => {
    expect(bytes[to - 1]).toBe(10);
    lines.push(...bytes.toString('utf8', from, to - 1).split('\n'));
  };
  readLines({ path: file, uri: file, start, end }, buffer, sink, () => undefined);
  return lines;
}

describe('planTasks()', () => {
  test('covers every byte of every object once, in order, in tasks of about the size asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 20 }), fc.integer({ min: 1, max: 500 }), (sizes, taskBytes) => {
        const tasks = planTasks(sizes, taskBytes);
        const lengthOf = ({ object, start, end }: PlannedPiece): number => (end ?? sizes[object]!) - start;
        for (const pieces of tasks) {
          expect(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)).toBeLessThanOrEqual(taskBytes);
        }
        sizes.forEach((size, object) => {
          let at = 0;
          const pieces = tasks.flat().filter((piece) => piece.object === object);
          for (const piece of pieces) {
            expect(piece.start).toBe(at);
            at += lengthOf(piece);
          }
          expect(at).toBe(size);
          expect(pieces.at(-1)?.end).toBeUndefined();
          expect(pieces.length).toBeGreaterThan(0);
        });
      }),
    );
  });
});

describe('readLines()', () => {
  test('gives each line to one piece, wherever the file is cut', () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((line) => line.replace(/[\n\ufeff]/g, '')),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(text, fc.boolean(), fc.array(fc.nat(200), { maxLength: 6 }), (lines, closed, cuts) => {
        const content = Buffer.from(lines.join('\n') + (closed ? '\n' : ''));
        writeFileSync(file, content);
        const places = [...new Set([0, ...cuts.filter((cut) => cut < content.length)])].sort((a, b) => a - b);
        const read = places.flatMap((start, i) => linesOf(start, places[i + 1]));
        const expected = closed || lines.at(-1) !== '' ? lines : lines.slice(0, -1);
        expect(read).toEqual(content.length === 0 ? [] : expected);
      }),
      { numRuns: 300 },
    );
  });

  test('reads lines longer than its buffer, and uses the buffer again', () => {
    const lines = ['a'.repeat(5_000_000), 'b', 'c'.repeat(3_000_000)];
    writeFileSync(file, lines.join('\n'));
    const buffer = new LineBuffer();
    expect(linesOf(0, undefined, buffer)).toEqual(lines);
    writeFileSync(file, 'short\n');
    expect(linesOf(0, undefined, buffer)).toEqual(['short']);
  });

  test('leaves a byte-order mark out', () => {
    writeFileSync(file, '\ufeffone\ntwo');
    expect(linesOf(0, undefined)).toEqual(['one', 'two']);
  });

  test('names the file that cannot be opened', () => {
    rmSync(file);
    expect(() => linesOf(0, undefined)).toThrow(file);
  });
});

describe('HourMerger', () => {
  test('gives the same counts and line numbers however the hour is cut into tasks', () => {
    const plan = { parts: ['input' as const], names: { input: ['x'] } };
    const line = (i: number): string =>
      i % 37 === 5 ? 'broken' : `{"captureData":{"endpointInput":{"data":"${i}","encoding":"CSV"}}}`;
    const files = ['one', 'two'].map((name, f) => {
      const uri = path.join(folder, name);
      const lines = Array.from({ length: 200 }, (_, i) => line(1000 * f + i));
      writeFileSync(uri, `${lines.join('\n')}\n`);
      return { uri, size: lines.join('\n').length + 1 };
    });
    const results = [1e9, 5000, 997, 60].map((taskBytes) => {
      const merger = new HourMerger();
      for (const pieces of planTasks(
        files.map(({ size }) => size),
        taskBytes,
      )) {
        const profiler = new TaskProfiler(plan, createLineReader(plan));
        const located = pieces.map(({ object, start, end }) => {
          const { uri } = files[object]!;
          return { path: uri, uri, start, end };
        });
        merger.add(
          pieces,
          profiler.run({ pieces: located }, () => undefined),
        );
      }
      const { profile, read } = merger.finish();
      const { numeric, present, missing, values } = profile.columns[0]!;
      return { read, present, missing, values, sum: numeric!.moments.sum, items: numeric!.sketch.levels() };
    });
    expect(results[0]!.read).toMatchObject({ files: 2, rows: 388, quarantined: 12 });
    expect(results[0]!.read.examples.map(({ line: number }) => number).slice(0, 6)).toEqual([6, 43, 80, 117, 154, 191]);
    for (const result of results) expect(result).toEqual(results[0]);
  });
});
