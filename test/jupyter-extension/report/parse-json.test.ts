import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../jupyter-extension/src/report/parse-json.js';

describe('parseJson()', () => {
  it('reads all JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it('reads bare NaN and infinities as their names', () => {
    expect(parseJson('{"a": NaN, "b": [Infinity, -Infinity], "c": 1}')).toEqual({
      value: { a: 'NaN', b: ['Infinity', '-Infinity'], c: 1 },
    });
  });

  it('leaves those words alone inside strings, also after escaped quotes', () => {
    expect(parseJson('{"say \\"NaN\\"": "-Infinity and NaN", "x": NaN}')).toEqual({
      value: { 'say "NaN"': '-Infinity and NaN', x: 'NaN' },
    });
  });

  it('says what is wrong with text that is not JSON', () => {
    expect(parseJson('{"features": [')).toEqual({ error: expect.stringMatching(/JSON/) });
  });
});
