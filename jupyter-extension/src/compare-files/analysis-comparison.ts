import { viewerHead } from '../viewers/viewer-head.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { attributionComparison } from './attribution-comparison.js';
import { biasComparison } from './bias-comparison.js';

/** Two `analysis.json`: the bias metrics of each group, and the attributions of each output, side by side. */
export function analysisComparison(baseline: unknown, current: unknown, context: PanelContext): HTMLElement {
  const { trans } = context;
  const bias = biasComparison(baseline, current, context);
  const attributions = attributionComparison(baseline, current, context);
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(trans.__('Analyses compared'), [
      [trans.__('Outputs'), attributions.length > 0 ? attributions.length : undefined],
    ]),
    bias,
    ...attributions,
    bias === undefined &&
      attributions.length === 0 &&
      element('p', { class: 'driftline-muted' }, trans.__('Neither file holds metrics.')),
  );
}
