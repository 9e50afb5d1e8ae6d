import type { Estimated, MetricReport, ModelQualityReport } from './model-quality-report.js';
import { distanceText, numberText, percentText } from './value-text.js';

/** A metric's status, with those told apart whose value is beyond the limit without being a violation. */
export type MetricState = 'violated' | 'drifting' | 'ok' | 'not-compared';

export function metricState(metric: MetricReport): MetricState {
  if (metric.status === 'violated') return 'violated';
  if (metric.status === 'not-judged') return 'not-compared';
  return isBeyondLimit(metric) ? 'drifting' : 'ok';
}

const stateWords: Readonly<Record<MetricState, string>> = {
  violated: 'violated',
  drifting: 'beyond limit, within chance',
  ok: 'ok',
  'not-compared': 'not judged',
};

export function metricStateWord(state: MetricState): string {
  return stateWords[state];
}

function isBeyondLimit({ current, threshold, comparison }: MetricReport): boolean {
  if (current === undefined || threshold === undefined) return false;
  return comparison === 'GreaterThanThreshold' ? current.value > threshold : current.value < threshold;
}

const four = new Intl.NumberFormat('en-US', { minimumSignificantDigits: 4, maximumSignificantDigits: 4 });

/** A metric's value in its unit, with as many digits as its neighbours: fractions "0.515", values "22.20", "12,345", "8.034e10". */
export function metricText(value: number, unit: MetricReport['unit']): string {
  if (unit === 'fraction' && value >= 0) return distanceText(value);
  const size = Math.abs(value);
  if (size >= 1e7) return value.toExponential(3).replace('e+', 'e');
  return size >= 0.001 && size < 10_000 ? four.format(value) : numberText(value);
}

/** "0.480 to 0.549"; undefined without an interval. */
export function intervalText(
  { lower, upper }: Pick<Estimated, 'lower' | 'upper'>,
  unit: MetricReport['unit'],
): string | undefined {
  if (lower === undefined || upper === undefined) return undefined;
  return `${metricText(lower, unit)} to ${metricText(upper, unit)}`;
}

/** A difference with its sign: "+0.131", "-0.131". */
export function changeText(value: number, unit: MetricReport['unit']): string {
  const text = metricText(Math.abs(value), unit);
  return value < 0 ? `-${text}` : value > 0 ? `+${text}` : text;
}

/** The least or the most that the metric must be, with as many digits as tell it from the current value. */
export function limitText({ threshold, current, unit }: MetricReport): string | undefined {
  if (threshold === undefined) return undefined;
  const text = metricText(threshold, unit);
  const hidden = current !== undefined && current.value !== threshold && metricText(current.value, unit) === text;
  return hidden ? numberText(threshold, 9) : text;
}

/** "at least" or "at most". */
export function limitWord({ comparison }: MetricReport): string {
  return comparison === 'GreaterThanThreshold' ? 'at most' : 'at least';
}

/** Metrics in the order of reading: violated ones, others with a limit, then those without. */
export function metricsByState(metrics: readonly MetricReport[]): MetricReport[] {
  const order: Readonly<Record<MetricState, number>> = { violated: 0, drifting: 1, ok: 2, 'not-compared': 3 };
  const rank = (metric: MetricReport): number =>
    metric.threshold === undefined && metric.status !== 'violated' ? 4 : order[metricState(metric)];
  return [...metrics].sort((a, b) => rank(a) - rank(b));
}

/** Metrics of a classifier that always gives the same answer: a yardstick, and no metric of the model. */
export function isBestConstant({ name }: MetricReport): boolean {
  return name.endsWith('_best_constant_classifier');
}

const classMetrics = ['recall', 'precision', 'f1'] as const;

/** A class with its own metrics. */
export interface ClassMetrics {
  readonly name: string;
  readonly metrics: Readonly<Partial<Record<(typeof classMetrics)[number], MetricReport>>>;
}

/** Recall, precision and F1 of each class (`recall:bus`), the classes whose F1 fell most first. */
export function metricsByClass(metrics: readonly MetricReport[]): ClassMetrics[] {
  const classes = new Map<string, ClassMetrics['metrics']>();
  for (const metric of metrics.filter(isOfClass)) {
    const at = metric.name.indexOf(':');
    const name = metric.name.slice(at + 1);
    classes.set(name, { ...classes.get(name), [metric.name.slice(0, at)]: metric });
  }
  const change = ({ metrics: { f1 } }: ClassMetrics): number =>
    f1?.current && f1.baseline ? f1.current.value - f1.baseline.value : 0;
  return [...classes].map(([name, of]) => ({ name, metrics: of })).sort((a, b) => change(a) - change(b));
}

/** Whether it is a metric of one class that has no limit of its own. */
export function isOfClass({ name, threshold }: MetricReport): boolean {
  return threshold === undefined && classMetrics.some((prefix) => name.startsWith(`${prefix}:`));
}

