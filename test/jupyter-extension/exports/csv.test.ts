import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../jupyter-extension/src/exports/csv.js';

const line = (...cells: string[]): string => csvText({ header: cells, rows: [] });

describe('csvText()', () => {
  it('is RFC 4180: a header, CR LF, quotes where they are needed', () => {
    expect(
      csvText({
        header: ['a', 'b'],
        rows: [
          ['1', 'x, y'],
          ['"no"', 'two\nlines'],
        ],
      }),
    ).toBe('a,b\r\n1,"x, y"\r\n"""no""","two\nlines"\r\n');
  });

  it('puts an apostrophe before what a spreadsheet would take for a formula, and leaves numbers alone', () => {
    expect(line('=1+1', '+SUM(A1)', '-cmd', '@x', '\tx', '=HYPERLINK("a")')).toBe(
      `'=1+1,'+SUM(A1),'-cmd,'@x,'\tx,"'=HYPERLINK(""a"")"\r\n`,
    );
    expect(line('-0.5', '+3', '-1e-9', '-.5', '1,5', 'a=b')).toBe('-0.5,+3,-1e-9,-.5,"1,5",a=b\r\n');
    expect(line('-', '--1', '-1-2', '−3')).toBe(`'-,'--1,'-1-2,−3\r\n`);
  });

  it('comes back as it was, but for the apostrophe', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '=', '-', '1', ',', '"', '\n', '\r', ' ', 'ü') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const parsed = Papa.parse<string[]>(csvText({ header: ['one', 'two'], rows }), { newline: '\r\n' });
        const read = parsed.data.slice(1, -1).map((cells) => cells.map((text) => text.replace(/^'/, '')));
        expect(read).toEqual(rows);
      }),
    );
  });
});
