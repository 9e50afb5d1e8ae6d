import type { TranslationBundle } from '@jupyterlab/translation';
import { button, element } from './element.js';

/** What makes code: fetched when it is first asked for. */
export type CodeMakers = typeof import('../exports/report-code.js');

/**
 * A button that copies TypeScript which makes what is shown again.
 *
 * @param make - makes the code; `root` is the server's root.
 */
export function copyCodeButton(
  make: (code: CodeMakers, root: string) => string | Promise<string>,
  trans: TranslationBundle,
): HTMLElement {
  const message = element('span', { class: 'driftline-muted', role: 'status' });
  const copy = async (): Promise<void> => {
    try {
      const [code, { copyText }, { serverRoot }] = await Promise.all([
        import(/* webpackChunkName: "exports" */ '../exports/report-code.js'),
        import(/* webpackChunkName: "exports" */ '../exports/copy-text.js'),
        import(/* webpackChunkName: "exports" */ '../exports/server-root.js'),
      ]);
      await copyText(await make(code, serverRoot()));
      message.replaceChildren(trans.__('Copied: paste it into a TypeScript cell.'));
    } catch (error) {
      message.replaceChildren(trans.__('Not copied: %1', error instanceof Error ? error.message : String(error)));
    }
  };
  return element(
    'span',
    { class: 'driftline-copy-code' },
    message,
    button(
      { class: 'driftline-add', title: trans.__('Copy TypeScript that makes this again') },
      () => void copy(),
      trans.__('Copy as code'),
    ),
  );
}
