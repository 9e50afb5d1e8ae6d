import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvRows } from '../../../kernel-lib/src/capture/csv-cells.js';

describe('csvRows()', () => {
  test.each([
    ['one row', '1,2', [['1', '2']]],
    [
      'rows with a final newline',
      '1,2\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'Windows line ends',
      '1,2\r\n3,4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['empty cells as missing', ',a,', [[null, 'a', null]]],
    [
      'quoted cells with commas, quotes and line ends',
      '"a,b","say ""x""","two\nlines"',
      [['a,b', 'say "x"', 'two\nlines']],
    ],
    [
      'quoted cells with Windows line ends',
      '"a",1\r\n"b",2\r\n',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a quote within an unquoted cell before a Windows line end', '6"\r\n"a"\r\n', [['6"'], ['a']]],
    [
      'line ends of both kinds, and blanks after a closing quote',
      '"a" ,1\r\n"b",2\n"c",3',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ],
    ],
    ['a quote within an unquoted cell as it is', '6" pipe,1', [['6" pipe', '1']]],
    ['spaces untouched', ' a ,1', [[' a ', '1']]],
    ['a blank line among cells as a missing one where rows have one cell', '1\n\n3', [['1'], [null], ['3']]],
    [
      'no row for a blank line among wider rows',
      '1,2\n\n3,4\n\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['nothing as no rows', '', []],
  ])('reads %s', (_, text, rows) => {
    expect(csvRows(text)).toEqual(rows);
  });

  test.each(['"a,1', '"a"b,1', '"a" x', 'a,"', '"a""'])('says that a quote is not closed in %s', (text) => {
    expect(csvRows(text)).toEqual({ reason: 'has a quote that is not closed' });
  });

  test('reads any text as papaparse does, and refuses what it refuses', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '"', '\n', ' '), maxLength: 14 });
    fc.assert(
      fc.property(
        text.filter((each) => each.includes('"')),
        (given) => {
          const { data, errors } = Papa.parse<string[]>(given.replace(/\n$/, ''), { delimiter: ',', newline: '\n' });
          const cells = data.map((row) => row.map((each) => (each === '' ? null : each)));
          const wide = cells.some((row) => row.length > 1);
          expect(csvRows(given)).toEqual(
            errors.length > 0
              ? { reason: 'has a quote that is not closed' }
              : cells.filter((row) => !wide || row.length > 1 || row[0] !== null),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('reads back what was written, whatever the cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é'), maxLength: 5 });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, fc.boolean(), fc.constantFrom('\n', '\r\n'), (rows, final, newline) => {
        const text = Papa.unparse(rows, { newline }) + (final ? newline : '');
        expect(csvRows(text)).toEqual(rows.map((row) => row.map((text) => (text === '' ? null : text))));
      }),
    );
  });
});
