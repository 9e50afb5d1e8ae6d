import { describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import { answerForm, UnreadableAnswer } from '../../../kernel-lib/src/models/answer-reader.js';
import type { ModelAnswer, ModelConfig } from '../../../kernel-lib/src/models/model.js';
import { errorOf } from '../../support/error-of.js';

type Predictor = NonNullable<ModelConfig['predictor']>;

const read = (predictor: Predictor, text: string, rows: number, type?: string): ModelAnswer[] =>
  answerForm({ predictor }, 'text/csv').read(text, type, rows, 0);

const refusal = (make: () => unknown): UnreadableAnswer => errorOf(make, UnreadableAnswer);

const LINES = 'application/jsonlines';
const JSON_TYPE = 'application/json';

// The examples of the Developer Guide's "Endpoint response for tabular data".
describe('documented answers', () => {
  it.each<readonly [string, Predictor, string, number, ModelAnswer[]]>([
    ['a score', { probability: 0 }, '0.6', 1, [0.6]],
    ['scores on one line', { probability: 0 }, '0.6,0.3', 2, [0.6, 0.3]],
    ['scores on two lines', { probability: 0 }, '0.6\n0.3', 2, [0.6, 0.3]],
    ['scores of three classes', {}, '0.1,0.6,0.3', 1, [[0.1, 0.6, 0.3]]],
    [
      'scores of three classes, twice',
      {},
      '0.1,0.6,0.3\n0.2,0.5,0.3',
      2,
      [
        [0.1, 0.6, 0.3],
        [0.2, 0.5, 0.3],
      ],
    ],
    ['labels', { label: 0 }, '1\n0', 2, [1, 0]],
    ['labels on one line', { label: 0 }, '1,0', 2, [1, 0]],
    ['label and score', { label: 0, probability: 1 }, '1,0.6\n0,0.3', 2, [0.6, 0.3]],
    [
      'lists of labels and scores',
      { label: 0, probability: 1 },
      `"['cat','dog','fish']","[0.1,0.6,0.3]"\n"['cat','dog','fish']","[0.2,0.5,0.3]"`,
      2,
      [
        [0.1, 0.6, 0.3],
        [0.2, 0.5, 0.3],
      ],
    ],
    ['JSON Lines', { accept_type: LINES, probability: 'score' }, '{"score":0.6}\n{"score":0.3}\n', 2, [0.6, 0.3]],
    [
      'JSON Lines with lists',
      { accept_type: LINES, probability: 'probabilities' },
      '{"predicted_labels":["cat","dog"],"probabilities":[0.1,0.9]}\r\n{"predicted_labels":["cat","dog"],"probabilities":[0.2,0.8]}',
      2,
      [
        [0.1, 0.9],
        [0.2, 0.8],
      ],
    ],
    [
      'JSON',
      { accept_type: JSON_TYPE, probability: 'predictions[*].score' },
      '{"predictions":[{"predicted_label":1,"score":0.6},{"predicted_label":0,"score":0.3}]}',
      2,
      [0.6, 0.3],
    ],
    [
      'JSON of one record',
      { accept_type: JSON_TYPE, probability: 'predictions[*].score' },
      '{"predictions":[{"score":0.6}]}',
      1,
      [0.6],
    ],
  ])('are read: %s', (_name, predictor, text, rows, answers) => {
    expect(read(predictor, text, rows)).toEqual(answers);
  });
});

describe('answers without an expression', () => {
  it.each<readonly [string, string, number, ModelAnswer[]]>([
    [JSON_TYPE, '[0.1, 0.2]', 2, [0.1, 0.2]],
    [JSON_TYPE, '{"predictions": [[0.1], [0.2]]}', 2, [0.1, 0.2]],
    [
      JSON_TYPE,
      '{"model": "v1", "predictions": [[0.1, 0.9], [0.2, 0.8]]}',
      2,
      [
        [0.1, 0.9],
        [0.2, 0.8],
      ],
    ],
    [JSON_TYPE, '[{"score": 0.1}, {"score": "0.2"}]', 2, [0.1, 0.2]],
    [JSON_TYPE, '0.5', 1, [0.5]],
    [JSON_TYPE, '{"score": 0.5}', 1, [0.5]],
    [JSON_TYPE, '[0.1, 0.9]', 1, [[0.1, 0.9]]],
    [LINES, '0.5\n[0.4]', 2, [0.5, 0.4]],
    [
      'text/csv',
      '[0.1, 0.9]\n[0.2, 0.8]\n',
      2,
      [
        [0.1, 0.9],
        [0.2, 0.8],
      ],
    ],
    ['text/csv', ' 1e-3 \r\n"2"', 2, [0.001, 2]],
  ])('are read where they leave no choice: %s %s', (accept, text, rows, answers) => {
    expect(read({ accept_type: accept }, text, rows)).toEqual(answers);
  });

  it('are read in the type that the endpoint gives them, unless the configuration says one', () => {
    expect(read({}, '[0.1, 0.2]', 2, 'application/json; charset=utf-8')).toEqual([0.1, 0.2]);
    expect(read({}, '0.1\n0.2', 2, 'text/html')).toEqual([0.1, 0.2]);
    expect(read({ probability: 0 }, '0.1\n0.2', 2, 'application/json')).toEqual([0.1, 0.2]);
    expect(read({ accept_type: 'text/csv' }, '0.1\n0.2', 2, 'application/json')).toEqual([0.1, 0.2]);
  });

  it('are refused where they leave one', () => {
    const error = refusal(() => read({ accept_type: LINES }, '{"score":0.9,"predicted_label":1}', 1));
    expect(error.message).toBe('The answer for row 1 has several values: score, predicted_label.');
    expect(error.fix).toContain('predictor.probability');
    expect(refusal(() => read({ accept_type: JSON_TYPE }, '{"a":[1,2],"b":[3,4]}', 2)).message).toBe(
      'The answer has no list of rows.',
    );
  });
});

describe('answers that cannot be read', () => {
  it.each<readonly [Predictor, string, number, string]>([
    [{}, '0.5', 2, 'The endpoint answered 1 rows for 2.'],
    [{}, '0.5\n0.5\n0.5', 2, 'The endpoint answered 3 rows for 2.'],
    [{}, '', 1, 'The endpoint answered 0 rows for 1.'],
    [{}, '0.5\nno', 2, 'The endpoint answered "no" for row 2, which is no number.'],
    [{}, 'nan', 1, 'The endpoint answered "nan" for row 1, which is no number.'],
    [{}, '0.5,', 1, 'The endpoint answered "" for row 1, which is no number.'],
    [{ probability: 3 }, '0.5,0.5\n0.1,0.9', 2, 'A row of the answer has 2 columns, none with index 3.'],
    [{ accept_type: JSON_TYPE }, '<html>', 1, 'The endpoint did not answer in JSON.'],
    [{ accept_type: LINES }, '{"a":1}\n{"a":', 2, 'The endpoint did not answer in JSON.'],
    [{ accept_type: JSON_TYPE }, '[0.5]', 2, 'The endpoint answered 1 rows for 2.'],
    [{ accept_type: JSON_TYPE, probability: 'scores' }, '{"score":[1,2]}', 2, 'The answer has no list at "scores".'],
    [{ accept_type: JSON_TYPE, probability: 'scores' }, '{"score":[1]}', 1, 'The endpoint answered null for row 1.'],
    [{ accept_type: JSON_TYPE }, '[true, 1]', 2, 'The endpoint answered true for row 1.'],
    [{ accept_type: JSON_TYPE }, '[[], 1]', 2, 'The endpoint answered an empty list for row 1.'],
    [{ accept_type: JSON_TYPE }, '[[0.5, null], 1]', 2, 'The endpoint answered null for row 1, which is no number.'],
    [{ accept_type: JSON_TYPE }, '[1e999, 1]', 2, 'The endpoint answered Infinity for row 1, which is no number.'],
  ])('are refused: %j %s', (predictor, text, rows, message) => {
    const error = refusal(() => read(predictor, text, rows));
    expect(error.message).toBe(message);
    expect(text).toContain(error.text);
    expect(error.fix).toMatch(/predictor\.(?:accept_type|probability)/);
  });

  it('count rows from the first of the call', () => {
    const form = answerForm(undefined, 'text/csv');
    expect(refusal(() => form.read('0.5\nx', undefined, 2, 500)).message).toContain('row 502');
  });
});

describe('where answers stand', () => {
  it.each<readonly [Predictor, string]>([
    [{ probability: 'score' }, '"score" is no column of CSV.'],
    [{ label: -1 }, '"-1" is no column of CSV.'],
    [{ accept_type: JSON_TYPE, probability: 'a[' }, '"a[" is no JMESPath'],
    [{ accept_type: JSON_TYPE, probability: 1 }, '1 is no JMESPath'],
    [{ accept_type: 'text/html' }, '"text/html" is no format'],
  ])('is refused before the endpoint is asked: %j', (predictor, what) => {
    try {
      answerForm({ predictor }, 'text/csv');
      expect.unreachable();
    } catch (error) {
      const { code, what: said, where } = error as MonitorError;
      expect([code, where?.startsWith('analysis configuration, predictor.')]).toEqual(['CONFIGURATION', true]);
      expect(said).toContain(what);
    }
  });
});
