import type { ExplainedRow } from './model-explainability-report.js';
import { terminalText } from './plain-table.js';
import { plural, timeText } from './value-text.js';

/** Features with a line of their own; all others share one. */
const MOST_LINES = 12;
const LEAST_WIDTH = 40;

/** A line of the waterfall: what it adds, from where to where. */
interface Step {
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A request's explanation as text: from the expected value down to the answer, what each feature adds, the largest first. Bars
 * stand where the sum is before and after; those to the right (`█`) raise the answer, those to the left (`░`) lower it. Names
 * and values from data are shown on one line without control characters.
 *
 * @param row - as `explainRecords` and a report's examples have it.
 * @param width - characters a line at most; at least 40. Default: 80.
 */
export function waterfallText(row: ExplainedRow, width: number = 80): string {
  const columns = Math.max(LEAST_WIDTH, Math.floor(width));
  const sum = row.features.reduce((total, { attribution }) => total + attribution, 0);
  const start = row.answer - sum;
  const steps = stepsOf(row, start);
  const numbers = numbersAlike([start, row.answer, ...steps.map(({ from, to }) => to - from)]);
  const amounts = steps.map(({ from, to }) => `${to > from ? '+' : ''}${numbers.format(to - from)}`);
  const [first, last] = [numbers.format(start), numbers.format(row.answer)];
  const amountWidth = Math.max(...[...amounts, first, last].map((text) => text.length));
  const titleWidth = Math.min(
    Math.max('expected value'.length, ...steps.map(({ title }) => [...title].length)),
    Math.floor(columns * 0.45),
  );
  const barWidth = columns - titleWidth - amountWidth - 4;
  const bar = scaleOf(start, steps, barWidth);
  const line = (title: string, amount: string, drawn: string): string =>
    `${padded(terminalText(title, titleWidth), titleWidth)}  ${amount.padStart(amountWidth)}  ${drawn}`.trimEnd();
  return [
    ...headOf(row, columns),
    line('expected value', first, bar.mark(start)),
    ...steps.map((step, index) => line(step.title, amounts[index]!, bar.of(step))),
    line('answer', last, bar.mark(row.answer)),
  ].join('\n');
}

function headOf({ reason, eventId, time }: ExplainedRow, width: number): string[] {
  const request = [...(eventId === undefined ? [] : [`event ${eventId}`]), ...(time ? [timeText(time)] : [])];
  return [reason, request.join(', ')].map((text) => terminalText(text, width)).filter((text) => text !== '');
}

/** As many decimals for all as show four digits of the largest. */
function numbersAlike(numbers: readonly number[]): Intl.NumberFormat {
  const largest = Math.max(...numbers.map(Math.abs));
  const decimals = largest === 0 ? 0 : Math.max(0, Math.min(20, 3 - Math.floor(Math.log10(largest))));
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  });
}

function stepsOf({ features }: ExplainedRow, start: number): Step[] {
  const own = features.length <= MOST_LINES ? features : features.slice(0, MOST_LINES - 1);
  const others = features.slice(own.length);
  const parts = own.map(({ feature, value, attribution }) => ({
    title: value === null ? `${feature} is missing` : `${feature} = ${value}`,
    attribution,
  }));
  if (others.length > 0) {
    const attribution = others.reduce((sum, other) => sum + other.attribution, 0);
    parts.push({ title: plural(others.length, 'other feature'), attribution });
  }
  let at = start;
  return parts.map(({ title, attribution }) => {
    const from = at;
    at += attribution;
    return { title: terminalText(title), from, to: at };
  });
}

interface Scale {
  of(step: Step): string;
  mark(value: number): string;
}

function scaleOf(start: number, steps: readonly Step[], width: number): Scale {
  const ends = [start, ...steps.map(({ to }) => to)];
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number): number =>
    greatest === least ? 0 : Math.round(((value - least) / (greatest - least)) * (width - 1));
  return {
    of: ({ from, to }) => {
      const [left, right] = [place(Math.min(from, to)), place(Math.max(from, to))];
      const bar = to === from ? '|' : (to > from ? '█' : '░').repeat(Math.max(1, right - left));
      return ' '.repeat(left) + bar;
    },
    mark: (value) => `${' '.repeat(Math.max(0, Math.min(width - 1, place(value))))}|`,
  };
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}
