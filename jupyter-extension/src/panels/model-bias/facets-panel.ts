import type { FacetBiasReport, ModelBiasReport, Report } from 'driftline';
import { chooser } from '../../widgets/chooser.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon } from '../../widgets/status-mark.js';
import { facetState, worstFirst } from './bias-state.js';
import { type FacetChoice, facetDetail } from './facet-detail.js';

export interface FacetsPanel {
  readonly node: HTMLElement;
  /** Shows a facet group with one of its metrics, and takes the reader to it. */
  goTo(facet: { readonly name: string; readonly value: string }, metric?: string): void;
}

/** Up to so many facet groups the list has no filter. */
const seenAtOnce = 8;

/** The facet groups, the worst first, and beside the list everything about the chosen one. */
export function facetsPanel(
  report: Pick<Report, 'violations' | 'rule'> & { readonly modelBias: ModelBiasReport },
  context: PanelContext,
): FacetsPanel {
  const { trans } = context;
  const { modelBias, violations, rule } = report;
  const facets = worstFirst(modelBias.facets, violations, rule, trans);
  const choices = new Map(facets.map((facet) => [facet, {} as FacetChoice]));
  const list = chooser<FacetBiasReport>(
    {
      items: facets,
      name: ({ title }) => title,
      parts: (facet) => {
        const { tone, words } = facetState(facet, violations, rule, trans);
        return [
          statusIcon(tone),
          element(
            'span',
            { class: 'driftline-facet' },
            element('span', { class: 'driftline-name', title: facet.title }, facet.title),
            element('span', { class: 'driftline-muted' }, words),
          ),
        ];
      },
      detail: (facet) => facetDetail(facet, report, choices.get(facet) ?? {}, context),
      filterWords: trans.__('Filter groups'),
      countWords: (left, all) => trans.__('%1 of %2 groups', left, all),
      unfiltered: seenAtOnce,
      className: 'driftline-facets',
    },
    context,
  );
  const goTo: FacetsPanel['goTo'] = ({ name, value }, metric) => {
    const facet = facets.find((each) => each.facet === name && each.value === value);
    if (facet === undefined) return;
    const choice = choices.get(facet);
    if (choice !== undefined && metric !== undefined) choice.metric = metric;
    list.goTo(facet);
    const shown = metric === undefined ? null : list.node.querySelector<HTMLElement>('.driftline-metric');
    if (shown === null) return;
    shown.scrollIntoView?.({ block: 'nearest' });
    shown.querySelector<HTMLElement>('h5')?.focus({ preventScroll: true });
  };
  return { node: list.node, goTo };
}
