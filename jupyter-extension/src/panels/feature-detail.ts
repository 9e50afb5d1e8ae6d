import type { FeatureReport, ImpactSource, Violation } from 'driftline';
import { formatNumber, formatPValue } from '../format/number-format.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusIcon, statusMark } from '../widgets/status-mark.js';
import { distributionView } from './distribution-view.js';
import { featureTone, toneWords } from './feature-state.js';
import { hourlyView } from './hourly-view.js';
import { impactSentences } from './impact-view.js';
import { distancesView, numbersView } from './numbers-view.js';

/** Everything about one feature: what is wrong, both distributions, the hours, the numbers and the distances. */
export function featureDetail(
  feature: FeatureReport,
  violations: readonly Violation[],
  context: PanelContext,
  impactSource?: ImpactSource,
): HTMLElement[] {
  const { trans } = context;
  const tone = featureTone(feature);
  const parts = { output: trans.__('model output'), input: trans.__('model input') };
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h4', { tabindex: '-1' }, feature.name),
      statusMark(tone, toneWords(tone, trans)),
      feature.part && element('span', { class: 'driftline-muted' }, parts[feature.part]),
    ),
    ...(feature.reason === undefined ? [] : [element('p', { class: 'driftline-muted' }, feature.reason)]),
    ...(violations.length === 0 ? [] : [violationList(violations, context)]),
    ...driftSentence(feature, context),
    ...impactSentences(feature, impactSource, context),
    ...[distributionView(feature, context), hourlyView(feature, violations, context)].filter(
      (view) => view !== undefined,
    ),
    element(
      'div',
      { class: 'driftline-beside' },
      (feature.baseline ?? feature.current) && numbersView(feature, context),
      feature.distances.length > 0 && distancesView(feature, context),
    ),
  ];
}

function violationList(violations: readonly Violation[], { trans }: PanelContext): HTMLElement {
  return element(
    'ul',
    { class: 'driftline-findings' },
    ...violations.map(({ explanation, query, description }) =>
      element(
        'li',
        {},
        statusIcon('violated'),
        element(
          'div',
          {},
          element('p', {}, explanation),
          element(
            'details',
            {},
            element('summary', {}, query ? trans.__('The query for its records') : trans.__('As the service words it')),
            element('p', { class: 'driftline-muted' }, description),
            query && element('pre', {}, element('code', {}, query.sql)),
          ),
        ),
      ),
    ),
  );
}

function driftSentence({ drift }: FeatureReport, { trans }: PanelContext): HTMLElement[] {
  if (drift === undefined) return [];
  const sentence = drift.significant
    ? trans.__(
        'The distance of %1 is significant: adjusted p %2, and at least %3 with 95 %% confidence; its threshold is %4.',
        formatNumber(drift.distance, 3),
        formatPValue(drift.adjustedPValue),
        formatNumber(drift.lowerBound, 3),
        formatNumber(drift.threshold, 3),
      )
    : trans.__(
        'The distance is %1, its threshold %4 (adjusted p %2, lower 95 %% bound %3).',
        formatNumber(drift.distance, 3),
        formatPValue(drift.adjustedPValue),
        formatNumber(drift.lowerBound, 3),
        formatNumber(drift.threshold, 3),
      );
  const detectable = trans.__(
    'With this many rows a true distance of %1 or more is found in four cases of five.',
    formatNumber(drift.minimumDetectable, 3),
  );
  return [element('p', { class: 'driftline-evidence' }, sentence.replaceAll('%%', '%'), ' ', detectable)];
}
