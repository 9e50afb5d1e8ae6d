import { describe, expect, it } from 'vitest';
import { checkAttribute, classInText, readAttribute, readFeatures } from '../../../kernel-lib/src/capture/attribute.js';
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

describe('readAttribute() with classes', () => {
  const classes = ['low', 'middle', 'high'];

  it.each([
    ['[0.2, 0.5, 0.3]', 'JSON', undefined],
    ['{"scores": [0.2, 0.5, 0.3]}', 'JSON', 'scores'],
    ['{"predictions": [{"scores": [0.2, 0.5, 0.3]}]}', 'JSON', 'predictions[*].scores'],
    ['{"scores": "[0.2, 0.5, 0.3]"}', 'JSON', 'scores'],
    ['{"scores": ["0.2", "5e-1", "0.3"]}', 'JSON', 'scores'],
    ['0.2,0.5,0.3', 'CSV', undefined],
    ['1,"[0.2, 0.5, 0.3]"', 'CSV', '1'],
    ['{"label": "middle", "scores": [1, 2, 3]}', 'JSON', 'label'],
  ] as const)('takes the class of the greatest number: %s (%s, %s)', (data, encoding, attribute) => {
    expect(readAttribute(attribute, ...output(data, encoding), classes)).toEqual(['middle']);
  });

  it('takes the likeliest class of each row', () => {
    const data = '{"predictions":[{"scores":[0.2,0.5,0.3]},{"scores":[0.9,0.1,0]},{"scores":[0,0,1]}]}';
    const expected = ['middle', 'low', 'high'];
    expect(readAttribute('predictions[*].scores', ...output(data, 'JSON'), classes)).toEqual(expected);
    expect(readAttribute(undefined, ...output('0.2,0.5,0.3\n0.9,0.1,0\n0,0,1', 'CSV'), classes)).toEqual(expected);
    const lines = '{"scores":[0.2,0.5,0.3]}\n{"scores":[0.9,0.1,0]}\n{"scores":[0,0,1]}';
    expect(readAttribute('scores', ...output(lines, 'JSON'), classes)).toEqual(expected);
  });

  it('takes as many rows as there are classes for rows', () => {
    const data = '{"predictions":[{"score":0.2},{"score":0.5},{"score":0.3}]}';
    expect(readAttribute('predictions[*].score', ...output(data, 'JSON'), classes)).toEqual(['0.2', '0.5', '0.3']);
  });

  it('takes the first of equal ones, and none where a number is missing', () => {
    const of = (list: string) => readAttribute('s', ...output(`{"s": ${list}}`, 'JSON'), classes);
    expect(of('[0.4, 0.4, 0.2]')).toEqual(['low']);
    expect(of('[0.4, null, 0.2]')).toEqual([null]);
    expect(of('[0.4, "", 0.2]')).toEqual([null]);
    expect(of('[0.4, "much", 0.2]')).toEqual([null]);
  });

  it('refuses lists of another length', () => {
    expect(readAttribute('s', ...output('{"s": [0.4, 0.6]}', 'JSON'), classes)).toEqual({
      reason: 'has a list or an object at "s"',
    });
    expect(readAttribute(undefined, ...output('0.4,0.6', 'CSV'), classes)).toEqual({
      reason: 'has 2 values: say which is meant',
    });
  });

  it('leaves a text alone that only begins as a list', () => {
    expect(['[0.1, 0.9', '[0.1]', '[[0.1], 0.2, 0.7]', 'low', ''].map((cell) => classInText(cell, classes))).toEqual([
      '[0.1, 0.9',
      '[0.1]',
      '[[0.1], 0.2, 0.7]',
      'low',
      '',
    ]);
    expect([classInText(null, classes), classInText('[1,2,3]', undefined)]).toEqual([null, '[1,2,3]']);
  });
});

describe('readFeatures()', () => {
  const read = (expression: string, data: string) =>
    readFeatures(expression, { data, encoding: 'JSON', contentType: 'application/json' });

  it.each([
    ['features', '{"features": [1, "a", null]}', [['1', 'a', null]]],
    [
      '[*].features',
      '[{"features": [1, 2.50]}, {"features": [3, 4]}]',
      [
        ['1', '2.50'],
        ['3', '4'],
      ],
    ],
    ['instances[*].features', '{"instances": [{"features": [1]}, {"features": [2]}]}', [['1'], ['2']]],
    ['instances[].features[]', '{"instances": [{"features": [1, 2]}]}', [['1', '2']]],
    [
      'features',
      '{"features": [[1, 2], [3, 4]]}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'features',
      '{"features": [1, 2]}\n{"features": [3, 4]}\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['@', '[true, 12345678901234567890]', [['true', '12345678901234567890']]],
  ])('finds the rows of %s in %s', (expression, data, cells) => {
    expect(read(expression, data)).toEqual({ names: undefined, width: cells[0]!.length, cells });
  });

  it('has names where the rows are objects', () => {
    expect(read('rows', '{"rows": [{"age": 30, "sex": "F"}, {"age": 40, "sex": "M"}]}')).toEqual({
      names: ['age', 'sex'],
      width: 2,
      cells: [
        ['30', 'F'],
        ['40', 'M'],
      ],
    });
    expect(read('row', '{"row": {"age": 30}}')).toEqual({ names: ['age'], width: 1, cells: [['30']] });
  });

  it.each([
    ['other', '{"features": [1]}', 'has no "other"'],
    ['features', '{"features": []}', 'has no "features"'],
    ['features', '{"features": 1}', 'has no "features"'],
    ['features', '{"features": "1,2"}', 'has no "features"'],
    ['features', '1,2,3', 'has no "features"'],
    ['features', '{"features": [1]}\n{"other": [1]}', 'has no "features"'],
    ['features', '{"features": [[1], [2, 3]]}', 'rows have different numbers of columns'],
    ['features', '{"features": [1]}\n{"features": [2, 3]}', 'rows have different numbers of columns'],
  ])('says why there are none of %s in %s', (expression, data, reason) => {
    expect(read(expression, data)).toEqual({ reason });
    expect(readFeatures(expression, undefined)).toEqual({ reason: `has no "${expression}"` });
  });

  it('puts the cells of objects under their names, whatever the order of the keys', () => {
    expect(read('[*]', '[{"a": 1, "b": 2}, {"b": 3, "a": 4}, {"b": 5, "c": 6}]')).toEqual({
      names: ['a', 'b', 'c'],
      width: 3,
      cells: [
        ['1', '2', null],
        ['4', '3', null],
        [null, '5', '6'],
      ],
    });
    expect(read('[*]', '[{"a": 1, "b": 2}, [3, 4]]')).toEqual({ reason: 'rows are partly lists and partly objects' });
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
