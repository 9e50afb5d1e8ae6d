import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { isLinearModel, parseModelFile } from '../../../kernel-lib/src/models/parse-model.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { parseUbjson } from '../../../kernel-lib/src/models/ubjson.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { errorOf } from '../../support/error-of.js';

interface Golden {
  readonly name: string;
  /** Base64. */
  readonly ubj: string;
  readonly json: string;
  readonly rows: readonly (readonly ModelCell[])[];
  readonly predictions: readonly (readonly number[])[];
}

const folder = new URL('../../golden/models/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const golden = ['2.1.4', '3.2.0'].flatMap((version) =>
  (JSON.parse(read(`xgboost-ubj-${version}.json`)) as { cases: Golden[] }).cases.map(
    (entry) => [`${entry.name}, ${version}`, entry] as const,
  ),
);
const [, categories] = golden[0]!;
const lightgbm = (JSON.parse(read('lightgbm-models.json')) as { cases: { model: string }[] }).cases[0]!.model;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOfBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

describe('parseModelFile() of .ubj', () => {
  it.each(golden)('gives the predictions of XGBoost: %s', (_, { ubj, rows, predictions }) => {
    const predicted = parseModelFile(bytesOfBase64(ubj), 'model.ubj').predict(rows);
    const expected = predictions.flat();
    expect(predicted.length).toBe(expected.length);
    // Single-precision answers near 1.
    expect(Math.max(...expected.map((value, index) => Math.abs(value - predicted[index]!)))).toBeLessThan(1e-6);
  });

  it.each(golden)('reads what the JSON file of the same model says: %s', (_, { ubj, json, rows }) => {
    const fromUbj = parseModelFile(bytesOfBase64(ubj), 'model.ubj');
    const fromJson = parseModelFile(bytesOf(json), 'model.json');
    expect(fromUbj.features).toEqual(fromJson.features);
    expect(fromUbj.predict(rows)).toEqual(fromJson.predict(rows));
  });

  it('refuses a file cut off at any place', () => {
    const bytes = bytesOfBase64(categories.ubj);
    for (let length = 2; length < bytes.length; length += 97) {
      const error = errorOf(() => parseModelFile(bytes.subarray(0, length), 'model.ubj'));
      expect(error.code).toBe('MODEL');
      expect(error.where).toBe('model.ubj');
    }
  });
});

