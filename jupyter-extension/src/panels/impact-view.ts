import type { FeatureReport, Impact, ImpactSource, Report } from 'driftline';
import {
  type AttributionNumbers,
  attributionNumbers,
  formatBounds,
  formatShare,
} from '../format/attribution-format.js';
import { formatCount, formatNumber, noValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import type { TableColumn } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';

type Trans = PanelContext['trans'];

/** What drift of the features does to predictions, by feature; empty where the model was not explained. */
export function impactsOf({ features }: Pick<Report, 'features'>): ReadonlyMap<string, Impact> {
  return new Map(features.flatMap(({ name, impact }) => (impact === undefined ? [] : [[name, impact] as const])));
}

/** How changes of the mean prediction are written: with the decimals of the largest, so that they line up. */
function changeNumbers(impacts: Iterable<Impact>): AttributionNumbers {
  return attributionNumbers(Math.max(0, ...[...impacts].map(({ meanChange }) => Math.abs(meanChange?.value ?? 0))));
}

/** An impact score of any size, with two significant digits. */
function scoreText(score: number): string {
  return formatNumber(score, 2);
}

/** Two columns of a table of features or violations: the impact score with the share it is made of, and the change. */
export function impactColumns<Row>(
  impactOf: (row: Row) => Impact | undefined,
  impacts: ReadonlyMap<string, Impact>,
  source: ImpactSource | undefined,
  trans: Trans,
): TableColumn<Row>[] {
  if (impacts.size === 0) return [];
  const { step } = changeNumbers(impacts.values());
  const changed = [...impacts.values()].some(({ meanChange }) => meanChange !== undefined);
  return [
    {
      title: trans.__('Impact score'),
      kind: 'number',
      cell: (row) => {
        const impact = impactOf(row);
        if (impact === undefined) return noValue;
        return twoLines(scoreText(impact.score), trans.__('share %1', formatShare(impact.share)));
      },
      sortBy: (row) => impactOf(row)?.score,
    },
    ...(changed
      ? [
          {
            title: trans.__('Mean prediction'),
            kind: 'number' as const,
            cell: (row: Row) => {
              const change = impactOf(row)?.meanChange;
              if (change === undefined) return noValue;
              return twoLines(step(change.value), formatBounds(change, step) ?? scaleOf(source, trans));
            },
            sortBy: (row: Row) => {
              const change = impactOf(row)?.meanChange?.value;
              return change === undefined ? undefined : Math.abs(change);
            },
          },
        ]
      : []),
  ];
}

function twoLines(text: string, below: string): HTMLElement {
  return element(
    'span',
    { class: 'driftline-since' },
    text,
    element('span', { class: 'driftline-muted' }, ` ${below}`),
  );
}

function scaleOf(source: ImpactSource | undefined, trans: Trans): string {
  if (source?.scale === 'log-odds') return trans.__('log-odds');
  return source?.scale === 'margin' ? trans.__('margin') : '';
}

/** What both numbers are, and what they were made from. */
export function impactNote(
  { impactSource, features }: Pick<Report, 'impactSource' | 'features'>,
  { trans }: PanelContext,
): HTMLElement | undefined {
  const impacts = impactsOf({ features });
  if (impacts.size === 0) return undefined;
  const unit = scaleOf(impactSource, trans);
  const sentences = [
    trans.__('Impact score: the distance from the baseline times the feature’s share of attribution in the baseline.'),
    [...impacts.values()].some(({ meanChange }) => meanChange !== undefined) &&
      (unit === ''
        ? trans.__(
            'Mean prediction: the change of it that the feature explains; those of all features add up to the whole change.',
          )
        : trans.__(
            'Mean prediction: the change of it that the feature explains, in %1; those of all features add up to the whole change.',
            unit,
          )),
    impactSource &&
      (impactSource.explained === undefined
        ? trans.__('Attributions: %1.', shorten(impactSource.baseline, 120))
        : trans.__(
            'Attributions: %1, %2 rows of the window explained.',
            shorten(impactSource.baseline, 120),
            formatCount(impactSource.explained),
          )),
  ];
  return element('p', { class: 'driftline-note' }, sentences.filter((each) => typeof each === 'string').join(' '));
}

/** Under a feature in a list: "impact score 0.065, mean +0.309"; undefined for features without. */
export function impactWords(
  features: readonly FeatureReport[],
  trans: Trans,
): (feature: FeatureReport) => string | undefined {
  const { step } = changeNumbers(impactsOf({ features }).values());
  return ({ impact }) => {
    if (impact === undefined) return undefined;
    const { score, meanChange } = impact;
    return meanChange === undefined
      ? trans.__('impact score %1', scoreText(score))
      : trans.__('impact score %1, mean %2', scoreText(score), step(meanChange.value));
  };
}

/** What a feature's drift does to predictions, in a sentence or two. */
export function impactSentences(
  { impact }: FeatureReport,
  source: ImpactSource | undefined,
  { trans }: PanelContext,
): HTMLElement[] {
  if (impact === undefined) return [];
  const { score, share, meanChange } = impact;
  const { step } = changeNumbers([impact]);
  const interval = formatBounds(meanChange, step);
  const sentences = [
    trans.__(
      'In the baseline, %1 of what the model rests on is this feature; times its distance that is an impact score of %2.',
      formatShare(share),
      scoreText(score),
    ),
    meanChange &&
      trans.__(
        'It explains a change of the mean prediction by %1%2%3.',
        step(meanChange.value),
        scaleOf(source, trans) === '' ? '' : ` ${scaleOf(source, trans)}`,
        interval === undefined ? '' : ` (${trans.__('95 % interval %1', interval)})`,
      ),
  ];
  return [element('p', {}, sentences.filter((each) => typeof each === 'string').join(' '))];
}
