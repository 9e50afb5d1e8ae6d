// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyCodeButton } from '../../../jupyter-extension/src/widgets/copy-code-button.js';
import { trans } from '../support/trans.js';

vi.mock('@jupyterlab/coreutils', () => ({ PageConfig: { getOption: () => '~/work' } }));

const writeText = vi.fn(async () => undefined);
Object.assign(navigator, { clipboard: { writeText } });
afterEach(() => vi.clearAllMocks());

function press(node: HTMLElement): HTMLElement {
  node.querySelector('button')!.click();
  return node.querySelector('[role=status]')!;
}
const node = (): HTMLElement =>
  copyCodeButton(({ analysisCode }, root) => analysisCode({ path: 'a.json', root }), trans);

describe('copyCodeButton()', () => {
  it('copies the code with the place on the server, and says so', async () => {
    const status = press(node());
    await vi.waitFor(() => expect(status.textContent).toBe('Copied: paste it into a TypeScript cell.'));
    expect(writeText).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('join(homedir(), "work/a.json")'));
  });

  it('takes the older way where the clipboard is not to be had, and says when that fails, too', async () => {
    const copied: string[] = [];
    document.execCommand = vi.fn(() => {
      copied.push((document.activeElement as HTMLTextAreaElement).value);
      return true;
    });
    writeText.mockRejectedValueOnce(new Error('denied'));
    const status = press(node());
    await vi.waitFor(() => expect(status.textContent).toMatch(/^Copied/));
    expect(copied).toEqual([expect.stringContaining('"work/a.json"')]);
    expect(document.querySelector('textarea')).toBeNull();
    writeText.mockRejectedValueOnce(new Error('denied'));
    document.execCommand = vi.fn(() => false);
    const failed = press(node());
    await vi.waitFor(() => expect(failed.textContent).toBe('Not copied: denied'));
  });
});
