import {
  attributionText,
  boundsText,
  chanceText,
  directionMark,
  directionWord,
  pointsChangeText,
  scaleWord,
  shareText,
  signedText,
} from '../attribution-words.js';
import { type Html, html } from '../html-template.js';
import type {
  AttributionChange,
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from '../model-explainability-report.js';
import type { Estimated } from '../model-quality-report.js';
import { countText, timeText } from '../value-text.js';
import { dataTable, nameOf } from './parts.js';

/** Features shown at once; the others are folded. */
const SHOWN = 20;

/** Every feature: ranks, shares, their change, and what it does to the mean answer. */
export function attributionsTable({ features }: OutputAttributionReport, { scale }: ModelExplainabilityReport): Html {
  const [shown, rest] = [features.slice(0, SHOWN), features.slice(SHOWN)];
  const table = (some: readonly FeatureAttributionReport[]): Html =>
    html`<div class="scroll"><table class="attributions"><thead><tr><th scope="col">Feature</th><th scope="col" class="number">Rank</th><th scope="col" class="number">Share, baseline</th><th scope="col" class="number">Share, current</th><th scope="col" class="number">Change, points</th><th scope="col">Beyond chance</th><th scope="col" class="number">Mean attribution (${scaleWord(scale)})</th></tr></thead><tbody>
${some.map(featureRow)}</tbody></table></div>`;
  return html`<h3 class="table-head">All features</h3>
${table(shown)}${rest.length > 0 && html`<details><summary>${rest.length} more</summary>${table(rest)}</details>`}`;
}

function featureRow({
  feature,
  rank,
  share,
  shareChange,
  direction,
  mean,
  meanChange,
}: FeatureAttributionReport): Html {
  const mark = directionMark(direction);
  const chance = shareChange && chanceText(shareChange);
  return html`<tr><th scope="row">${nameOf(feature, 80)}</th><td class="number">${rank.baseline ?? '–'} → ${rank.current ?? '–'}</td>${estimateCell(share.baseline, shareText)}${estimateCell(share.current, shareText)}${changeCell(shareChange, pointsChangeText)}<td class="direction ${direction}">${mark !== '' && html`<span aria-hidden="true">${mark}</span> `}${directionWord(direction)}${chance !== undefined && html`<small>p ${chance}</small>`}</td><td class="number">${pairText(mean, attributionText)}${meanChange && html`<small>${signedText(meanChange.value)}</small>`}</td></tr>
`;
}

function estimateCell(value: Estimated | undefined, text: (value: number) => string): Html {
  const bounds = value && boundsText(value, text);
  return html`<td class="number">${value === undefined ? '–' : text(value.value)}${bounds !== undefined && html`<small>${bounds}</small>`}</td>`;
}

function changeCell(change: AttributionChange | undefined, text: (value: number) => string): Html {
  const bounds = change && boundsText(change, text);
  return html`<td class="number">${change === undefined ? '–' : text(change.value)}${bounds !== undefined && html`<small>${bounds}</small>`}</td>`;
}

function pairText(
  { baseline, current }: { readonly baseline?: Estimated; readonly current?: Estimated },
  text: (value: number) => string,
): string {
  const side = (value: Estimated | undefined): string => (value === undefined ? '–' : text(value.value));
  return `${side(baseline)} → ${side(current)}`;
}

/** Shares of both samples, for the bars. */
export function sharesTable(features: readonly FeatureAttributionReport[]): Html {
  const side = (value: Estimated | undefined): string => (value === undefined ? '–' : shareText(value.value));
  const bounds = (value: Estimated | undefined): string => (value && boundsText(value, shareText)) ?? '–';
  return dataTable(
    ['Feature', 'Baseline', '95 % interval', 'Current', '95 % interval'],
    features.map(({ feature, share }) => [
      nameOf(feature, 80),
      side(share.baseline),
      bounds(share.baseline),
      side(share.current),
      bounds(share.current),
    ]),
    [1, 2, 3, 4],
  );
}

/** Ranks of both samples, for the slopes. */
export function ranksTable(features: readonly FeatureAttributionReport[]): Html {
  return dataTable(
    ['Feature', 'Baseline', 'Current'],
    features.map(({ feature, rank }) => [nameOf(feature, 80), rank.baseline ?? '–', rank.current ?? '–']),
    [1, 2],
  );
}

/** What each feature explains of the change of the mean answer, the largest first. */
export function answerTable({ features }: OutputAttributionReport, { scale }: ModelExplainabilityReport): Html {
  const changed = features
    .filter(({ meanChange }) => meanChange !== undefined)
    .sort((a, b) => Math.abs(b.meanChange!.value) - Math.abs(a.meanChange!.value));
  return dataTable(
    ['Feature', 'Baseline', 'Current', `Change (${scaleWord(scale)})`, '95 % interval'],
    changed.map(({ feature, mean, meanChange }) => [
      nameOf(feature, 80),
      mean.baseline === undefined ? '–' : attributionText(mean.baseline.value),
      mean.current === undefined ? '–' : attributionText(mean.current.value),
      signedText(meanChange!.value),
      boundsText(meanChange!, signedText) ?? '–',
    ]),
    [1, 2, 3, 4],
  );
}

/** Columns of features; more would not be read. */
const MOST_COLUMNS = 8;

/** The course as numbers: of the largest features their shares, or nDCG alone. */
export function courseTable(
  { features, series }: OutputAttributionReport,
  bucket: 'hour' | 'day',
  ndcgOnly: boolean = false,
): Html {
  const order = features
    .map((_, place) => place)
    .sort((a, b) => (features[b]!.share.current?.value ?? 0) - (features[a]!.share.current?.value ?? 0))
    .slice(0, ndcgOnly ? 0 : MOST_COLUMNS);
  const heads = [
    `${bucket === 'hour' ? 'Hour' : 'Day'} (UTC)`,
    'Rows',
    ...order.map((place) => nameOf(features[place]!.feature, 40)),
    'nDCG',
  ];
  return dataTable(
    heads,
    series.map(({ start, rows, shares, ndcg }) => [
      timeText(start),
      countText(rows),
      ...order.map((place) => (shares[place] === undefined ? '–' : shareText(shares[place]!))),
      ndcg === undefined ? '–' : ndcg.toFixed(4),
    ]),
    heads.map((_, index) => index).slice(1),
  );
}
