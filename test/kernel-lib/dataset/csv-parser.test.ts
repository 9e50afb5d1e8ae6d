import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvParser } from '../../../kernel-lib/src/dataset/csv-parser.js';

interface Parsed {
  readonly records: { readonly cells: string[]; readonly line: number }[];
  readonly rejected: { readonly line: number; readonly reason: string; readonly raw: string }[];
}

function parse(text: string, cuts: readonly number[] = []): Parsed {
  const parsed: Parsed = { records: [], rejected: [] };
  const parser = new CsvParser({
    record: (cells, line) => void parsed.records.push({ cells, line }),
    rejected: (line, reason, raw) => void parsed.rejected.push({ line, reason, raw }),
  });
  const places = [0, ...[...cuts].map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (let i = 1; i < places.length; i++) parser.write(text.slice(places[i - 1], places[i]));
  parser.end();
  return parsed;
}

const rows = (text: string) => parse(text).records.map(({ cells }) => cells);

describe('CsvParser', () => {
  test('gives cells as they are written, nothing trimmed', () => {
    expect(rows('3.0, 3,+3 ,é🎉\n')).toEqual([['3.0', ' 3', '+3 ', 'é🎉']]);
  });

  test('reads quoted commas, quotes and line ends', () => {
    expect(rows('"a,b","say ""hi""","two\r\nlines",""\n1,2,3,4')).toEqual([
      ['a,b', 'say "hi"', 'two\r\nlines', ''],
      ['1', '2', '3', '4'],
    ]);
  });

  test('takes a quote inside an unquoted cell for a character', () => {
    expect(rows('6" pipe,x"y"\n')).toEqual([['6" pipe', 'x"y"']]);
  });

  test('takes both line ends, even mixed, and passes over blank lines', () => {
    expect(parse('a,b\r\n\n1,2\n\r\n"3",4\r\n').records).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: ['1', '2'], line: 3 },
      { cells: ['3', '4'], line: 5 },
    ]);
  });

  test('counts lines of the file, not records', () => {
    expect(parse('"a\nb",1\nc,2\n').records.map(({ line }) => line)).toEqual([1, 3]);
  });

  test('rejects text behind a closing quote, and goes on with the next line', () => {
    expect(parse('a,"b"c\n"x""y"z,1\n1,2\n')).toEqual({
      records: [{ cells: ['1', '2'], line: 3 }],
      rejected: [
        { line: 1, reason: 'has text behind a closing quote', raw: 'a,"b"c' },
        { line: 2, reason: 'has text behind a closing quote', raw: '"x""y"z,1' },
      ],
    });
  });

  test('rejects only the line of a quote that is never closed', () => {
    const { records, rejected } = parse('a,b\n1,"open\n2,3\n4,5');

    expect(rejected).toEqual([{ line: 2, reason: 'has a quote that is not closed', raw: '1,"open' }]);
    expect(records.map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['2', '3'],
      ['4', '5'],
    ]);
  });

  test('looks for the closing quote no further than a megabyte', () => {
    const lines = 'x,y\n'.repeat(400_000);
    const { records, rejected } = parse(`"open,1\n${lines}`);

    expect(rejected).toHaveLength(1);
    expect(records).toHaveLength(400_000);
  });

  test('gives any table back, however it is quoted and wherever its blocks end', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ' ', 'é', '🎉') });
    const tables = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(tables, fc.constantFrom('\n', '\r\n'), fc.array(fc.nat()), fc.boolean(), (table, end, cuts, last) => {
        const text = table.map((row) => row.map(([value, quote]) => write(value, quote)).join(',')).join(end);
        const parsed = parse(last && text !== '' ? text + end : text, cuts);

        expect(parsed.rejected).toEqual([]);
        expect(parsed.records.map(({ cells }) => cells)).toEqual(table.map((row) => row.map(([value]) => value)));
      }),
      { numRuns: 500 },
    );
  });

  test('uses every line once, whatever the text', () => {
    const anything = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') });
    fc.assert(
      fc.property(anything, fc.array(fc.nat()), (text, cuts) => {
        const whole = parse(text);
        const lines = [...whole.records, ...whole.rejected].map(({ line }) => line);

        expect(parse(text, cuts)).toEqual(whole);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      { numRuns: 1000 },
    );
  });
});

function write(value: string, quote: boolean): string {
  return quote || /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
