import type { ModelQualityReport } from 'driftline';
import { type Child, element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusIcon } from '../widgets/status-mark.js';

/** Said above everything when in a check of model quality there are predictions and no labels for them. */
export function noLabels({ estimate }: ModelQualityReport, { trans }: PanelContext): HTMLElement {
  const hint: Child =
    estimate === undefined
      ? trans.__('Choose an earlier window, or look whether labels arrive where this monitor reads them.')
      : trans.__('Until labels arrive, the estimate below is all there is; it is no measurement.');
  return element(
    'div',
    { class: 'driftline-empty' },
    statusIcon('quiet'),
    element(
      'div',
      {},
      element('p', {}, trans.__('No prediction of this window has its label yet, so no metric could be computed.')),
      element('p', { class: 'driftline-muted' }, hint),
    ),
  );
}

/** Said above everything when in a check of bias there are predictions and no labels for them. */
export function noBiasLabels({ trans }: PanelContext): HTMLElement {
  return element(
    'div',
    { class: 'driftline-empty' },
    statusIcon('quiet'),
    element(
      'div',
      {},
      element(
        'p',
        {},
        trans.__('No prediction of this window has its label yet, so nothing that needs labels could be compared.'),
      ),
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__('Choose an earlier window, or look whether labels arrive where this monitor reads them.'),
      ),
    ),
  );
}
