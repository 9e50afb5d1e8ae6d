import type { TranslationBundle } from '@jupyterlab/translation';
import { KernelError } from './kernel-error.js';

/** How the kernel is installed, for people. */
export function notInstalled(trans: TranslationBundle): KernelError {
  return new KernelError({
    code: 'NOT_INSTALLED',
    what: trans.__('The Driftline kernel, which runs monitors and reads captures, is not installed in this Jupyter.'),
    fix: trans.__(
      'Run "npx driftline kernel install --sys-prefix python" where the npm package driftline is installed, with the Python of JupyterLab.',
    ),
  });
}

/** What requests end with when the kernel is stopped. */
export function stopped(trans: TranslationBundle): KernelError {
  return new KernelError({ code: 'ABORTED', what: trans.__('The Driftline kernel was stopped.') });
}

/** What starting it came to. `where`: what the server said. */
export function notStarted(trans: TranslationBundle, where: string): KernelError {
  return new KernelError({
    code: 'KERNEL',
    what: trans.__('The Driftline kernel does not start.'),
    where,
    fix: trans.__('Install it again: npx driftline kernel install'),
  });
}