const mainNames: Readonly<Record<ModelQualityReport['problemType'], readonly string[]>> = {
  BinaryClassification: ['auc', 'f1', 'accuracy'],
  MulticlassClassification: ['accuracy', 'weighted_f1'],
  Regression: ['rmse', 'mae'],
};

/** Violated metrics in the order of the violations, then the two or three by which models of this problem are known. */
export function leadingMetrics(
  { metrics, problemType }: ModelQualityReport,
  violations: readonly { readonly feature: string }[],
): MetricReport[] {
  const violated = metrics.filter(({ status }) => status === 'violated');
  const names = [...violations.map(({ feature }) => feature), ...violated.map(({ name }) => name)];
  const known = (mainNames[problemType] ?? []).filter((name) => !violated.some((metric) => metric.name === name));
  const find = (from: readonly MetricReport[]) => (name: string) => from.find((metric) => metric.name === name) ?? [];
  return [...[...new Set(names)].flatMap(find(violated)), ...known.flatMap(find(metrics))];
}

/** The chance of a false alarm as a share of windows: "50 %", "2 %", "< 1 %". */
export function falseAlarmText(chance: number): string {
  if (chance < 0.01) return '< 1 %';
  if (chance > 0.99) return '> 99 %';
  return `${Math.round(chance * 100)} %`;
}

/** What an estimate is worth, by the data and, once they are there, by the labels. */
export interface EstimateVerdict {
  /** One or two sentences. */
  readonly text: string;
  /** `doubted` before labels are there, `refuted` once they tell otherwise. */
  readonly kind: 'trusted' | 'doubted' | 'refuted';
}

export function estimateVerdict({ metrics, estimate }: ModelQualityReport): EstimateVerdict {
  const known = (estimate?.metrics ?? []).flatMap(({ name, error, whole }) => {
    const metric = metrics.find((each) => each.name === name);
    if (error === undefined || metric === undefined) return [];
    const noise = Math.hypot(halfOf(whole), halfOf(metric.current));
    return [{ metric, error, beyond: noise > 0 ? Math.abs(error) / noise : 0 }];
  });
  const worst = [...known].sort((a, b) => b.beyond - a.beyond)[0];
  const trusted = estimate?.trusted === true;
  if (worst === undefined) {
    return trusted
      ? { kind: 'trusted', text: 'Nothing in the data speaks against this estimate.' }
      : { kind: 'doubted', text: 'Do not rely on this estimate.' };
  }
  const { metric, error, beyond } = worst;
  const by = metricText(Math.abs(error), metric.unit);
  const share = metric.unit === 'value' && metric.current?.value ? error / metric.current.value : undefined;
  const relative = share === undefined ? '' : ` (${percentText(Math.abs(share))} of the realised)`;
  const off = `${inSentence(metric.title)} was estimated ${by}${relative} too ${error < 0 ? 'high' : 'low'}`;
  if (beyond > 1) {
    const before = trusted
      ? 'Nothing in the data spoke against this estimate, but the labels do'
      : 'The labels say that it was wrong';
    return { kind: 'refuted', text: `${before}: on the rows that have one, ${off}, more than chance explains.` };
  }
  const before = trusted
    ? 'Nothing in the data speaks against this estimate, and'
    : 'Do not rely on this estimate, although';
  const text = `${before} the labels that are there agree with it within chance; farthest off, ${off}.`;
  return { kind: trusted ? 'trusted' : 'doubted', text };
}

/** A title within a sentence: "recall", "F1 score". */
function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Half the width of a 95 % interval; 0 without one. */
function halfOf(value: Estimated | undefined): number {
  return value?.lower === undefined || value.upper === undefined ? 0 : (value.upper - value.lower) / 2;
}

/** How an estimate without labels is made, and what it cannot see. */
export function estimateMethodText({ estimate }: ModelQualityReport): string {
  const methods = new Set(estimate?.metrics.map(({ method }) => method));
  return [
    ...(methods.has('CBPE')
      ? ['CBPE (confidence-based performance estimation) takes the calibrated scores as the chance of being right.']
      : []),
    ...(methods.has('DLE')
      ? ['DLE (direct loss estimation) predicts the error of each row by a second model, learnt on the baseline.']
      : []),
    'No estimate sees a change in what the right answer is; only labels do.',
  ].join(' ');
}

/** What is to be said where no group is listed; undefined where there are some, or no labels. */
export function noSegmentsText({ segments, segmentsSearched, coverage }: ModelQualityReport): string | undefined {
  if (segments.length > 0 || coverage.labelled === 0) return undefined;
  return segmentsSearched > 0
    ? `No group of rows got worse beyond chance; ${segmentsSearched.toLocaleString('en-US')} ${segmentsSearched === 1 ? 'group was' : 'groups were'} looked at.`
    : 'No group of rows was looked at: that takes features, enough labelled rows, and a baseline made by Driftline.';
}
