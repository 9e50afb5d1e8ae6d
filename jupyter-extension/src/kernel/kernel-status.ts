import type { TranslationBundle } from '@jupyterlab/translation';
import type { Progress } from 'driftline';
import { button, element } from '../widgets/element.js';
import { statusMark, type Tone } from '../widgets/status-mark.js';
import type { DriftlineKernel, KernelState } from './driftline-kernel.js';
import { notInstalled } from './kernel-problems.js';

/** What the line needs of a panel. */
export interface KernelStatusContext {
  readonly trans: TranslationBundle;
  /** Ends when the panel is closed. */
  readonly closed: AbortSignal;
}

/**
 * A line that says what the kernel is doing, how far it has come and what waits, with buttons to cancel that and to stop the
 * kernel. It keeps its place and its buttons while the state changes, so that the focus stays.
 */
export function kernelStatus(kernel: DriftlineKernel, { trans, closed }: KernelStatusContext): HTMLElement {
  const words = element('span', { class: 'driftline-kernel-words', role: 'status', tabindex: '-1' });
  const bar = element('progress', { 'aria-label': trans.__('Progress of the kernel') });
  const stage = element('span', { class: 'driftline-kernel-stage driftline-muted' });
  const cancel = button({ class: 'driftline-kernel-button' }, () => kernel.cancel(), trans.__('Cancel'));
  const stop = button(
    {
      class: 'driftline-kernel-button',
      title: trans.__('Shut down the kernel that runs monitors in the background; what it is doing is aborted'),
    },
    () => {
      stop.disabled = true;
      kernel
        .stop()
        .catch((error: unknown) => say('drifting', trans.__('The kernel could not be stopped: %1', String(error))))
        .finally(() => {
          stop.disabled = false;
        });
    },
    trans.__('Stop kernel'),
  );
  const buttons = element('span', { class: 'driftline-kernel-buttons' }, cancel, stop);
  const say = (tone: Tone | undefined, text: string): void => {
    // Said once: progress changes it often, and screen readers would say it each time.
    if (words.textContent === text) return;
    words.replaceChildren(tone === undefined ? element('strong', {}, text) : statusMark(tone, text));
  };
  const show = (state: KernelState): void => {
    const { tone, text, more } = describe(state, trans);
    say(tone, text);
    const busy = state.kind === 'busy' ? state : undefined;
    bar.hidden = state.kind !== 'starting' && busy === undefined;
    setProgress(bar, busy?.progress);
    stage.textContent = more;
    stage.hidden = more === '';
    if (busy === undefined && document.activeElement === cancel) words.focus();
    cancel.hidden = busy === undefined;
    cancel.disabled = busy?.cancelling ?? false;
    stop.hidden = state.kind !== 'idle' && busy === undefined;
  };
  const changed = (_sender: DriftlineKernel, state: KernelState): void => show(state);
  if (!closed.aborted) kernel.stateChanged.connect(changed);
  closed.addEventListener('abort', () => kernel.stateChanged.disconnect(changed));
  show(kernel.state);
  return element('div', { class: 'driftline-kernel' }, words, bar, stage, buttons);
}

/** What is said of a state; work in progress has the bar in place of an icon. */
function describe(state: KernelState, trans: TranslationBundle): { tone?: Tone; text: string; more: string } {
  switch (state.kind) {
    case 'not-installed': {
      const { what, fix = '' } = notInstalled(trans);
      return { tone: 'drifting', text: what, more: fix };
    }
    case 'stopped':
      return { tone: 'quiet', text: trans.__('Kernel: not running'), more: trans.__('It starts when it is needed.') };
    case 'starting':
      return { text: trans.__('Kernel: starting …'), more: '' };
    case 'idle':
      return { tone: 'ok', text: trans.__('Kernel: ready'), more: '' };
    case 'busy': {
      const { title, cancelling, progress, waiting } = state;
      const parts = [
        !cancelling && progress && stageWords(progress, trans),
        waiting > 0 && trans._n('%1 more is waiting', '%1 more are waiting', waiting, waiting),
      ];
      return {
        text: cancelling ? trans.__('Cancelling: %1', title) : title,
        more: parts.filter((part) => part !== false && part !== undefined).join(' · '),
      };
    }
  }
}

/** "reading capture, 45 %" */
function stageWords({ stage, done, total }: Progress, trans: TranslationBundle): string {
  if (total === undefined || total <= 0) return stage;
  return trans.__('%1, %2 %', stage, Math.floor((100 * Math.min(done, total)) / total));
}

/** Without a total the bar only says that something is going on. */
function setProgress(bar: HTMLProgressElement, progress: Progress | undefined): void {
  const { done = 0, total = 0 } = progress ?? {};
  if (total > 0) {
    bar.max = total;
    bar.value = Math.min(done, total);
  } else bar.removeAttribute('value');
}
