import type { AttributionScale } from '../explain/explainer.js';
import type {
  AttributionAggregation,
  AttributionChange,
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
  RankingDrift,
} from './model-explainability-report.js';
import type { Estimated } from './model-quality-report.js';
import type { Impact, ImpactSource, Report } from './report.js';
import { countText, numberText, percentText, plural } from './value-text.js';

const scaleWords: Readonly<Record<AttributionScale, string>> = {
  'log-odds': 'log-odds',
  margin: "the model's margin",
  prediction: "the prediction's unit",
};

/** What attributions are in: "log-odds". */
export function scaleWord(scale: AttributionScale): string {
  return scaleWords[scale] ?? scale;
}

const aggregationWords: Readonly<Record<AttributionAggregation, string>> = {
  mean_abs: 'mean of the absolute SHAP values',
  median: 'median of the SHAP values',
  mean_sq: 'mean of the squared SHAP values',
};

export function aggregationWord(aggregation: AttributionAggregation): string {
  return aggregationWords[aggregation] ?? aggregation;
}

/** An attribution with three decimals, so that columns align; never 0.000 unless it is 0: "0.629", "-0.014", "0.0002". */
export function attributionText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.0005) return numberText(value, 1);
  return size < 100 ? value.toFixed(3) : numberText(value);
}

/** With its sign: "+0.309". */
export function signedText(value: number): string {
  return value > 0 ? `+${attributionText(value)}` : attributionText(value);
}

/** A share of attribution, one decimal, so that columns align: "18.0 %". */
export function shareText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A change of a share in percentage points: "+5.7"; "0.0" has no sign. */
export function pointsChangeText(change: number): string {
  const points = (100 * change).toFixed(1);
  if (Number(points) === 0) return '0.0';
  return change > 0 ? `+${points}` : points;
}

/** "0.977 to 0.981"; undefined without an interval. */
export function boundsText(
  { lower, upper }: Partial<Estimated>,
  text: (value: number) => string = attributionText,
): string | undefined {
  return lower === undefined || upper === undefined ? undefined : `${text(lower)} to ${text(upper)}`;
}

const directionWords: Readonly<Record<FeatureAttributionReport['direction'], string>> = {
  rose: 'rose',
  fell: 'fell',
  unchanged: 'no change beyond chance',
  'not-judged': 'not judged',
};

export function directionWord(direction: FeatureAttributionReport['direction']): string {
  return directionWords[direction] ?? direction;
}

/** A mark beside the word, so that colour is never alone. */
export function directionMark(direction: FeatureAttributionReport['direction']): string {
  return direction === 'rose' ? '▲' : direction === 'fell' ? '▼' : '';
}

/** Features whose share moved beyond chance, the largest change first. */
export function movedFeatures({ features }: OutputAttributionReport): readonly FeatureAttributionReport[] {
  const size = ({ shareChange }: FeatureAttributionReport): number => Math.abs(shareChange?.value ?? 0);
  return features
    .filter(({ direction }) => direction === 'rose' || direction === 'fell')
    .sort((a, b) => size(b) - size(a));
}

/** "nDCG 0.979 (95 %: 0.977 to 0.981); below 0.9 is drift." */
function rankingText(ranking: RankingDrift): string {
  const interval = boundsText(ranking, (value) => value.toFixed(3));
  return `nDCG ${ranking.value.toFixed(3)}${interval === undefined ? '' : ` (95 %: ${interval})`}; below ${numberText(ranking.threshold)} is drift`;
}

/** " (rank 7 to 1)"; empty where the rank is kept or not known on both sides. */
function movedRankText({ baseline, current }: FeatureAttributionReport['rank']): string {
  return baseline === undefined || current === undefined || baseline === current
    ? ''
    : ` (rank ${baseline} to ${current})`;
}

/** One or two sentences for people: whether the ranking holds, and what moved. */
export function outputSentences(output: OutputAttributionReport): string[] {
  const { ranking } = output;
  const verdict = {
    violated: 'The model rests on other features than in the baseline',
    ok: "The features rank as in the baseline, as far as the service's measure goes",
    'not-judged': 'The ranking was not judged',
  }[ranking.status];
  const moved = movedFeatures(output);
  const shares = ({ feature, share, rank, direction }: FeatureAttributionReport): string =>
    `${feature} ${direction} from ${shareText(share.baseline?.value ?? 0)} to ${shareText(share.current?.value ?? 0)}${movedRankText(rank)}`;
  const named = moved.slice(0, 3).map(shares).join(', ');
  const more = moved.length > 3 ? `, and ${plural(moved.length - 3, 'more feature')} by less` : '';
  return [
    `${verdict}: ${rankingText(ranking)}.${ranking.reason === undefined ? '' : ` ${upperFirst(ranking.reason)}.`}`,
    ...(moved.length > 0 ? [`Beyond chance, of all attribution ${named}${more}.`] : []),
  ];
}

/** "2,689 rows explained by exact TreeSHAP, path-dependent". */
export function explainedText({ explained, method }: ModelExplainabilityReport, rows: number): string {
  const of = explained.current ?? 0;
  const count = of < rows ? `${countText(of)} of ${plural(rows, 'row')}` : plural(of, 'row');
  return `${count} explained: ${method.title}`;
}

/** "+0.309 (0.296 to 0.322) log-odds" of a change of the mean answer. */
function meanChangeText(change: AttributionChange | Estimated, scale: AttributionScale): string {
  const interval = boundsText(change, signedText);
  return `${signedText(change.value)}${interval === undefined ? '' : ` (${interval})`} ${scaleWord(scale)}`;
}

/** What a feature's drift does to predictions, in words. */
export function impactText(impact: Impact, source: ImpactSource): string {
  const { meanChange, share, score } = impact;
  const part = `It has ${percentText(share)} of the baseline's attribution; distance times share is ${attributionText(score)}.`;
  if (meanChange === undefined) return part;
  return `It changes the mean answer by ${meanChangeText(meanChange, source.scale)}. ${part}`;
}

/** How the violations of a data-quality report are ordered, where what they do to predictions is known. */
export function impactOrderText({ explained }: ImpactSource): string {
  return explained === undefined
    ? 'Ranked by what they may do to predictions: the distance of the feature times its share of attribution in the baseline.'
    : `Ranked by what they do to predictions: the change of the mean answer that the feature explains, of ${plural(explained, 'row')} of the window.`;
}

/** The impact of the feature that a violation is about. */
export function impactOf(report: Report, feature: string): Impact | undefined {
  return report.features.find(({ name }) => name === feature)?.impact;
}

/** The p-value under false-discovery control where there is one, four decimals: "0.0131", "< 0.0001". */
export function chanceText({ adjustedPValue, pValue }: AttributionChange): string | undefined {
  const value = adjustedPValue ?? pValue;
  if (value === undefined) return undefined;
  return value < 0.0001 ? '< 0.0001' : value.toFixed(4);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
