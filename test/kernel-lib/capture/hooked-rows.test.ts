import { describe, expect, test } from 'vitest';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import type { HookRecord, HookRow, RecordHook } from '../../../kernel-lib/src/hooks/record-hook.js';
import { captureLine } from './capture-line.js';

const plan: ReadPlan = { parts: ['output', 'input'], names: { input: ['age', 'job'] } };
const line = captureLine({
  input: { data: '41,clerk\n42,', encoding: 'CSV', observedContentType: 'text/csv' },
  output: { data: '{"predictions":[0.10,0.9]}', encoding: 'JSON' },
  metadata: { inferenceId: 'i-7', customAttributes: ['test=true'] },
});

const read = (hook: RecordHook, text = line) => createLineReader(plan, hook)(text);

describe('createLineReader() with a hook', () => {
  test('shows the hook the record as captured and decoded', () => {
    let seen: HookRecord | undefined;
    read((record) => {
      seen = record;
      return null;
    });
    expect(seen?.eventMetadata).toEqual({
      eventId: 'e-1',
      inferenceId: 'i-7',
      inferenceTime: '2026-03-05T10:00:00Z',
      customAttributes: { test: 'true' },
    });
    expect(seen?.input).toEqual({
      data: '41,clerk\n42,',
      encoding: 'CSV',
      contentType: 'text/csv',
      rows: [
        { age: '41', job: 'clerk' },
        { age: '42', job: null },
      ],
    });
    expect(seen?.output.rows).toEqual([{ _c0: '0.10' }, { _c0: '0.9' }]);
    expect(seen?.groundTruth).toMatchObject({ data: '', rows: [] });
  });

  test('takes one row, its columns in key order', () => {
    expect(read(() => ({ b: 2.5, a: 'x', c: true, d: null, e: '', f: undefined, g: Number.NaN }))).toEqual({
      kind: 'rows',
      rows: { names: ['b', 'a', 'c', 'd', 'e', 'f', 'g'], rows: [['2.5', 'x', 'true', null, null, null, 'NaN']] },
    });
  });

  test('takes several rows, missing where one lacks a key', () => {
    expect(
      read(({ input }) => input.rows.map((row, index): HookRow => (index === 0 ? { age: row['age'] } : { n: 1 }))),
    ).toEqual({
      kind: 'rows',
      rows: {
        names: ['age', 'n'],
        rows: [
          ['41', null],
          [null, '1'],
        ],
      },
    });
  });

  test.each([[null], [undefined], [[]]])('drops the record for %j', (nothing) => {
    expect(read(() => nothing)).toEqual({ kind: 'dropped' });
  });

  test('is not asked about what lies outside the window', () => {
    const window = { start: '2026-03-06T00:00:00Z', end: '2026-03-07T00:00:00Z' };
    const hook = (): never => {
      throw new Error('asked');
    };
    expect(createLineReader({ ...plan, window }, hook)(line)).toEqual({ kind: 'outside-window' });
  });

  test.each<[string, () => unknown, string]>([
    [
      'an exception',
      () => {
        throw new TypeError('no "age"\nat line 3');
      },
      'hook failed: no "age"',
    ],
    [
      'a long message, cut',
      () => {
        throw new Error('x'.repeat(500));
      },
      `hook failed: ${'x'.repeat(200)}`,
    ],
    [
      'something thrown that is no error',
      () => {
        throw 'plain';
      },
      'hook failed: plain',
    ],
    ['a promise', async () => ({ a: 1 }), 'hook failed: it returned a promise; hooks are synchronous'],
    [
      'a rejected promise',
      async () => {
        throw new Error('late');
      },
      'hook failed: it returned a promise; hooks are synchronous',
    ],
    ['a number', () => 3, 'hook failed: it returned something else than a row, rows or nothing'],
    ['a list of lists', () => [[1]], 'hook failed: it returned something else than a row, rows or nothing'],
    [
      'a nested cell',
      () => ({ a: { b: 1 } }),
      'hook failed: it returned an object in "a"; cells are text, numbers, booleans or null',
    ],
  ])('quarantines the record for %s', (_, hook, reason) => {
    expect(read(hook as RecordHook)).toEqual({ kind: 'quarantined', reason });
  });

  test('lets the hook read data that cannot be decoded, and fails only where it asks for the rows', () => {
    const odd = captureLine({ input: { data: 'a=1;b=2', encoding: 'JSON' } });
    expect(read(({ input }) => ({ text: input.data }), odd)).toMatchObject({ kind: 'rows' });
    expect(read(({ input }) => [...input.rows], odd)).toEqual({
      kind: 'quarantined',
      reason: 'hook failed: input is not JSON',
    });
  });
});
