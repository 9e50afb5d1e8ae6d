import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenRow } from '../../../kernel-lib/src/capture/flatten.js';
import { parseJsonText } from '../../../kernel-lib/src/capture/json-text.js';
import { jsonRow } from '../../../kernel-lib/src/dataset/json-row.js';

describe('jsonRow()', () => {
  test.each([
    [
      '{"a":3.0,"b":3,"c":1e5,"d":-0,"e":12345678901234567890}',
      ['a', '3.0', 'b', '3', 'c', '1e5', 'd', '-0', 'e', '12345678901234567890'],
    ],
    ['{"a":true,"b":null,"c":"","d":"x"}', ['a', 'true', 'b', null, 'c', null, 'd', 'x']],
    ['{"a":{"b":1,"c":[2,{"d":3}]},"e":[],"f":{}}', ['a.b', '1', 'a.c.0', '2', 'a.c.1.d', '3', 'e', null, 'f', null]],
    ['[1,"x",2.50]', ['_c0', '1', '_c1', 'x', '_c2', '2.50']],
    ['{"a":NaN,"b":-Infinity}', ['a', 'NaN', 'b', '-Infinity']],
    ['{"a":0.1,"b":1.5e-7,"c":100}', ['a', '0.1', 'b', '1.5e-7', 'c', '100']],
  ])('of %s', (line, row) => {
    expect(jsonRow(line)).toEqual(row);
  });

  test.each([
    ['{"a":1', 'not JSON'],
    ['nonsense', 'not JSON'],
    ['3.0', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
  ])('says why %s is no row', (line, reason) => {
    expect(jsonRow(line)).toEqual({ reason });
  });

  test('refuses lines that are nested too deeply for any table', () => {
    const nested = (depth: number): string => `{"a":${'['.repeat(depth)}1${']'.repeat(depth)}}`;

    expect(jsonRow(nested(50))).toEqual([`a${'.0'.repeat(50)}`, '1']);
    expect(jsonRow(nested(5_000))).toEqual({ reason: 'nested too deeply' });
  });

  const number = fc
    .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
    .chain((value) =>
      fc.constantFrom(
        String(value),
        value.toFixed(2),
        value.toExponential(3),
        value.toPrecision(17),
        'NaN',
        '-Infinity',
      ),
    );
  const text = fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value));
  const cell = fc.oneof(number, text, fc.constantFrom('true', 'false', 'null', '""', '[]', '{}'));
  const name = fc.string({ minLength: 1 }).filter((key) => !/^\d+$/.test(key));
  const { object } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
    value: fc.oneof({ weight: 4, arbitrary: cell }, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
    object: fc
      .uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key, maxLength: 5 })
      .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(',')}}`),
  }));

  test('gives what the reader of captured JSON gives, however numbers and texts are written', () => {
    fc.assert(
      fc.property(object, (line) => {
        const row = jsonRow(`{"first":1,"second":${line}}`);
        const { names, cells } = flattenRow(parseJsonText(`{"first":1,"second":${line}}`)!);

        expect(row).toEqual(names!.flatMap((key, index) => [key, cells[index]]));
      }),
      { numRuns: 1000 },
    );
  });

  test('takes for JSON what JSON.parse does, after any small damage', () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat(2),
      fc.constantFrom('', ',', '"', '{', ']', '0', '-', '.', 'e', '\\', '\t', ' '),
    );
    fc.assert(
      fc.property(object, damage, (line, [place, cut, put]) => {
        const at = place % line.length;
        const damaged = line.slice(0, at) + put + line.slice(at + cut);
        const row = jsonRow(damaged);

        expect('reason' in row && row.reason === 'not JSON').toBe(parseJsonText(damaged) === undefined);
      }),
      { numRuns: 3000 },
    );
  });
});
