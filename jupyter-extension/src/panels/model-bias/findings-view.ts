import type { FacetBiasReport, ModelBiasReport, Violation } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import { button, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon } from '../../widgets/status-mark.js';
import { withoutCause } from './bias-words.js';
import { outcomeSentences } from './facet-sentence.js';

/**
 * What was found about a facet group, in words: its worst violation and why, the others by name, how often it is given
 * the positive outcome, and what makes the numbers weak.
 */
export function findingsView(
  facet: FacetBiasReport,
  bias: ModelBiasReport,
  violations: readonly Violation[],
  goTo: (metric: string) => void,
  { trans }: PanelContext,
): HTMLElement {
  const [worst, ...others] = violations;
  const metric = facet.metrics.find(({ name }) => name === worst?.feature);
  const cause = metric?.cause?.explanation;
  const missing = facet.missing.current ?? 0;
  return element(
    'div',
    { class: 'driftline-finding' },
    worst &&
      withIcon('violated', withoutCause(worst.explanation, metric), ...(cause === undefined ? [] : [' ', cause])),
    others.length > 0 &&
      element(
        'p',
        {},
        trans.__('Also beyond their range:'),
        ...others.flatMap(({ feature }, index) => [
          index > 0 ? ', ' : ' ',
          button({ class: 'driftline-link' }, () => goTo(feature), feature),
        ]),
      ),
    facet.warning !== undefined && withIcon('drifting', facet.warning),
    outcomeList(facet, bias, trans),
    missing > 0 &&
      element(
        'p',
        { class: 'driftline-muted' },
        trans._n(
          '%2 row has no %3; it counts among the others.',
          '%2 rows have no %3; they count among the others.',
          missing,
          formatCount(missing),
          facet.facet,
        ),
      ),
  );
}

function withIcon(tone: 'violated' | 'drifting', ...sentences: readonly string[]): HTMLElement {
  return element('p', { class: 'driftline-service' }, statusIcon(tone), element('span', {}, ...sentences));
}

/** Predictions and labels, each in a sentence or two. */
function outcomeList(
  facet: FacetBiasReport,
  bias: ModelBiasReport,
  trans: PanelContext['trans'],
): HTMLElement | undefined {
  const outcomes = [
    [trans.__('Predictions'), outcomeSentences(facet, 'post-training', bias, trans)],
    [trans.__('Labels'), outcomeSentences(facet, 'pre-training', bias, trans)],
  ] as const;
  const known = outcomes.filter(([, sentences]) => sentences !== undefined);
  if (known.length === 0) return undefined;
  return element(
    'dl',
    { class: 'driftline-outcomes' },
    ...known.map(([name, sentences]) => element('div', {}, element('dt', {}, name), element('dd', {}, sentences))),
  );
}
