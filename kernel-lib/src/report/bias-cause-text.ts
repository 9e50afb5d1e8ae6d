import type { CauseParts } from '../metrics/bias/cause.js';
import { type FacetCounts, sideOf } from '../metrics/bias/counts.js';
import type { BiasSegment } from './model-bias-report.js';
import { clipText, countText, percentText, plural } from './value-text.js';

/** The two sides of a facet in words and in numbers. */
export interface CauseSides {
  /** "sex = Female". */
  readonly title: string;
  /** "sex = Male". */
  readonly others: string;
  readonly baseline: FacetCounts;
  readonly current: FacetCounts;
}

/** Below this share of the change a part is not worth a word. */
const SMALL = 0.1;

/**
 * Why a metric changed, in two or three sentences: what moved most, by its own numbers in both samples; what it and the
 * others make of the change; and the rows that carry it.
 */
export function causeText({ factors, parts }: CauseParts, segments: readonly BiasSegment[], sides: CauseSides): string {
  const all = [
    { size: factors.labels.disadvantaged, text: labelsMoved(sides, 1), name: `the labels of ${words(sides.title)}` },
    { size: factors.labels.advantaged, text: labelsMoved(sides, 0), name: `the labels of ${words(sides.others)}` },
    {
      size: factors.predictions.disadvantaged,
      text: predictionsMoved(sides, 1),
      name: `the predictions for ${words(sides.title)}`,
    },
    {
      size: factors.predictions.advantaged,
      text: predictionsMoved(sides, 0),
      name: `the predictions for ${words(sides.others)}`,
    },
    { size: parts.population, text: sizesMoved(sides), name: 'the sizes of the groups' },
  ].sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
  const total = all.reduce((sum, { size }) => sum + Math.abs(size), 0);
  if (total === 0) return 'Nothing that the metric is made of has moved.';
  const [most, ...rest] = all.filter(({ size }) => Math.abs(size) >= SMALL * total);
  const share = percentText(Math.abs(most!.size) / total);
  const others = rest.map(({ name, size }) => `${percentText(Math.abs(size) / total)} by ${name}`);
  const against = rest.some(({ size }) => Math.sign(size) !== Math.sign(most!.size));
  const made =
    rest.length === 0
      ? 'Nothing else moved the metric much.'
      : `That moved the metric most (${share} of all movement; ${listed(others)}${against ? ', partly the other way' : ''}).`;
  const [segment] = segments;
  const carried =
    segment === undefined
      ? ''
      : ` Rows with ${words(segment.title)} carry more of it than their share (${plural(segment.rows, 'row')}).`;
  return `${most!.text} ${made}${carried}`;
}

/** What turned out true of the predictions of a side; without predictions, its labels. */
function labelsMoved({ title, others, baseline, current }: CauseSides, side: 0 | 1): string {
  const [before, after] = [sideOf(baseline.cells, side), sideOf(current.cells, side)];
  const whose = words(side === 1 ? title : others);
  return `The labels of ${whose} moved: ${percentText(after.positiveLabels / after.rows)} of ${countText(after.rows)} are positive instead of ${percentText(before.positiveLabels / before.rows)}.`;
}

function predictionsMoved({ title, others, baseline, current }: CauseSides, side: 0 | 1): string {
  const [before, after] = [sideOf(baseline.cells, side), sideOf(current.cells, side)];
  const whose = words(side === 1 ? title : others);
  return `The predictions for ${whose} moved: ${percentText(after.positivePredictions / after.rows)} of ${countText(after.rows)} are positive instead of ${percentText(before.positivePredictions / before.rows)}.`;
}

function sizesMoved({ title, baseline, current }: CauseSides): string {
  const share = ({ cells }: FacetCounts): number => {
    const [others, group] = [sideOf(cells, 0).rows, sideOf(cells, 1).rows];
    return group / (others + group);
  };
  return `The sizes of the groups moved: ${percentText(share(current))} of the rows have ${words(title)} instead of ${percentText(share(baseline))}.`;
}

function words(text: string): string {
  return clipText(text, 80);
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
