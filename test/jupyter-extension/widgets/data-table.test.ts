// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { dataTable } from '../../../jupyter-extension/src/widgets/data-table.js';
import { trans } from '../support/trans.js';

interface Row {
  readonly name: string;
  readonly value: number | undefined;
}

const rows: readonly Row[] = [
  { name: 'b10', value: 2 },
  { name: 'b9', value: undefined },
  { name: '<img src=x onerror=alert(1)>', value: 30 },
];

function table(given: readonly Row[] = rows): HTMLElement {
  return dataTable<Row>({
    caption: 'Things',
    trans,
    rows: given,
    empty: 'Nothing here.',
    columns: [
      { title: 'Name', rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
      { title: 'Value', kind: 'number', cell: ({ value }) => String(value ?? '–'), sortBy: ({ value }) => value },
      { title: 'Plain', cell: () => 'x' },
    ],
  });
}

const names = (node: HTMLElement): (string | null)[] =>
  [...node.querySelectorAll('tbody th')].map(({ textContent }) => textContent);
const header = (node: HTMLElement, index: number): HTMLElement =>
  node.querySelectorAll<HTMLElement>('thead th')[index]!;

describe('dataTable()', () => {
  it('names itself, its columns and its rows', () => {
    const node = table();
    expect(node.querySelector('caption')?.textContent).toBe('Things');
    expect([...node.querySelectorAll('thead th')].every((cell) => cell.getAttribute('scope') === 'col')).toBe(true);
    expect([...node.querySelectorAll('tbody th')].every((cell) => cell.getAttribute('scope') === 'row')).toBe(true);
    expect(node.querySelector('[role=group]')?.getAttribute('aria-labelledby')).toBe(node.querySelector('caption')?.id);
  });

  it('sorts by its header buttons: up, down, and back to the given order', () => {
    const node = table();
    const button = header(node, 1).querySelector('button')!;
    const seen: unknown[] = [[header(node, 1).getAttribute('aria-sort'), names(node)[0]]];
    for (let press = 0; press < 3; press++) {
      button.click();
      seen.push([header(node, 1).getAttribute('aria-sort'), names(node)[0]]);
    }
    expect(seen).toEqual([
      ['none', 'b10'],
      ['ascending', 'b10'],
      ['descending', '<img src=x onerror=alert(1)>'],
      ['none', 'b10'],
    ]);
  });

  it('puts rows without a value last in both directions, and reads digits in names as numbers', () => {
    const node = table();
    header(node, 1).querySelector('button')?.click();
    expect(names(node).at(-1)).toBe('b9');
    header(node, 1).querySelector('button')?.click();
    expect(names(node).at(-1)).toBe('b9');
    header(node, 0).querySelector('button')?.click();
    expect(names(node).indexOf('b9')).toBeLessThan(names(node).indexOf('b10'));
    expect(header(node, 1).getAttribute('aria-sort')).toBe('none');
  });

  it('never takes text for markup', () => {
    expect(table().querySelector('img')).toBeNull();
  });

  it('says when there is nothing', () => {
    expect(table([]).querySelector('tbody')?.textContent).toBe('Nothing here.');
  });

  it('leaves the order to whoever has all rows, says which it is, and marks a column', () => {
    const wanted: unknown[] = [];
    const node = dataTable<string>({
      caption: 'Rows',
      trans,
      rows: ['b', 'a'],
      columns: [{ title: 'Name', cell: (row) => row, sortBy: (row) => row, marked: true }],
      order: { sorting: { column: 0, direction: 'ascending' }, onSort: (sorting) => wanted.push(sorting) },
    });
    expect(header(node, 0).getAttribute('aria-sort')).toBe('ascending');
    header(node, 0).querySelector('button')!.click();
    expect(wanted).toEqual([{ column: 0, direction: 'descending' }]);
    expect([...node.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['b', 'a']);
    expect(node.querySelectorAll('.driftline-marked')).toHaveLength(3);
  });
});
