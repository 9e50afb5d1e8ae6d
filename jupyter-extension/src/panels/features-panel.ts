import type { FeatureReport, Report, Violation } from 'driftline';
import { formatDistance } from '../format/number-format.js';
import { chooser } from '../widgets/chooser.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { sparkline } from '../widgets/sparkline.js';
import { statusIcon } from '../widgets/status-mark.js';
import { distributionSpark } from './distribution-view.js';
import { featureDetail } from './feature-detail.js';
import { featureTone, toneWords } from './feature-state.js';
import { impactWords } from './impact-view.js';

export interface FeaturesPanel {
  readonly node: HTMLElement;
  /** Shows a feature, and takes the reader to it. */
  goTo(feature: string): void;
}

/** The features with a filter, and beside the list everything about the chosen one. */
export function featuresPanel({ features, violations, impactSource }: Report, context: PanelContext): FeaturesPanel {
  const { trans } = context;
  const { node, goTo } = chooser<FeatureReport>(
    {
      items: features,
      name: ({ name }) => name,
      parts: (feature) => itemParts(feature, context),
      detail: (feature) => {
        const own = violations.filter((violation: Violation) => violation.feature === feature.name);
        return featureDetail(feature, own, context, impactSource);
      },
      filterWords: trans.__('Filter features'),
      countWords: (left, all) => trans.__('%1 of %2 features', left, all),
    },
    context,
  );
  return {
    node,
    goTo: (name) => {
      const feature = features.find((each) => each.name === name);
      if (feature !== undefined) goTo(feature);
    },
  };
}

function itemParts(feature: FeatureReport, context: PanelContext): Node[] {
  const tone = featureTone(feature);
  const { drift } = feature;
  const name = element('span', { class: 'driftline-name', title: feature.name }, feature.name);
  const impact = impactWords(feature, context.trans);
  return [
    statusIcon(tone),
    impact === undefined
      ? name
      : element('span', { class: 'driftline-facet' }, name, element('span', { class: 'driftline-muted' }, impact)),
    sparkline(distributionSpark(feature, context), 64, 18),
    element('span', { class: 'driftline-number' }, drift ? formatDistance(drift.distance) : ''),
    element('span', { class: 'driftline-unseen' }, toneWords(tone, context.trans)),
  ];
}
