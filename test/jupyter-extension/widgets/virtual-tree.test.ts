// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { button } from '../../../jupyter-extension/src/widgets/element.js';
import type { TreeRow } from '../../../jupyter-extension/src/widgets/tree-keys.js';
import { VirtualTree } from '../../../jupyter-extension/src/widgets/virtual-tree.js';

interface Row extends TreeRow {
  readonly text: string;
}

const rowsOf = (count: number, text = ''): Row[] =>
  Array.from({ length: count }, (_, at) => {
    const place = { level: 1, setSize: count, position: at + 1 };
    return { key: `row-${at}`, text: `${text}row ${at}`, ...place, ...(at % 2 === 0 && { expanded: false }) };
  });

let calls: string[];
let made: string[];

function tree(height = 200): VirtualTree<Row> {
  const shown = new VirtualTree<Row>({
    label: 'Rows',
    heightOf: () => 20,
    fill: ({ key, text }) => {
      made.push(key);
      return [document.createTextNode(text), button({ 'data-action': 'run' }, () => calls.push(`run ${key}`), 'Run')];
    },
    signatureOf: ({ text }) => text,
    textOf: ({ text }) => text,
    onToggle: ({ key }) => calls.push(`toggle ${key}`),
    onOpen: ({ key }) => calls.push(`open ${key}`),
  });
  Object.defineProperty(shown.node, 'clientHeight', { value: height });
  document.body.replaceChildren(shown.node);
  return shown;
}

const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')];
const keys = (): string[] => items().map((node) => node.dataset['key'] ?? '');
const press = (key: string, target: Element = document.activeElement ?? document.body): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
};

beforeEach(() => {
  calls = [];
  made = [];
});

describe('VirtualTree', () => {
  it('has only the rows in view on the page, with their place among all', () => {
    const shown = tree();
    shown.setRows(rowsOf(10_000));
    expect(items().length).toBeLessThan(30);
    expect(document.querySelector<HTMLElement>('[role="tree"]')?.style.height).toBe('200000px');
    shown.node.scrollTop = 100_000;
    shown.draw();
    expect(keys()).toContain('row-5000');
    // The row that the Tab key goes to stays on the page wherever it is.
    expect(keys()).toContain('row-0');
    expect(items().length).toBeLessThan(40);
    const row = items().find((node) => node.dataset['key'] === 'row-5000');
    expect(row?.getAttribute('aria-posinset')).toBe('5001');
    expect(row?.getAttribute('aria-setsize')).toBe('10000');
    expect(row?.style.top).toBe('100000px');
  });

  it('is one stop of the Tab key, in which the buttons of the active row follow', () => {
    tree().setRows(rowsOf(5));
    expect(items().map((node) => node.tabIndex)).toEqual([0, -1, -1, -1, -1]);
    const stops = () => items().map((node) => node.querySelector('button')?.tabIndex);
    expect(stops()).toEqual([0, -1, -1, -1, -1]);
    items()[2]?.focus();
    expect(items().map((node) => node.tabIndex)).toEqual([-1, -1, 0, -1, -1]);
    expect(stops()).toEqual([-1, -1, 0, -1, -1]);
  });

  it('goes by keys to rows that were not on the page', () => {
    const shown = tree();
    shown.setRows(rowsOf(1000));
    shown.focus();
    press('End');
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('row-999');
    expect(shown.node.scrollTop).toBe(1000 * 20 - 200);
    press('PageUp');
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('row-989');
    press('Home');
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('row-0');
    expect(shown.node.scrollTop).toBe(0);
    press('r');
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('row-1');
  });

  it('opens and closes by keys and clicks, and leaves buttons their own', () => {
    tree().setRows(rowsOf(4));
    items()[0]?.focus();
    press('ArrowRight');
    press('Enter');
    items()[1]?.click();
    items()[2]?.click();
    const run = items()[3]?.querySelector('button');
    run?.focus();
    press('Enter');
    run?.click();
    expect(calls).toEqual(['toggle row-0', 'open row-0', 'open row-1', 'toggle row-2', 'run row-3']);
    press('Escape');
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('row-3');
  });

  it('makes a row again only where it looks different, and keeps the focus in it', () => {
    const shown = tree();
    shown.setRows(rowsOf(4));
    items()[1]?.querySelector('button')?.focus();
    made = [];
    shown.setRows(rowsOf(4).map((row) => (row.key === 'row-1' ? { ...row, text: 'other' } : row)));
    expect(made).toEqual(['row-1']);
    expect(document.activeElement?.closest<HTMLElement>('[role="treeitem"]')?.dataset['key']).toBe('row-1');
    expect(document.activeElement?.tagName).toBe('BUTTON');
    shown.setRows([...rowsOf(4)].reverse());
    expect(keys()).toEqual(['row-3', 'row-2', 'row-1', 'row-0']);
    expect(document.activeElement?.closest<HTMLElement>('[role="treeitem"]')?.dataset['key']).toBe('row-1');
  });

  it('gives the place of a row that is gone to its neighbour', () => {
    const shown = tree();
    shown.setRows(rowsOf(4));
    items()[3]?.focus();
    shown.setRows(rowsOf(2));
    expect(shown.active?.key).toBe('row-1');
    shown.setRows([]);
    expect([shown.active, items()]).toEqual([undefined, []]);
  });
});
