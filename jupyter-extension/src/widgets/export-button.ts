import type { TranslationBundle } from '@jupyterlab/translation';
import { button, element } from './element.js';
import { svgElement, svgIcon } from './svg-element.js';

/** Something that can be taken off the page. */
export interface ExportEntry {
  readonly label: string;
  /** An error is shown beside the button. */
  readonly run: () => void | Promise<void>;
}

/**
 * A button with three dots and a menu: what can be done with a chart, a table or a report. The menu's code is fetched at
 * the first press.
 *
 * @param name - for those who do not see where the button stands: `Export "Features"`.
 * @param entries - asked for at each press.
 */
export function exportButton(
  name: string,
  entries: () => readonly ExportEntry[],
  trans: TranslationBundle,
): HTMLElement {
  const message = element('span', { class: 'driftline-export-message', role: 'status' });
  const guarded = ({ label, run }: ExportEntry): ExportEntry => ({
    label,
    run: async () => {
      message.replaceChildren();
      try {
        await run();
      } catch (error) {
        message.replaceChildren(trans.__('Not exported: %1', error instanceof Error ? error.message : String(error)));
      }
    },
  });
  const node = button(
    {
      class: 'driftline-export-button',
      'aria-label': name,
      title: name,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    },
    () => undefined,
    dots(),
  );
  node.addEventListener('click', (event) => {
    import(/* webpackChunkName: "exports" */ '../exports/export-menu.js')
      .then(({ openExportMenu }) => openExportMenu(node, entries().map(guarded), event.detail === 0))
      .catch((error: unknown) => message.replaceChildren(String(error)));
  });
  return element('span', { class: 'driftline-export' }, message, node);
}

function dots(): SVGSVGElement {
  return svgIcon(16, ...['3', '8', '13'].map((cx) => svgElement('circle', { cx, cy: '8', r: '1.4' })));
}