describe('parseModelFile()', () => {
  it('tells kinds by what they begin with', () => {
    expect(parseModelFile(bytesOf(lightgbm), 'model.json').objective).toBe('binary');
    expect(parseModelFile(bytesOf(`\uFEFF${lightgbm}`), 'model.txt').objective).toBe('binary');
    expect(parseModelFile(bytesOf(` \n${categories.json}`), 'model.txt').objective).toBe('binary:logistic');
    expect(parseModelFile(bytesOfBase64(categories.ubj), 'model.bin').objective).toBe('binary:logistic');
  });

  it('tells linear models from trees', () => {
    const [linear, trees] = ['gblinear, 3.2.0', 'dart, 3.2.0'].map((name) =>
      parseModelFile(bytesOfBase64(golden.find(([entry]) => entry === name)![1].ubj), name),
    );
    expect(isLinearModel(linear!)).toBe(true);
    expect(isLinearModel(trees!)).toBe(false);
  });

  it.each([
    ['nothing', '', 'no model file'],
    ['a table', 'a,b\n1,2\n', 'no model file'],
    ['XGBoost’s old binary format', 'binf\u0000\u0000', 'old binary format'],
    ['LightGBM’s dump_model', '{"name":"tree","version":"v4","tree_info":[]}', 'dump_model'],
    ['XGBoost’s dump_model', '[{"nodeid":0,"leaf":1}]', '"learner" is missing'],
    ['JSON that is cut off', '{"learner":', 'not JSON'],
    ['LightGBM text that is cut off', lightgbm.slice(0, 700), 'end of trees'],
  ])('says what it does not take: %s', (_, text, what) => {
    const error = errorOf(() => parseModelFile(bytesOf(text), 'model.any'));
    expect(error.code).toBe('MODEL');
    expect(error.what).toContain(what);
    expect(error.where).toContain('model.any');
  });

  it.each([
    ['UBJSON', bytesOfBase64(categories.ubj), 3],
    ['JSON', bytesOf(categories.json), 3],
    ['LightGBM text', bytesOf(lightgbm.slice(0, lightgbm.indexOf('parameters:'))), 3],
  ])('takes damaged files of %s as they are read, or says what is wrong', (_, whole, width) => {
    const random = new Random(12);
    const rows = [new Array<null>(width).fill(null), new Array<number>(width).fill(1)];
    let refused = 0;
    for (let repeat = 0; repeat < 400; repeat++) {
      const bytes = whole.slice();
      for (let change = 0; change < 3; change++) {
        bytes[Math.floor(random.uniform() * bytes.length)] = 32 + Math.floor(random.uniform() * 95);
      }
      try {
        parseModelFile(bytes, 'model').predict(rows);
      } catch (error) {
        if (!(error instanceof MonitorError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(50);
  });

  it('opens no pickle', () => {
    expect(errorOf(() => parseModelFile(Uint8Array.of(0x80, 4, 0x95), 'model.pkl')).what).toContain('pickle');
  });
});

describe('parseUbjson()', () => {
  const document = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...bytesOf(part)] : part)));

  it.each<[string, Uint8Array, unknown]>([
    ['null', document('Z'), null],
    ['true and false', document('[TF]'), [true, false]],
    ['small numbers', document('[i', [0xfe], 'U', [0xfe], ']'), [-2, 254]],
    ['16 bits', document('I', [0xff, 0xfe]), -2],
    ['32 bits', document('l', [0, 1, 0, 0]), 65_536],
    ['64 bits', document('L', [0, 0, 0, 1, 0, 0, 0, 0]), 2 ** 32],
    ['single precision', document('d', [0x3f, 0xc0, 0, 0]), 1.5],
    ['double precision', document('D', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]), 1.5],
    ['text', document('Si', [3], '\u00fcx'), 'üx'],
    ['a letter', document('Ca'), 'a'],
    ['a number as text', document('Hi', [3], '1.5'), '1.5'],
    ['padding', document('[NNTN]'), [true]],
    ['a list of known length', document('[#i', [2], 'TZ'), [true, null]],
    ['a list of one type', document('[$U#i', [3], [1, 2, 3]), [1, 2, 3]],
    ['an object', document('{i', [1], 'aU', [7], '}'), { a: 7 }],
    [
      'an object of known length and type',
      document('{$U#i', [2], 'i', [1], 'a', [7], 'i', [1], 'b', [8]),
      { a: 7, b: 8 },
    ],
  ])('reads %s', (_, bytes, value) => {
    expect(parseUbjson(bytes)).toEqual(value);
  });

  it('gives objects nothing but what the file says', () => {
    const object = parseUbjson(document('{i', [9], '__proto__{}}')) as object;
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(Object.keys(object)).toEqual(['__proto__']);
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', document(), 'ends too early (byte 0)'],
    ['more than a document', document('ZZ'), 'more bytes'],
    ['an unknown type', document('[x]'), 'unknown type "x" (byte 1)'],
    ['a length that is no number', document('Sd', [0, 0, 0, 0]), 'no length'],
    ['a length below zero', document('Si', [0xff]), 'length of -1'],
    ['a list longer than the file', document('[$U#l', [0x7f, 0xff, 0xff, 0xff]), '2147483647 entries'],
    ['a type without a length', document('[$U', [1]), 'a type without'],
    ['lists within lists without end', document('['.repeat(200)), 'more than 100 levels'],
  ])('refuses %s', (_, bytes, what) => {
    expect(() => parseUbjson(bytes)).toThrow(what);
  });
});
