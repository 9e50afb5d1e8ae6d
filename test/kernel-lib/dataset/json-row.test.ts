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

  test('gives what the reader of captured JSON gives, however the numbers are written', () => {
    const number = fc
      .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
      .chain((value) =>
        fc.constantFrom(String(value), value.toFixed(2), value.toExponential(3), value.toPrecision(17)),
      );
    const cell = fc.oneof(
      number,
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom('true', 'null', '""', '[]', '{}'),
    );
    const nested = fc.oneof(
      cell,
      fc.array(cell, { maxLength: 3 }).map((items) => `[${items}]`),
      cell.map((item) => `{"in":${item}}`),
    );
    const objects = fc
      .uniqueArray(fc.tuple(fc.string({ minLength: 1 }), nested), {
        selector: ([name]) => name,
        minLength: 2,
        maxLength: 6,
      })
      .map((pairs) => `{${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`);
    fc.assert(
      fc.property(objects, (line) => {
        const { names, cells } = flattenRow(parseJsonText(line)!);

        expect(jsonRow(line)).toEqual(names!.flatMap((name, index) => [name, cells[index]]));
      }),
      { numRuns: 1000 },
    );
  });
});
