// @vitest-environment jsdom
import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';
import type { DriftlineKernel, KernelState } from '../../../jupyter-extension/src/kernel/driftline-kernel.js';
import { kernelStatus } from '../../../jupyter-extension/src/kernel/kernel-status.js';
import { trans } from '../support/trans.js';

const busy: KernelState = {
  kind: 'busy',
  title: 'Running census-data-quality',
  progress: { stage: 'reading capture', done: 45, total: 60, unit: 'bytes' },
  waiting: 2,
  cancelling: false,
};

function line(first: KernelState) {
  const closing = new AbortController();
  const changed = new Signal<DriftlineKernel, KernelState>({} as DriftlineKernel);
  const kernel = {
    state: first,
    stateChanged: changed,
    request: vi.fn(),
    cancel: vi.fn(),
    stop: vi.fn(async () => {}),
  } satisfies DriftlineKernel;
  const node = kernelStatus(kernel, { trans, closed: closing.signal });
  const set = (state: KernelState): void => {
    changed.emit(state);
  };
  const shown = (): { words: string; more: string; buttons: string[] } => ({
    words: node.querySelector('[role=status]')!.textContent,
    more: node.querySelector('.driftline-kernel-stage')!.textContent,
    buttons: [...node.querySelectorAll('button')].filter(({ hidden }) => !hidden).map(({ textContent }) => textContent),
  });
  const press = (name: string): HTMLButtonElement => {
    const found = [...node.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
    found.click();
    return found;
  };
  return { node, kernel, set, shown, press, bar: node.querySelector('progress')!, close: () => closing.abort() };
}

describe('kernelStatus()', () => {
  it('says in words what the kernel is doing, and offers what can be done about it', () => {
    const { set, shown } = line({ kind: 'stopped' });
    expect(shown()).toEqual({ words: 'Kernel: not running', more: 'It starts when it is needed.', buttons: [] });
    set({ kind: 'starting' });
    expect(shown()).toEqual({ words: 'Kernel: starting …', more: '', buttons: [] });
    set({ kind: 'idle' });
    expect(shown()).toEqual({ words: 'Kernel: ready', more: '', buttons: ['Stop kernel'] });
    set(busy);
    expect(shown()).toEqual({
      words: 'Running census-data-quality',
      more: 'reading capture, 75 % · 2 more are waiting',
      buttons: ['Cancel', 'Stop kernel'],
    });
    set({ kind: 'not-installed' });
    expect(shown().words).toContain('is not installed');
    expect(shown().more).toContain('npx driftline kernel install');
  });

  it('draws how far the work has come, and that it goes on where that is not known', () => {
    const { set, bar } = line({ kind: 'idle' });
    expect(bar.hidden).toBe(true);
    set(busy);
    expect({ hidden: bar.hidden, value: bar.value, max: bar.max }).toEqual({ hidden: false, value: 45, max: 60 });
    set({ ...busy, progress: { stage: 'listing', done: 3, unit: 'files' } });
    expect(bar.hasAttribute('value')).toBe(false);
  });

  it('cancels, says so, and does not offer it twice', () => {
    const { set, shown, press, kernel } = line(busy);
    const cancel = press('Cancel');
    expect(kernel.cancel).toHaveBeenCalledOnce();
    set({ ...busy, cancelling: true });
    expect(shown().words).toBe('Cancelling: Running census-data-quality');
    expect(cancel.disabled).toBe(true);
  });

  it('stops the kernel, and says when that fails', async () => {
    const { press, kernel, shown } = line({ kind: 'idle' });
    kernel.stop.mockRejectedValueOnce(new Error('the server is gone'));
    const stop = press('Stop kernel');
    expect(stop.disabled).toBe(true);
    await vi.waitFor(() => expect(stop.disabled).toBe(false));
    expect(shown().words).toBe('The kernel could not be stopped: Error: the server is gone');
  });

  it('keeps its buttons, so that the focus stays, and says a state once, however often progress changes', () => {
    const { node, set } = line(busy);
    document.body.append(node);
    const cancel = node.querySelector('button')!;
    const words = node.querySelector('[role=status]')!.firstChild;
    cancel.focus();
    set({ ...busy, progress: { stage: 'reading capture', done: 50, total: 60, unit: 'bytes' } });
    expect(document.activeElement).toBe(cancel);
    expect(node.querySelector('[role=status]')!.firstChild).toBe(words);
    set({ kind: 'idle' });
    expect(document.activeElement).toBe(node.querySelector('[role=status]'));
    node.remove();
  });

  it('no longer changes when its panel is closed', () => {
    const { set, shown, close } = line({ kind: 'idle' });
    close();
    set(busy);
    expect(shown().words).toBe('Kernel: ready');
  });

  it('shows what stands in a title as text', () => {
    const { node } = line({ ...busy, title: '<img src=x onerror=alert(1)>' });
    expect(node.querySelector('img')).toBeNull();
    expect(node.textContent).toContain('<img src=x');
  });
});
