import type { DriftlineKernel } from '../../kernel/driftline-kernel.js';
import { kernelStatus } from '../../kernel/kernel-status.js';
import { element } from '../../widgets/element.js';
import type { MonitorsContext } from './monitors-context.js';

/** What the kernel is doing, below the list; there from the first run of this page on, while the kernel runs. */
export function kernelFooter({ kernel, runs, trans, closed }: MonitorsContext): HTMLElement {
  const footer = element('div', { class: 'driftline-monitors-foot', hidden: true });
  const attach = (running: DriftlineKernel): void => {
    const show = (): void => {
      footer.hidden = running.state.kind === 'stopped';
    };
    running.stateChanged.connect(show);
    closed.addEventListener('abort', () => running.stateChanged.disconnect(show));
    footer.replaceChildren(kernelStatus(running, { trans, closed }));
    show();
  };
  let attached = false;
  const begin = (): void => {
    if (attached) return;
    attached = true;
    kernel
      .get()
      .then(attach)
      .catch(() => {
        // Whoever runs something says why it cannot.
        attached = false;
      });
  };
  runs.changed.connect(begin);
  closed.addEventListener('abort', () => runs.changed.disconnect(begin));
  return footer;
}
