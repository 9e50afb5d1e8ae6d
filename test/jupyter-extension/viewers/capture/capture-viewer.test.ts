// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileViewer } from '../../../../jupyter-extension/src/viewers/file-viewer.js';
import { captureCells, captureLines, captureProject } from '../../../support/capture-file.js';
import { MemoryFiles } from '../../support/memory-files.js';
import { trans } from '../../support/trans.js';

const openAsText = vi.fn();
const viewers: FileViewer[] = [];
const files = new MemoryFiles({ 'driftline.yaml': captureProject });

/** Draws a file and waits until it is read. */
async function view(text: string, path: string = 'capture/a.jsonl'): Promise<HTMLElement> {
  const viewer = new FileViewer(trans, { path: () => path, files, openAsText });
  viewers.push(viewer);
  viewer.setText(text);
  await vi.waitFor(() => expect(viewer.node.querySelector('[aria-busy]')).toBeNull(), { timeout: 10_000 });
  return viewer.node;
}
afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.dispose();
  openAsText.mockClear();
});

const headers = (node: HTMLElement): (string | null)[] =>
  [...node.querySelectorAll('thead tr:last-child th')].map(({ textContent }) => textContent);
const firstRow = (node: HTMLElement): (string | null)[] =>
  [...(node.querySelector('tbody tr')?.children ?? [])].map(({ textContent }) => textContent);
const facts = (node: HTMLElement): (string | null)[] =>
  [...node.querySelectorAll('.driftline-fact')].map(({ textContent }) => textContent);

describe('a file of captured lines', () => {
  it('opens decoded: a row a request, with the names of the project', async () => {
    const node = await view(`${captureLines(300).join('\n')}\n`);
    expect(node.querySelector('h2')?.textContent).toBe('Capture');
    expect(facts(node)).toEqual([
      'Records300',
      'First5 Mar 2026, 06:00 UTC',
      'Last5 Mar 2026, 06:04 UTC',
      'Column namesfrom census in driftline.yaml',
    ]);
    const named = ['probability', 'age', 'workclass', 'hours-per-week'];
    expect(headers(node)).toEqual(['Line', 'Time (UTC)', 'Event', ...named, 'Encoding']);
    expect(firstRow(node)).toEqual(['1', '5 Mar 2026, 06:00:00', '000000…000000', ...captureCells(0), 'CSV']);
    expect(node.querySelectorAll('tbody tr')).toHaveLength(200);
    expect(node.querySelector('tbody img')).toBeNull();
  });

  it('names cells by position without a project, and twins by their part', async () => {
    const node = await view(captureLines(1).join('\n'), 'elsewhere/a.jsonl');
    expect(headers(node).slice(3, -1)).toEqual(['output', 'input 1', 'input 2', 'input 3']);
    expect(facts(node).at(-1)).toBe('Column namesby position: no driftline.yaml above says more');
    const json = (key: string) => ({ data: `{"${key}": 1, "age": 2}`, encoding: 'JSON' });
    const twins = await view(
      JSON.stringify({ captureData: { endpointInput: json('x'), endpointOutput: json('y') }, eventMetadata: {} }),
      'elsewhere/a.jsonl',
    );
    expect(headers(twins)).toEqual(['Line', 'y', 'age (output)', 'x', 'age (input)', 'Encoding']);
  });

  it('counts the lines that cannot be read, and lists them with their reasons', async () => {
    const node = await view([...captureLines(2), 'nonsense', '{"captureData": {'].join('\n'));
    expect(node.querySelector('.driftline-status')?.textContent).toBe('2 lines cannot be read');
    const rows = [...node.querySelectorAll('details.driftline-folded tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      ['3', 'not JSON', 'nonsense'],
      ['4', 'half-written last line', '{"captureData": {'],
    ]);
  });

  it('says what ground truth and merged records are', async () => {
    const truth = { groundTruthData: { data: '1', encoding: 'CSV' }, eventMetadata: { eventId: 'e-1' } };
    const labels = await view(JSON.stringify(truth));
    expect([labels.querySelector('h2')?.textContent, headers(labels)]).toEqual([
      'Ground truth',
      ['Line', 'Event', 'ground truth', 'Encoding'],
    ]);
    const merged = await view(JSON.stringify({ ...(JSON.parse(captureLines(1)[0]!) as object), ...truth }));
    expect(merged.querySelector('h2')?.textContent).toBe('Capture with ground truth');
    expect(headers(merged).slice(1, 4)).toEqual(['Event', 'ground truth', 'probability']);
  });

  it('leaves JSON lines of other programs alone', async () => {
    const node = await view('{"message": "<b>hello</b>"}\n');
    expect(node.querySelector('[role=alert]')?.textContent).toContain('not a capture record');
    expect(node.querySelector('b')).toBeNull();
    [...node.querySelectorAll('button')].find(({ textContent }) => textContent === 'Open as text')!.click();
    expect(openAsText).toHaveBeenCalledTimes(1);
  });
});
