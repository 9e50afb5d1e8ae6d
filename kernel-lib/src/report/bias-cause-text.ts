import type { CauseParts } from '../metrics/bias/cause.js';
import { type BiasCells, type FacetCounts, sideOf, sideRows } from '../metrics/bias/counts.js';
import type { BiasStage } from '../metrics/bias/metric.js';
import type { BiasSegment } from './model-bias-report.js';
import { clipText, countText, numberText, percentText } from './value-text.js';

/** The two sides of a facet in words and in numbers. */
export interface CauseSides {
  /** "sex = Female". */
  readonly title: string;
  /** "sex = Male", "all others". */
  readonly others: string;
  readonly baseline: FacetCounts;
  readonly current: FacetCounts;
  /** The metric's. */
  readonly stage: BiasStage;
}

/** One of the five factors; the population is of both sides. */
interface Factor {
  readonly kind: 'population' | 'labels' | 'predictions';
  readonly side: 0 | 1;
  /** Share of the change; negative against it. */
  readonly share: number;
}

/** From this share of the change on a second factor is told. */
const TOLD = 0.25;
/** Below this share a factor is said to add hardly anything. */
const HARDLY = 0.1;
/** Titles within a sentence are cut at this. */
const LONGEST = 60;

/**
 * Why a metric changed, in two or three sentences: what moved most, by its own numbers in both samples; what moved as
 * well, worked against it or adds hardly anything; and the first of the segments.
 */
export function causeText(parts: CauseParts, segments: readonly BiasSegment[], sides: CauseSides): string {
  const { population, labels, predictions } = parts.parts;
  const change = population + labels + predictions;
  if (change === 0) return 'What moved cancels out.';
  const factors = factorsOf(parts, change).sort((a, b) => b.share - a.share);
  const [lead, second] = factors as [Factor, Factor];
  const least = factors.at(-1)!;
  const besides =
    second.share >= TOLD
      ? movedText(second, sides, 'moved as well')
      : least.share <= -TOLD
        ? `${capital(nameOf(least, sides))} worked against it.`
        : restText(lead, parts, change, sides);
  const sentences = [movedText(lead, sides, 'moved'), besides, segmentText(segments[0], change, sides)];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function factorsOf({ parts, factors }: CauseParts, change: number): Factor[] {
  const ofSides = (kind: 'labels' | 'predictions'): Factor[] => [
    { kind, side: 1, share: factors[kind].disadvantaged / change },
    { kind, side: 0, share: factors[kind].advantaged / change },
  ];
  const population: Factor = { kind: 'population', side: 1, share: parts.population / change };
  return [...ofSides('labels'), ...ofSides('predictions'), population];
}

function movedText(factor: Factor, sides: CauseSides, moved: string): string {
  const { kind, side } = factor;
  const told =
    kind === 'population'
      ? sizesText(sides)
      : kind === 'predictions'
        ? shareText(sides, (cells) => [sideOf(cells, side).positivePredictions, sideRows(cells, side)])
        : labelsText(sides, side);
  return `${capital(nameOf(factor, sides))} ${moved}${told === '' ? '' : `: ${told}`}.`;
}

/** "the labels of sex = Female". */
function nameOf({ kind, side }: Factor, { title, others }: CauseSides): string {
  if (kind === 'population') return 'the sizes of the two sides';
  const whose = words(side === 1 ? title : others);
  return kind === 'labels' ? `the labels of ${whose}` : `the predictions for ${whose}`;
}

/** What turned out true of the side's predictions, of those of which more rows moved; without predictions, its labels. */
function labelsText(sides: CauseSides, side: 0 | 1): string {
  if (sides.stage === 'pre-training') {
    return shareText(sides, (cells) => [sideOf(cells, side).positiveLabels, sideRows(cells, side)]);
  }
  const found = ([1, 0] as const).map((prediction) => {
    const ratio = (cells: BiasCells): Ratio => {
      const [negative, positive] = [cells[side * 4 + prediction]!, cells[side * 4 + 2 + prediction]!];
      return [positive, negative + positive];
    };
    const [before, now] = [ratio(sides.baseline.cells), ratio(sides.current.cells)];
    const moved = Math.abs(now[0] / now[1] - before[0] / before[1]) * now[1];
    const predicted = `predicted ${prediction === 1 ? 'positive' : 'negative'}`;
    return { moved: Number.isNaN(moved) ? 0 : moved, text: shareText(sides, ratio, predicted) };
  });
  return found.sort((a, b) => b.moved - a.moved)[0]!.text;
}

/** Part and whole. */
type Ratio = readonly [part: number, whole: number];

/** "33.2 % of 1,630 predicted negative are positive instead of 11.3 %"; empty where a sample has none. */
function shareText({ baseline, current }: CauseSides, ratio: (cells: BiasCells) => Ratio, of: string = ''): string {
  const [before, now] = [ratio(baseline.cells), ratio(current.cells)];
  if (before[1] === 0 || now[1] === 0) return '';
  const [was, is] = shareTexts(before[0] / before[1], now[0] / now[1]);
  return `${is} of ${countText(now[1])}${of && ` ${of}`} are positive instead of ${was}`;
}

/** "sex = Female is 20.0 % of 4,000 rows instead of 33.0 %"; the same share at other values of the group variable. */
function sizesText({ title, baseline, current }: CauseSides): string {
  const rows = ({ cells }: FacetCounts): number => sideRows(cells, 0) + sideRows(cells, 1);
  const share = (counts: FacetCounts): number => sideRows(counts.cells, 1) / rows(counts);
  const [before, now] = [share(baseline), share(current)];
  if (before === now) return 'their rows have other values of the group variable';
  const [was, is] = shareTexts(before, now);
  return `${words(title)} is ${is} of ${countText(rows(current))} rows instead of ${was}`;
}

/** "The predictions and the others add hardly anything." */
function restText({ kind, side }: Factor, { parts, sides }: CauseParts, change: number, about: CauseSides): string {
  if (kind === 'population') return '';
  const isSmall = (part: number): boolean => Math.abs(part / change) < HARDLY;
  const other = kind === 'labels' ? 'predictions' : 'labels';
  const names: string[] = [];
  if (about.stage === 'post-training' && isSmall(parts[other])) names.push(`the ${other}`);
  if (isSmall(side === 1 ? sides.advantaged : sides.disadvantaged)) {
    names.push(side === 1 ? 'the others' : `the rows with ${words(about.title)}`);
  }
  return names.length === 0 ? '' : `${capital(names.join(' and '))} add hardly anything.`;
}

/** "Rows where occupation = Sales, 7.3 % of all, carry 62.0 % of the change." */
function segmentText(segment: BiasSegment | undefined, change: number, { current }: CauseSides): string {
  if (segment === undefined) return '';
  const share = segment.contribution / change;
  const carried = share > 0.995 ? 'the whole change' : `${percentText(share)} of the change`;
  const rows = percentText(segment.rows / (sideRows(current.cells, 0) + sideRows(current.cells, 1)));
  return `Rows where ${words(segment.title)}, ${rows} of all, carry ${carried}.`;
}

/** Two shares in percent, with as many digits as it takes to tell them apart. */
function shareTexts(before: number, now: number): readonly [string, string] {
  const texts = [percentText(before), percentText(now)] as const;
  if (texts[0] !== texts[1] || before === now) return texts;
  return [`${numberText(before * 100, 6)} %`, `${numberText(now * 100, 6)} %`];
}

function words(text: string): string {
  return clipText(text, LONGEST);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
