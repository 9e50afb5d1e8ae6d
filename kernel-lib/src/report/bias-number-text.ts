import type { BiasMetricReport, BiasRange, BiasValue } from './model-bias-report.js';
import { numberText, probabilityText } from './value-text.js';

/** A metric's number with three decimals, so that columns of them align; never 0.000 unless it is 0: "-0.014", "26.14", "2e-4". */
export function biasNumberText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.0005) return numberText(value, 2);
  return size < 10 ? value.toFixed(3) : numberText(value);
}

/** The value, "infinite", or undefined where there is none. */
export function biasValueText(value: Pick<BiasValue, 'value' | 'infinite'> | undefined): string | undefined {
  if (value?.value !== undefined) return biasNumberText(value.value);
  if (value?.infinite === undefined) return undefined;
  return value.infinite === 'positive' ? 'infinite' : '-infinite';
}

/** "0.177 to 0.213", "at least 0.075" where the other bound is infinite; undefined without an interval. */
export function biasIntervalText({ lower, upper, method }: BiasValue): string | undefined {
  return method === undefined && (lower === undefined || upper === undefined) ? undefined : boundsText(lower, upper);
}

/** "-0.201 to 0.201", "at most 1.25"; configured ones as they are. */
export function biasRangeText(range: BiasRange | undefined): string | undefined {
  return range && boundsText(range.lower, range.upper, range.source === 'configured' ? numberText : biasNumberText);
}

function boundsText(
  lower: number | undefined,
  upper: number | undefined,
  text: (value: number) => string = biasNumberText,
): string {
  if (lower === undefined) return upper === undefined ? 'any value' : `at most ${text(upper)}`;
  if (upper === undefined) return `at least ${text(lower)}`;
  return `${text(lower)} to ${text(upper)}`;
}

/** A difference with its sign: "+0.188". */
export function biasChangeText(value: number): string {
  return value > 0 ? `+${biasNumberText(value)}` : biasNumberText(value);
}

/** "adjusted p < 0.0001", "adjusted p 0.0312"; undefined where nothing was tested. */
export function biasChanceText({ change }: BiasMetricReport): string | undefined {
  if (change?.adjustedPValue === undefined) return undefined;
  const text = probabilityText(change.adjustedPValue);
  return `adjusted p ${text.startsWith('<') ? text : `= ${text}`}`;
}

/** The size of a difference of shares in percentage points, without the noun: "19.6", "0.03", "< 0.01"; 0 only when it is. */
export function pointsText(difference: number): string {
  const points = Math.abs(difference) * 100;
  if (points === 0) return '0';
  if (points < 0.01) return '< 0.01';
  return points.toFixed(points < 0.95 ? 2 : 1);
}

/** "19.6 points", "1 point". */
export function pluralPoints(difference: number): string {
  const text = pointsText(difference);
  return `${text} ${text === '1.0' ? 'point' : 'points'}`;
}
