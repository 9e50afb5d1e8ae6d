import type { FeatureReport, Report, Violation } from 'driftline';
import { formatDistance } from '../format/number-format.js';
import { choiceSwitch } from '../widgets/choice-switch.js';
import { type Chooser, chooser } from '../widgets/chooser.js';
import { element, uniqueId } from '../widgets/element.js';
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

/** What comes first in the list: the worst status, as in the report, or the largest impact on predictions. */
type FeatureOrder = 'status' | 'score' | 'change';

/** The features with a filter, and beside the list everything about the chosen one. */
export function featuresPanel(report: Report, context: PanelContext): FeaturesPanel {
  const { trans, charts } = context;
  const { features } = report;
  const id = uniqueId('features');
  let list = featuresList(report, features, context);
  const place = element('div', { id }, list.node);
  const orders = ordersOf(report, context);
  const order = (wanted: FeatureOrder): void => {
    charts.release(place);
    list = featuresList(report, inOrder(features, wanted), context);
    place.replaceChildren(list.node);
  };
  const choice =
    orders.length > 1 &&
    choiceSwitch<FeatureOrder>(
      { label: trans.__('Order of the features'), choices: orders, chosen: 'status', controls: id },
      order,
    ).node;
  return {
    node: choice === false ? place : element('div', {}, element('div', { class: 'driftline-switches' }, choice), place),
    goTo: (name) => {
      const feature = features.find((each) => each.name === name);
      if (feature !== undefined) list.goTo(feature);
    },
  };
}

function featuresList(
  { violations, impactSource }: Report,
  features: readonly FeatureReport[],
  context: PanelContext,
): Chooser<FeatureReport> {
  const { trans } = context;
  const impact = impactWords(features, trans);
  return chooser<FeatureReport>(
    {
      items: features,
      name: ({ name }) => name,
      parts: (feature) => itemParts(feature, impact(feature), context),
      detail: (feature) => {
        const own = violations.filter((violation: Violation) => violation.feature === feature.name);
        return featureDetail(feature, own, context, impactSource);
      },
      filterWords: trans.__('Filter features'),
      countWords: (left, all) => trans.__('%1 of %2 features', left, all),
    },
    context,
  );
}

/** The orders for which the report has numbers. */
function ordersOf({ features }: Report, { trans }: PanelContext): (readonly [FeatureOrder, string])[] {
  return [
    ['status', trans.__('Worst first')],
    ...(features.some(({ impact }) => impact !== undefined) ? [['score', trans.__('Impact score')] as const] : []),
    ...(features.some(({ impact }) => impact?.meanChange !== undefined)
      ? [['change', trans.__('Mean prediction')] as const]
      : []),
  ];
}

/** The largest first; features without a number come last, in the report's order. */
function inOrder(features: readonly FeatureReport[], order: FeatureOrder): readonly FeatureReport[] {
  if (order === 'status') return features;
  const size = ({ impact }: FeatureReport): number =>
    (order === 'score' ? impact?.score : impact?.meanChange && Math.abs(impact.meanChange.value)) ?? -1;
  return [...features].sort((a, b) => size(b) - size(a));
}

function itemParts(feature: FeatureReport, impact: string | undefined, context: PanelContext): Node[] {
  const tone = featureTone(feature);
  const { drift } = feature;
  return [
    statusIcon(tone),
    element('span', { class: 'driftline-name', title: feature.name }, feature.name),
    sparkline(distributionSpark(feature, context), 64, 18),
    element('span', { class: 'driftline-number' }, drift ? formatDistance(drift.distance) : ''),
    element('span', { class: 'driftline-unseen' }, toneWords(tone, context.trans)),
    ...(impact === undefined ? [] : [element('span', { class: 'driftline-list-more driftline-muted' }, impact)]),
  ];
}
