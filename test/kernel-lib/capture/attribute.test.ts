import { describe, expect, it } from 'vitest';
import { checkAttribute, readAttribute } from '../../../kernel-lib/src/capture/attribute.js';
import type { PartRows } from '../../../kernel-lib/src/capture/part-rows.js';
import { partRows } from '../../../kernel-lib/src/capture/part-rows.js';
import type { CapturePart, CaptureRecord } from '../../../kernel-lib/src/capture/record.js';

function output(data: string, encoding: 'CSV' | 'JSON'): readonly [CapturePart, PartRows] {
  const part: CapturePart = { data, encoding, contentType: encoding === 'CSV' ? 'text/csv' : 'application/json' };
  const record: CaptureRecord = {
    eventId: undefined,
    inferenceId: undefined,
    inferenceTime: undefined,
    customAttributes: {},
    eventVersion: '0',
    input: undefined,
    output: part,
    groundTruth: undefined,
    batchTransformOutput: undefined,
  };
  const parts = partRows(record, ['output']);
  if ('reason' in parts) throw new Error(parts.reason);
  return [part, parts[0]!.rows];
}

describe('readAttribute()', () => {
  it('takes the only cell where nothing is said', () => {
    const [part, rows] = output('0.7\n0.2', 'CSV');
    expect(readAttribute(undefined, part, rows)).toEqual(['0.7', '0.2']);
    expect(readAttribute(undefined, ...output('1,0.7', 'CSV'))).toEqual({
      reason: 'has 2 values: say which is meant',
    });
  });

  it('takes a zero-based index', () => {
    expect(readAttribute('1', ...output('1,0.7\n0,0.2', 'CSV'))).toEqual(['0.7', '0.2']);
    expect(readAttribute('2', ...output('1,0.7', 'CSV'))).toEqual({ reason: 'has 2 values, none at index 2' });
  });

  it('takes a name', () => {
    const [part, rows] = output('{"label":1,"score":0.70}', 'JSON');
    expect(readAttribute('score', part, rows)).toEqual(['0.70']);
    expect(readAttribute('scores', part, rows)).toEqual({ reason: 'has no "scores"' });
  });

  it.each([
    ['predictions[*].score', ['0.7', '0.2']],
    ['predictions[*].classes[0]', ['a', 'c']],
    ['predictions[*].[score]', ['0.7', '0.2']],
  ])('takes the JMESPath expression %s', (attribute, expected) => {
    const data = '{"predictions":[{"score":0.7,"classes":["a","b"]},{"score":0.2,"classes":["c","d"]}]}';
    expect(readAttribute(attribute, ...output(data, 'JSON'))).toEqual(expected);
  });

  it('says when an expression gives another number of values, or lists', () => {
    const data = '{"predictions":[{"score":0.7,"classes":["a","b"]},{"score":0.2,"classes":["c","d"]}]}';
    expect(readAttribute('predictions[0].score', ...output(data, 'JSON'))).toEqual({
      reason: 'has 1 "predictions[0].score" for 2 rows',
    });
    expect(readAttribute('predictions[*].classes', ...output(data, 'JSON'))).toEqual({
      reason: 'has a list or an object at "predictions[*].classes"',
    });
  });
});

describe('readAttribute() with names that are no expressions', () => {
  it.each(['income-class', 'annual income', 'income (>50K)', 'Purchased?'])(
    'takes %s as a key, or finds nothing',
    (name) => {
      expect(readAttribute(name, ...output(JSON.stringify({ [name]: 1, other: 2 }), 'JSON'))).toEqual(['1']);
      const nested: PartRows = { names: undefined, width: 0, cells: [[]] };
      const part: CapturePart = {
        data: JSON.stringify({ [name]: 1 }),
        encoding: 'JSON',
        contentType: 'application/json',
      };
      expect(readAttribute(name, part, nested)).toEqual(['1']);
      expect(readAttribute(name, ...output('1', 'CSV'))).toEqual({ reason: `has no "${name}"` });
    },
  );

  it('finds nothing where a function does not fit', () => {
    expect(readAttribute('sum(score)', ...output('{"score": 1, "other": 2}', 'JSON'))).toEqual({
      reason: 'has no "sum(score)"',
    });
  });
});

describe('checkAttribute()', () => {
  it('refuses what is no JMESPath expression', () => {
    expect(() => checkAttribute('predictions[*', '--inference-attribute')).toThrow(/--inference-attribute/);
    checkAttribute('predictions[*].score', '--inference-attribute');
    checkAttribute('0', '--inference-attribute');
    checkAttribute(undefined, '--inference-attribute');
    for (const name of ['income-class', 'income (>50K)', 'Purchased?', 'a.b']) checkAttribute(name, 'label');
  });
});
