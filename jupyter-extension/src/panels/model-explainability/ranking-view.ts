import type { FeatureAttributionReport, OutputAttributionReport } from 'driftline';
import { ndcgScaleFigure } from '../../charts/model-explainability/ndcg-scale.js';
import {
  formatBounds,
  formatNdcg,
  formatNdcgAndLimit,
  formatPoints,
  formatShare,
} from '../../format/attribution-format.js';
import { formatNumber } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { longestName, rankingTone, scaleWords } from './attribution-words.js';
import { directionIcon } from './direction-mark.js';
import type { ShownReport } from './shown-report.js';

/** Changed features that are named before the table names them all. */
const namedChanges = 6;
/** Features that are named with the change of the mean answer. */
const namedCauses = 3;

type Trans = PanelContext['trans'];

/** Whether the ranking is still the baseline's, which features rose and fell, and what that did to the answers. */
export function rankingView(
  output: OutputAttributionReport,
  report: ShownReport,
  goTo: (feature: string) => void,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  return element(
    'div',
    { class: 'driftline-finding' },
    element('p', {}, rankingSentence(output, trans)),
    output.ranking.reason !== undefined && element('p', { class: 'driftline-muted' }, output.ranking.reason),
    changedFeatures(output, goTo, context),
    answerSentence(output, report, trans),
  );
}

/** The nDCG with its interval against the threshold, as one sentence. */
function rankingSentence(output: OutputAttributionReport, trans: Trans): string {
  const { ranking } = output;
  const [value] = formatNdcgAndLimit(ranking.value, ranking.threshold);
  const limit = formatNumber(ranking.threshold);
  const interval = formatBounds(ranking, (end) => formatNdcg(end));
  const measured = interval === undefined ? value : trans.__('%1 (95 % interval %2)', value, interval);
  switch (rankingTone(output)) {
    case 'violated':
      return trans.__('The features no longer rank as in the baseline: nDCG is %1, below %2.', measured, limit);
    case 'drifting':
      return trans.__('nDCG is %1, below %2, but chance may explain that.', measured, limit);
    case 'ok':
      return trans.__('The features rank much as in the baseline: nDCG is %1, at least %2.', measured, limit);
    default:
      return trans.__('Whether the ranking has drifted was not judged; nDCG is %1.', measured);
  }
}

function changedFeatures(
  { features }: OutputAttributionReport,
  goTo: (feature: string) => void,
  { trans }: PanelContext,
): HTMLElement {
  const changed = features
    .filter(({ direction }) => direction === 'rose' || direction === 'fell')
    .sort((a, b) => Math.abs(b.shareChange?.value ?? 0) - Math.abs(a.shareChange?.value ?? 0));
  if (changed.length === 0) {
    const judged = features.some(({ direction }) => direction === 'unchanged');
    return element(
      'p',
      {},
      judged
        ? trans.__('No feature’s share of attribution rose or fell beyond chance.')
        : trans.__('Which features rose or fell was not judged: it takes the rows of both samples.'),
    );
  }
  const more = changed.length - namedChanges;
  return element(
    'ul',
    { class: 'driftline-findings driftline-changes' },
    ...changed.slice(0, namedChanges).map((feature) =>
      element(
        'li',
        {},
        directionIcon(feature.direction),
        element(
          'span',
          {},
          button(
            { class: 'driftline-link', title: trans.__('Show %1', shorten(feature.feature, longestName)) },
            () => goTo(feature.feature),
            shorten(feature.feature, longestName),
          ),
          ` ${changeWords(feature, trans)}`,
        ),
      ),
    ),
    more > 0 &&
      element('li', { class: 'driftline-muted' }, trans._n('and 1 more feature', 'and %1 more features', more)),
  );
}

function changeWords({ direction, share, shareChange, rank }: FeatureAttributionReport, trans: Trans): string {
  const numbers = [formatShare(share.baseline?.value), formatShare(share.current?.value)] as const;
  const points = formatPoints(shareChange?.value);
  const sentence =
    direction === 'rose'
      ? trans.__('rose from %1 to %2 of attribution (%3 points)', ...numbers, points)
      : trans.__('fell from %1 to %2 of attribution (%3 points)', ...numbers, points);
  if (rank.baseline === undefined || rank.current === undefined) return `${sentence}.`;
  return rank.baseline === rank.current
    ? trans.__('%1, still in place %2.', sentence, rank.current)
    : trans.__('%1, from place %2 to %3.', sentence, rank.baseline, rank.current);
}

/** What the change of the mean answer comes to, and through which features. */
function answerSentence(
  { answer, answerChange, features }: OutputAttributionReport,
  { scale, numbers }: ShownReport,
  trans: Trans,
): HTMLElement | undefined {
  if (answerChange === undefined) return undefined;
  const unit = scaleWords(scale, trans);
  const interval = formatBounds(answerChange, numbers.step);
  const causes = features
    .filter(({ meanChange }) => meanChange !== undefined)
    .sort((a, b) => Math.abs(b.meanChange?.value ?? 0) - Math.abs(a.meanChange?.value ?? 0))
    .slice(0, namedCauses)
    .map(({ feature, meanChange }) => `${shorten(feature, 40)} ${numbers.step(meanChange?.value)}`);
  return element(
    'p',
    {},
    trans.__(
      'The mean answer went from %1 to %2 (%3): %4.',
      numbers.value(answer.baseline?.value),
      numbers.value(answer.current?.value),
      unit,
      interval === undefined
        ? numbers.step(answerChange.value)
        : trans.__('%1, 95 % interval %2', numbers.step(answerChange.value), interval),
    ),
    causes.length > 0 && ` ${trans.__('Most of it through: %1.', causes.join(', '))}`,
  );
}

/** The nDCG drawn against its threshold. */
export function ndcgView(output: OutputAttributionReport, context: PanelContext): HTMLElement {
  const { trans } = context;
  const { ranking } = output;
  const title = trans.__('Agreement of the rankings (nDCG)');
  const [value, limit] = formatNdcgAndLimit(ranking.value, ranking.threshold);
  const interval = formatBounds(ranking, (end) => formatNdcg(end));
  return chartWithTable(
    {
      title,
      level: 5,
      label: [
        trans.__('nDCG of %1 on a scale up to 1; drifted below %2.', value, limit),
        interval !== undefined && trans.__('95 % interval %1.', interval),
      ]
        .filter((sentence) => typeof sentence === 'string')
        .join(' '),
      figure: (style) => ndcgScaleFigure(ranking, style),
      table: () =>
        dataTable<readonly [string, string]>({
          caption: title,
          trans,
          compact: true,
          rows: [
            [trans.__('nDCG'), value],
            [trans.__('95 % interval'), interval ?? trans.__('none')],
            [trans.__('Threshold'), limit],
          ],
          columns: [
            { title: trans.__('Measure'), rowHeader: true, cell: ([name]) => name },
            { title: trans.__('Value'), kind: 'number', cell: ([, text]) => text },
          ],
        }),
      note: [
        trans.__('1 is the ranking of the baseline.'),
        ranking.method !== undefined && trans.__('Interval: %1.', ranking.method),
      ]
        .filter((sentence) => typeof sentence === 'string')
        .join(' '),
    },
    context,
  );
}
