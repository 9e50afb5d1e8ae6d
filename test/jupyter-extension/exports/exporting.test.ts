// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChartSet } from '../../../jupyter-extension/src/widgets/chart-set.js';
import { chartWithTable } from '../../../jupyter-extension/src/widgets/chart-with-table.js';
import { dataTable } from '../../../jupyter-extension/src/widgets/data-table.js';
import { element } from '../../../jupyter-extension/src/widgets/element.js';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import { trans } from '../support/trans.js';

const plotly = vi.hoisted(() => ({
  react: vi.fn(async () => undefined),
  purge: vi.fn(),
  toImage: vi.fn(async () => 'data:image/svg+xml,%3Csvg%2F%3E'),
}));
vi.mock('plotly.js-cartesian-dist-min', () => ({ default: plotly }));

interface Row {
  readonly name: string;
  readonly share: number;
}

const rows: readonly Row[] = [
  { name: '=b', share: 0.5 },
  { name: 'a, "x"', share: 0.123456789 },
];
const table = (): HTMLElement =>
  dataTable<Row>({
    caption: 'Shares',
    trans,
    rows,
    columns: [
      { title: 'Name', rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
      { title: 'Share', kind: 'number', cell: ({ share }) => `${share * 100} %`, sortBy: ({ share }) => share },
      { title: 'Kind', cell: () => '–', value: ({ share }) => (share > 0.3 ? 'large' : undefined) },
    ],
  });

const [arrowDown, enter] = [40, 13];
const saved: { name: string; content: Blob }[] = [];
beforeEach(() => {
  saved.length = 0;
  Object.assign(URL, {
    createObjectURL: (content: Blob) => `blob:${saved.push({ name: '', content })}`,
    revokeObjectURL: () => undefined,
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.at(-1)!.name = this.download;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

/** Opens the export menu of a part, presses an entry, and gives its words. */
async function choose(part: HTMLElement, name: string, label: string): Promise<string[]> {
  part.querySelector<HTMLElement>(`[aria-label='Export "${name}"']`)!.click();
  await vi.waitFor(() => expect(document.querySelector('.lm-Menu')).not.toBeNull());
  const items = [...document.querySelectorAll<HTMLElement>('.lm-Menu-item')];
  const at = items.findIndex(({ textContent }) => textContent?.includes(label));
  for (const keyCode of [...Array.from({ length: at }, () => arrowDown), enter]) {
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { keyCode, bubbles: true }));
  }
  return items.map(({ textContent }) => textContent ?? '');
}

function onPage(part: HTMLElement): HTMLElement {
  const panel = element('div', { class: 'driftline-panel' }, element('h2', {}, 'census, 2026-03-05'), part);
  document.body.append(panel);
  return panel;
}

describe('the export menu', () => {
  it('gives a table as CSV as it is sorted, with whole numbers and no formulas', async () => {
    const panel = onPage(table());
    panel.querySelector<HTMLElement>('thead button')!.click();
    panel.querySelector<HTMLElement>('thead button')!.click();
    await choose(panel, 'Shares', 'CSV');
    await vi.waitFor(() => expect(saved[0]?.name).toBe('census-2026-03-05-Shares.csv'));
    expect(await text(saved[0]!.content)).toBe(`Name,Share,Kind\r\n"a, ""x""",0.123456789,\r\n'=b,0.5,large\r\n`);
  });

  it('gives a chart as a picture, and its table though the chart is shown', async () => {
    const context = { trans, charts: new ChartSet(), parts: new LateParts(trans) };
    const figure = () => ({ data: [], layout: { height: 100 } });
    const panel = onPage(chartWithTable({ title: 'By name', label: 'Bars', figure, table }, context));
    expect(await choose(panel, 'By name', 'SVG')).toEqual(
      ['PNG', 'SVG', 'CSV'].map((kind) => expect.stringContaining(kind)),
    );
    await vi.waitFor(() => expect(saved[0]?.name).toBe('census-2026-03-05-By-name.svg'));
    expect(await text(saved[0]!.content)).toBe('<svg/>');
    await choose(panel, 'By name', 'CSV');
    await vi.waitFor(() => expect(saved[1]?.name).toBe('census-2026-03-05-Shares.csv'));
    context.charts.dispose();
  });

  it('says beside the button why nothing was exported', async () => {
    plotly.toImage.mockRejectedValueOnce(new Error('no canvas'));
    const context = { trans, charts: new ChartSet(), parts: new LateParts(trans) };
    const figure = () => ({ data: [], layout: { height: 100 } });
    const panel = onPage(chartWithTable({ title: 'By name', label: 'Bars', figure, table }, context));
    await choose(panel, 'By name', 'PNG');
    await vi.waitFor(() =>
      expect(panel.querySelector('.driftline-export [role=status]')?.textContent).toBe('Not exported: no canvas'),
    );
    context.charts.dispose();
  });

  it('is no part of a table without rows', () => {
    const empty = dataTable<Row>({ caption: 'Nothing', trans, rows: [], columns: [{ title: 'Name', cell: () => '' }] });
    expect(empty.querySelector('.driftline-export')).toBeNull();
  });
});

function text(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.readAsText(blob);
  });
}
