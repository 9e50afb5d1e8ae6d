import type { TranslationBundle } from '@jupyterlab/translation';
import { element } from './element.js';

/** What a mark of a chart looks like: a CSS class `driftline-key-*` draws it. */
export type LegendKey =
  | 'baseline'
  | 'current'
  | 'current-outside'
  | 'current-line'
  | 'violated'
  | 'drifting'
  | 'threshold'
  | 'since'
  | 'baseline-line'
  | 'interval'
  | 'estimated-line'
  | 'estimated-interval'
  | 'labelled'
  | 'unlabelled'
  | 'guess'
  | 'allowed'
  | 'fair'
  | 'violated-sign'
  | 'outcome-ok'
  | 'outcome-none'
  | 'outcome-failed'
  | 'event'
  | 'drift-within'
  | 'drift-beyond'
  | 'framed'
  | 'from-baseline'
  | 'baseline-mark'
  | 'current-mark'
  | 'violated-mark'
  | 'drifting-mark'
  | 'quiet-mark'
  | 'above-fair'
  | 'below-fair'
  | 'rose'
  | 'fell'
  | 'level-low'
  | 'level-middle'
  | 'level-high'
  | 'level-none'
  | 'raises'
  | 'lowers';

/** The words to the marks of a chart; screen readers have the chart's label and its table instead. */
export function legend(
  entries: readonly (readonly [key: LegendKey, words: string])[],
  trans: TranslationBundle,
): HTMLElement {
  return element(
    'ul',
    { class: 'driftline-legend', 'aria-label': trans.__('Legend') },
    ...entries.map(([key, words]) =>
      element('li', {}, element('span', { class: `driftline-key driftline-key-${key}`, 'aria-hidden': 'true' }), words),
    ),
  );
}
