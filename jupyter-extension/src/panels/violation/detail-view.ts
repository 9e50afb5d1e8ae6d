import type { Violation } from 'driftline';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { distributionView } from '../distribution-view.js';
import { hourlyView } from '../hourly-view.js';
import { distancesView, numbersView } from '../numbers-view.js';
import type { FoundViolation } from './find-violation.js';

/** What was measured, in full: the parts that the report has of the feature, the metric, the facet or the ranking. */
export function detailView(found: FoundViolation, context: PanelContext): HTMLElement {
  const { report } = found;
  const { modelQuality, modelBias, modelExplainability } = report;
  if (modelQuality !== undefined) return metricPart(found, context);
  if (modelBias !== undefined) return biasPart(found, context);
  if (modelExplainability !== undefined) return attributionPart(found, context);
  return featurePart(found, context);
}

function featurePart({ report, violation }: FoundViolation, context: PanelContext): HTMLElement {
  const { trans } = context;
  const feature = report.features.find(({ name }) => name === violation.feature);
  if (feature === undefined) {
    return element(
      'div',
      {},
      element('p', {}, violation.explanation),
      element('p', { class: 'driftline-muted' }, violation.description),
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__('There is no distribution to show: this is about no single column.'),
      ),
    );
  }
  return element(
    'div',
    { class: 'driftline-detail' },
    distributionView(feature, context),
    hourlyView(feature, [violation], context),
    element(
      'details',
      { class: 'driftline-folded' },
      element('summary', {}, trans.__('All numbers and distances')),
      element(
        'div',
        { class: 'driftline-beside' },
        (feature.baseline ?? feature.current) && numbersView(feature, context),
        feature.distances.length > 0 && distancesView(feature, context),
      ),
    ),
  );
}

function metricPart({ report, violation }: FoundViolation, context: PanelContext): HTMLElement {
  const { trans, parts } = context;
  return parts.add({
    title: trans.__('model quality'),
    load: () => import(/* webpackChunkName: "model-quality" */ '../model-quality/metric-detail.js'),
    make: ({ metricDetail }) => {
      const quality = report.modelQuality;
      const metric = quality?.metrics.find(({ name }) => name === violation.feature);
      const nodes = quality && metric ? metricDetail(metric, quality, [unexplained(violation)], context) : [];
      return element('div', { class: 'driftline-detail' }, ...nodes);
    },
    nodes: (node) => [node],
  }).node;
}

function biasPart({ report, violation }: FoundViolation, context: PanelContext): HTMLElement {
  const { trans, parts } = context;
  return parts.add({
    title: trans.__('bias'),
    load: () => import(/* webpackChunkName: "model-bias" */ '../model-bias/metric-detail.js'),
    make: ({ biasMetricDetail }) => {
      const bias = report.modelBias;
      const facet = bias?.facets.find(
        (known) => known.facet === violation.facet?.name && known.value === violation.facet.value,
      );
      const metric = facet?.metrics.find(({ name }) => name === violation.feature);
      const nodes =
        bias && facet && metric ? biasMetricDetail(metric, facet, bias, [unexplained(violation)], context) : [];
      return element('div', { class: 'driftline-detail' }, ...nodes);
    },
    nodes: (node) => [node],
  }).node;
}

/** What happened stands at the head of the view already. */
function unexplained(violation: Violation): Violation {
  return { ...violation, explanation: '' };
}

function attributionPart({ report, violation }: FoundViolation, context: PanelContext): HTMLElement {
  const { trans, parts } = context;
  return parts.add({
    title: trans.__('feature attribution'),
    load: () => import(/* webpackChunkName: "model-explainability" */ './attribution-detail.js'),
    make: ({ attributionDetail }) => {
      const explained = report.modelExplainability;
      const output = explained?.outputs.find(({ label }) => label === violation.label);
      const nodes = explained && output ? attributionDetail(output, explained, context) : [];
      return element('div', { class: 'driftline-detail' }, ...nodes);
    },
    nodes: (node) => [node],
  }).node;
}
