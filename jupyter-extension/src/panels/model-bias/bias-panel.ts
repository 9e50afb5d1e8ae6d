import type { ModelBiasReport, Report } from 'driftline';
import { formatNumber } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { section } from '../../widgets/section.js';
import { coverageChart, coverageFacts } from '../label-coverage.js';
import { longestTitle, positiveWords } from './bias-words.js';
import { type FacetsPanel, facetsPanel } from './facets-panel.js';
import { intersectionsPanel } from './intersections-panel.js';

export interface BiasPanel {
  readonly sections: readonly HTMLElement[];
  readonly goTo: FacetsPanel['goTo'];
}

/** The part of a report that is about bias. */
export function biasPanel(
  report: Pick<Report, 'violations' | 'rule'> & { readonly modelBias: ModelBiasReport },
  context: PanelContext,
): BiasPanel {
  const { trans } = context;
  const modelBias = withShortTitles(report.modelBias);
  const facets = facetsPanel({ ...report, modelBias }, context);
  const intersections = intersectionsPanel(modelBias.intersections, context);
  return {
    sections: [
      modelBias.facets.length > 0 && section(trans.__('Bias by group'), facets.node),
      intersections.length > 0 && section(trans.__('Where groups meet'), ...intersections),
      section(trans.__('Labels and predictions'), ...labelsPanel(modelBias, context)),
    ].filter((part) => part instanceof HTMLElement),
    goTo: facets.goTo,
  };
}

function withShortTitles(bias: ModelBiasReport): ModelBiasReport {
  const facets = bias.facets.map((facet) => ({
    ...facet,
    title: shorten(facet.title, longestTitle),
    others: shorten(facet.others, longestTitle),
    metrics: facet.metrics.map((metric) => ({ ...metric, title: shorten(metric.title, longestTitle) })),
  }));
  const { name, positive } = bias.label;
  return { ...bias, facets, label: { name: shorten(name, longestTitle), positive: shorten(positive, longestTitle) } };
}

/** Where label and prediction were found, what the positive outcome is, and how many predictions have their label. */
function labelsPanel(bias: ModelBiasReport, context: PanelContext): HTMLElement[] {
  const { trans } = context;
  const { addressing, coverage, comparisons, label } = bias;
  const { prediction, probability, threshold, groupVariable } = addressing;
  return [
    element(
      'dl',
      { class: 'driftline-facts' },
      ...coverageFacts(coverage, context),
      fact(trans.__('Positive outcome'), positiveWords(label, trans)),
      fact(trans.__('Label'), addressing.label),
      fact(
        trans.__('Prediction'),
        prediction ?? trans.__('none'),
        prediction === undefined && probability === undefined && trans.__('only metrics before training'),
      ),
      ...(probability === undefined
        ? []
        : [
            fact(
              trans.__('Probability'),
              probability,
              threshold !== undefined && trans.__('positive above %1', formatNumber(threshold)),
            ),
          ]),
      ...(groupVariable === undefined ? [] : [fact(trans.__('Subgroups of CDDL and CDDPL'), groupVariable)]),
      ...(comparisons > 0
        ? [
            fact(
              trans.__('Comparisons'),
              formatNumber(comparisons),
              trans.__('p-values are corrected for looking at so many'),
            ),
          ]
        : []),
    ),
    coverageChart(coverage, context),
  ].filter((part) => part instanceof HTMLElement);
}
