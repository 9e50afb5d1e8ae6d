import { LINK_PARAMETER } from '../../tokens.js';
import { button, element } from '../../widgets/element.js';
import type { Dashboard } from './dashboard.js';

/** The address that opens the view of now, with the range as it is. */
export function linkTo(dashboard: Dashboard): string {
  const url = new URL(window.location.href);
  url.search = '';
  url.hash = '';
  url.searchParams.set(LINK_PARAMETER, JSON.stringify(dashboard.args(true)));
  return url.href;
}

/** A button that copies a link to the view; where copying is not possible, the link is shown instead. */
export function copyLink(dashboard: Dashboard): HTMLElement {
  const { trans } = dashboard.context;
  const message = element('span', { class: 'driftline-muted', role: 'status' });
  const copy = async (): Promise<void> => {
    const link = linkTo(dashboard);
    try {
      const { copyText } = await import(/* webpackChunkName: "exports" */ '../../exports/copy-text.js');
      await copyText(link);
      message.replaceChildren(trans.__('Link copied.'));
    } catch {
      const field = element('input', { type: 'text', readonly: true, 'aria-label': trans.__('Link'), value: link });
      message.replaceChildren(field);
      field.select();
    }
  };
  return element(
    'span',
    { class: 'driftline-copy-link' },
    button(
      {
        class: 'driftline-quiet-button',
        title: trans.__('Copy an address that opens this endpoint, tab and range of time'),
      },
      () => void copy(),
      trans.__('Copy link'),
    ),
    message,
  );
}
