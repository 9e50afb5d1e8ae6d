import type { FeatureAttributionReport, OutputAttributionReport } from 'driftline';
import { formatBounds, formatPoints, formatShare } from '../../format/attribution-format.js';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { adjustedWords, estimatedText } from './attribution-cells.js';
import {
  aggregatedNumbers,
  aggregatedScaleWords,
  aggregationWords,
  longestName,
  scaleWords,
} from './attribution-words.js';
import { dependenceView } from './dependence-view.js';
import { directionMark } from './direction-mark.js';
import type { ShownReport } from './shown-report.js';
import { swarmView } from './swarm-view.js';

type Trans = PanelContext['trans'];

/** Everything about one feature's attribution to one output. */
export function featureAttributionDetail(
  feature: FeatureAttributionReport,
  output: OutputAttributionReport,
  report: ShownReport,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const views = [dependenceView(feature, report, context), swarmView(feature, report, context)].filter(
    (view) => view !== undefined,
  );
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h5', { tabindex: '-1', class: 'driftline-subject' }, shorten(feature.feature, longestName)),
      directionMark(feature.direction, trans),
    ),
    facts(feature, report, trans),
    ...meanSentence(feature, output, report, trans),
    ...(views.length > 0
      ? views
      : [element('p', { class: 'driftline-muted' }, trans.__('There are no rows of which to show more.'))]),
  ];
}

function facts(
  { rank, share, attribution, shareChange }: FeatureAttributionReport,
  { aggregation, scale, numbers }: ShownReport,
  trans: Trans,
): HTMLElement {
  const change = [formatBounds(shareChange, formatPoints), shareChange && adjustedWords(shareChange, trans)].filter(
    (part) => part !== undefined,
  );
  return element(
    'dl',
    { class: 'driftline-facts' },
    fact(
      trans.__('Place in the ranking'),
      pairText(rank, (place) => String(place ?? noValue), trans),
    ),
    fact(
      trans.__('Share of attribution'),
      pairText(share, (estimated) => formatShare(estimated?.value), trans),
      shareChange &&
        trans.__(
          '%1 points',
          `${formatPoints(shareChange.value)}${change.length > 0 ? ` (${change.join(', ')})` : ''}`,
        ),
    ),
    fact(
      aggregationWords(aggregation, trans).replace(/^./, (first) => first.toUpperCase()),
      pairText(attribution, (estimated) => aggregatedNumbers(aggregation, numbers)(estimated?.value), trans),
      aggregatedScaleWords(aggregation, scale, trans),
    ),
  );
}

/** "1 before, 3 now"; the one there is where the other sample lacks it. */
function pairText<T>(
  { baseline, current }: { readonly baseline?: T; readonly current?: T },
  format: (value: T | undefined) => string,
  trans: Trans,
): string {
  if (baseline === undefined) return trans.__('%1 now, not in the baseline', format(current));
  if (current === undefined) return trans.__('%1 before', format(baseline));
  return trans.__('%1 before, %2 now', format(baseline), format(current));
}

/** What the feature adds on average, and what of the change of the mean answer it explains. */
function meanSentence(
  { mean, meanChange }: FeatureAttributionReport,
  { answerChange }: OutputAttributionReport,
  { scale, numbers }: ShownReport,
  trans: Trans,
): HTMLElement[] {
  if (meanChange === undefined) return [];
  const interval = formatBounds(meanChange, numbers.step);
  const change = numbers.step(meanChange.value);
  const sentences = [
    trans.__(
      'On average it adds %1 to the answer now and added %2 in the baseline (%3).',
      numbers.step(mean.current?.value),
      numbers.step(mean.baseline?.value),
      scaleWords(scale, trans),
    ),
    answerChange === undefined
      ? trans.__('That is a change of %1.', interval === undefined ? change : `${change} (${interval})`)
      : trans.__(
          'That explains %1 of the mean answer’s change of %2.',
          interval === undefined ? change : trans.__('%1 (95 % interval %2)', change, interval),
          estimatedText(answerChange, numbers.step),
        ),
  ];
  return [element('p', {}, sentences.join(' '))];
}
