// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { csvTable } from '../../../jupyter-extension/src/exports/download-table.js';
import { pagedTable } from '../../../jupyter-extension/src/widgets/paged-table.js';
import { shownTable } from '../../../jupyter-extension/src/widgets/table-export.js';
import { trans } from '../support/trans.js';

interface Row {
  readonly id: number;
  readonly text: string | null | undefined;
}

const rows: readonly Row[] = Array.from({ length: 25 }, (_, id) => ({
  id,
  text: id === 3 ? null : id === 4 ? undefined : id === 5 ? `${'long '.repeat(40)}end` : `<b>${25 - id}</b>`,
}));

function table(): HTMLElement {
  const node = pagedTable<Row>({
    caption: 'Things',
    trans,
    rows,
    pageSize: 10,
    columns: [
      { title: 'Id', kind: 'number', rowHeader: true, text: ({ id }) => String(id) },
      { title: 'Text', group: 'output', text: ({ text }) => text },
      { title: 'Other', group: 'output', text: ({ id }) => (id % 2 === 0 ? '1,234' : '–') },
    ],
  });
  document.body.append(node);
  return node;
}
afterEach(() => document.body.replaceChildren());

const ids = (node: HTMLElement): string[] =>
  [...node.querySelectorAll('tbody th')].map((cell) => cell.textContent ?? '');
const status = (node: HTMLElement): string | null | undefined => node.querySelector('[role=status]')?.textContent;
const press = (node: HTMLElement, label: string): void =>
  [...node.querySelectorAll('button')]
    .find((each) => each.getAttribute('aria-label') === label || each.textContent === label)!
    .click();
function search(node: HTMLElement, words: string): void {
  const box = node.querySelector<HTMLInputElement>('input[type=search]')!;
  box.value = words;
  box.dispatchEvent(new Event('input'));
}
function condition(node: HTMLElement, column: string, operator: string, value: string): void {
  const [columns, operators] = node.querySelectorAll('select');
  columns!.value = column;
  operators!.value = operator;
  node.querySelector<HTMLInputElement>('input[type=text]')!.value = value;
  press(node, 'Add');
}

describe('pagedTable()', () => {
  it('shows a page at a time and says which', () => {
    const node = table();
    expect([ids(node).length, status(node)]).toEqual([10, '1 to 10 of 25 rows']);
    press(node, 'Rows after');
    press(node, 'Rows after');
    expect([ids(node), status(node)]).toEqual([['20', '21', '22', '23', '24'], '21 to 25 of 25 rows']);
    expect([...node.querySelectorAll<HTMLButtonElement>('.driftline-page')].map(({ disabled }) => disabled)).toEqual([
      false,
      true,
    ]);
  });

  it('sorts all rows by any column, from the first page on', () => {
    const node = table();
    press(node, 'Rows after');
    const header = node.querySelectorAll('thead tr:last-child th')[1]!;
    header.querySelector('button')!.click();
    expect(header.getAttribute('aria-sort')).toBe('ascending');
    expect(ids(node).slice(0, 3)).toEqual(['24', '23', '22']);
    header.querySelector('button')!.click();
    expect(ids(node).slice(0, 3)).toEqual(['5', '0', '1']);
  });

  it('searches all columns and filters single ones, and takes conditions away again', () => {
    const node = table();
    search(node, '<b>2');
    expect(status(node)).toBe('4 of 25 rows');
    condition(node, '0', 'below', '3');
    expect([ids(node), status(node)]).toEqual([['0', '1', '2'], '3 of 25 rows']);
    expect(node.querySelector('.driftline-conditions')?.textContent).toContain('Id is below 3');
    press(node, 'Take away: Id is below 3');
    search(node, 'nothing like it');
    expect([status(node), node.querySelector('tbody')?.textContent]).toEqual([
      'None of 25 rows',
      'No row meets the conditions.',
    ]);
    search(node, '');
    condition(node, '1', 'missing', '');
    expect(ids(node)).toEqual(['3', '4']);
  });

  it('adds no condition without a value', () => {
    const node = table();
    condition(node, '0', 'equals', '');
    expect(status(node)).toBe('1 to 10 of 25 rows');
    expect(document.activeElement).toBe(node.querySelector('input[type=text]'));
  });

  it('tells missing from absent, folds long texts, and takes no text for markup', () => {
    const node = table();
    const cells = [...node.querySelectorAll('tbody tr')].map((row) => row.children[1]!);
    expect([cells[3]?.textContent, cells[4]?.textContent]).toEqual(['–', '']);
    expect(cells[5]?.querySelector('details .driftline-long')?.textContent).toBe(rows[5]?.text);
    expect([node.querySelector('b'), cells[0]?.textContent]).toEqual([null, '<b>25</b>']);
  });

  it('names columns that belong together', () => {
    expect(
      [...table().querySelectorAll('.driftline-groups > *')].map((cell) => [
        cell.textContent,
        cell.getAttribute('colspan'),
      ]),
    ).toEqual([
      ['', '1'],
      ['output', '2'],
    ]);
  });

  it('exports all rows that are left, texts letter for letter', () => {
    const node = table();
    condition(node, '0', 'below', '2');
    expect(csvTable(shownTable(node)!)).toEqual({
      header: ['Id', 'Text', 'Other'],
      rows: [
        ['0', '<b>25</b>', '1,234'],
        ['1', '<b>24</b>', '–'],
      ],
    });
  });
});
