import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import type { TaskResult } from '../../../kernel-lib/src/profile/capture-task.js';
import { TaskProfiler } from '../../../kernel-lib/src/profile/profile-task.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));
const file = path.join(folder, 'capture.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const plan: ReadPlan = { parts: ['output', 'input'], names: { output: ['score'], input: ['a', 'b', 'c'] } };

interface Line {
  readonly input: string;
  readonly output: string;
  readonly id?: string;
  readonly type?: string;
  readonly encoding?: string;
}

function record({ input, output, id = 'e-1', type = 'text/csv', encoding = 'CSV' }: Line): string {
  return JSON.stringify({
    captureData: {
      endpointInput: { observedContentType: type, mode: 'INPUT', data: input, encoding },
      endpointOutput: { observedContentType: 'text/csv; charset=utf-8', mode: 'OUTPUT', data: output, encoding: 'CSV' },
    },
    eventMetadata: { eventId: id, inferenceTime: '2026-03-05T00:00:01Z' },
    eventVersion: '0',
  });
}

/** Profiles the file's content as the product does; `fallbacks` counts the lines that were read as JSON. */
function profile(
  content: string | Buffer,
  scan: boolean,
  using: ReadPlan = plan,
): { result: TaskResult; fallbacks: number } {
  writeFileSync(file, content);
  let fallbacks = 0;
  const readLine = createLineReader(using);
  const counting = (line: string): ReturnType<typeof readLine> => {
    fallbacks++;
    return readLine(line);
  };
  const task = { pieces: [{ path: file, uri: file, start: 0, end: undefined }] };
  return { result: new TaskProfiler(using, counting, scan).run(task, () => undefined), fallbacks };
}

function expectSame(content: string | Buffer, using: ReadPlan = plan): number {
  const scanned = profile(content, true, using);
  expect(scanned.result).toEqual(profile(content, false, using).result);
  return scanned.fallbacks;
}

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1000, max: 1000 }).map(String) },
  { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(4)) },
  { weight: 3, arbitrary: fc.double().map(String) },
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('red', 'grün', '紅', '🙂', 'true', 'false', 'NaN', 'inf', '-inf', 'null', ' 5', '5 '),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '-',
      '+',
      '.',
      '5.',
      '.5',
      '-.5',
      '- 5',
      '+5',
      '--5',
      '1e5',
      '1E-5',
      '1e',
      '1e999',
      '-0',
      '007',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '12345678901234567890',
      '0.1234567890123456789',
      '999999999999999',
      '9999999999999999',
      '1.7976931348623157e308',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !/[,"\n\r]/.test(text)) },
);

const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(','));

const line: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ input: row, output: cell, id: fc.uuid() }).map(record),
  },
  {
    weight: 2,
    arbitrary: fc.record({ input: row, output: cell, id: fc.string({ unit: 'binary' }) }).map(record),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ input: row.map((text) => `${text}\n`), output: cell.map((text) => `${text}\r\n`) })
      .map(record),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ input: fc.array(row, { maxLength: 3 }).map((rows) => rows.join('\n')), output: cell })
      .map(record),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ input: fc.constantFrom('"a,b",2,3', '1,2', '1,2,3,4', '', ',,', '"x'), output: cell })
      .map(record),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        input: row,
        output: cell,
        type: fc.constantFrom('text/csv', 'text/html'),
        encoding: fc.constantFrom('CSV', 'JSON', 'BASE64'),
      })
      .map(record),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '   ', 'not json', '{}', '[]', 'null', '{"captureData":{}}') },
);

describe('the byte scanner', () => {
  test('profiles ordinary lines without reading more than the first as JSON', () => {
    const lines = Array.from({ length: 50 }, (_, i) =>
      record({ input: `${i},${i / 8},red`, output: `0.${i}`, id: `id-${i}` }),
    );
    expect(expectSame(`${lines.join('\n')}\n`)).toBe(1);
    expect(expectSame(`${lines.join('\r\n')}\r\n`)).toBe(1);
    expect(expectSame(`\ufeff${lines.join('\n')}`)).toBe(1);
  });

  test('reads data that ends in a newline, and text beyond ASCII', () => {
    const lines = Array.from({ length: 20 }, (_, i) => record({ input: `${i},grün,紅\n`, output: `${i}\r\n` }));
    expect(expectSame(lines.join('\n'))).toBe(1);
  });

  test('passes over the data of a part that makes no column, whatever it is', () => {
    const lines = Array.from({ length: 20 }, (_, i) =>
      record({ input: `${i},2,3`, output: `{"score":"0.${i}\u00e9"}` }),
    );
    expect(expectSame(lines.join('\n'), { parts: ['input'], names: { input: ['a', 'b', 'c'] } })).toBe(1);
  });

  test('scans several shapes of line side by side', () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      record({ input: `${i},2,3`, output: '1', type: i % 2 ? 'text/csv' : 'text/csv; charset=utf-8' }),
    );
    expect(expectSame(lines.join('\n'))).toBe(2);
  });

  test('reads every line as JSON where a window judges each record', () => {
    const lines = Array.from({ length: 5 }, () => record({ input: '1,2,3', output: '1' }));
    const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-05T01:00:00Z' };
    expect(expectSame(lines.join('\n'), { ...plan, window })).toBe(5);
  });

  test.each([
    '0.30000000000000004',
    '9007199254740993',
    '-12345678.123456789',
    '0000000000000000000012',
    '1e22',
    '123456789012345e8',
    '\\u0031',
    '\x1f',
    '\x7f',
  ])('reads the cell %j as JSON would', (text) => {
    const good = record({ input: '1,2,3', output: '1' });
    expectSame([good, good.replace('"1,2,3"', `"1,${text},3"`), good].join('\n'));
  });

  test('reads bytes that are not UTF-8 as JSON would', () => {
    const good = record({ input: '1,2,3', output: '1' });
    const wrong = Buffer.from(good.replace('"1,2,3"', '"1,~~,3"').replace('e-1', 'e~1'));
    for (let i = 0; i < wrong.length; i++) if (wrong[i] === 126) wrong[i] = 0x80 + (i % 64);
    const truncated = Buffer.from(wrong.map((byte) => (byte >= 0x80 ? 0xe2 : byte)));
    const newline = Buffer.from('\n');
    expectSame(Buffer.concat([Buffer.from(good), newline, wrong, newline, truncated, newline, wrong]));
  });

  test('gives what reading every line as JSON gives', () => {
    const separator = fc.constantFrom('\n', '\r\n', '\n\n');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), separator, fc.boolean(), (lines, between, unnamed) => {
        expectSame(lines.join(between), unnamed ? { parts: plan.parts, names: {} } : plan);
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same where single bytes are damaged, or the last line is half written', () => {
    const lines = fc.array(fc.record({ input: row, output: cell, id: fc.uuid() }).map(record), {
      minLength: 3,
      maxLength: 12,
    });
    const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 6 });
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(lines, damage, cut, (texts, changes, share) => {
        const bytes = Buffer.from(texts.join('\n'));
        for (const [where, value] of changes) bytes[Math.floor(where * bytes.length)] = value;
        expectSame(bytes.subarray(0, Math.ceil(share * bytes.length)));
      }),
      { numRuns: 500 },
    );
  });
});
