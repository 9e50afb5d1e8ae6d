import { type Html, html } from '../html-template.js';
import type { ConfusionMatrix, Pair } from '../model-quality-report.js';
import { clipText, countText, percentText } from '../value-text.js';

const MOST_CLASSES = 12;
/** More classes than these and the matrices stand below each other. */
const SIDE_BY_SIDE = 5;

/** The confusion matrices of baseline and current as tables: counts, and shares of the actual class as shades. */
export function confusionFigures(pair: Pair<ConfusionMatrix>): Html {
  const { baseline, current } = pair;
  if (baseline === undefined && current === undefined) return html``;
  const classes = classesOf(pair);
  const shown = shownClasses(pair, classes);
  const left = classes.length - shown.length;
  const matrix = (title: string, of: ConfusionMatrix | undefined): Html | false =>
    of !== undefined && html`<div>${matrixTable(title, of, classes, shown)}</div>`;
  return html`<h3>Confusion matrix</h3>
<p class="small">Rows are actual classes, columns predicted ones; a shade is the share of the actual class, blue where it is right.${left > 0 && ` The ${shown.length} of ${classes.length} classes with the most wrong rows; the others are summed up.`}</p>
<div class="matrices${shown.length > SIDE_BY_SIDE && ' stacked'}">${matrix('Baseline', baseline)}${matrix('Current', current)}</div>
`;
}

/** All classes of the two, the baseline's first. */
function classesOf({ baseline, current }: Pair<ConfusionMatrix>): string[] {
  return [...new Set([...(baseline?.classes ?? []), ...(current?.classes ?? [])])];
}

/** The classes with the most wrong rows, in their own order; all of few. */
function shownClasses({ baseline, current }: Pair<ConfusionMatrix>, classes: readonly string[]): string[] {
  if (classes.length <= MOST_CLASSES) return [...classes];
  const of = current ?? baseline!;
  const wrong = (name: string): number => {
    const at = of.classes.indexOf(name);
    return at < 0 ? 0 : sum(of.counts[at]!) - (of.counts[at]![at] ?? 0);
  };
  const worst = new Set([...classes].sort((a, b) => wrong(b) - wrong(a)).slice(0, MOST_CLASSES));
  return classes.filter((name) => worst.has(name));
}

/** One sample's matrix; `shown` are the classes that are not summed up. */
export function matrixTable(
  title: string,
  { classes: own, counts }: ConfusionMatrix,
  classes: readonly string[],
  shown: readonly string[],
): Html {
  const place = (name: string): number => own.indexOf(name);
  const others = classes.filter((name) => !shown.includes(name));
  const count = (actual: string, predicted: readonly string[]): number =>
    sum(predicted.map((name) => counts[place(actual)]?.[place(name)] ?? 0));
  const total = sum(counts.map(sum));
  const right = sum(counts.map((row, index) => row[index] ?? 0));
  const columns = [...shown.map((name) => [name]), ...(others.length > 0 ? [others] : [])];
  return html`<div class="scroll"><table class="matrix"><caption><strong>${title}</strong>, ${countText(right)} of ${countText(total)} rows right${total > 0 && ` (${percentText(right / total)})`}</caption><thead><tr><th scope="col"><span class="small">actual \\ predicted</span></th>${columns.map(
    (names) => html`<th scope="col">${names === others ? `${others.length} others` : name(names[0]!, 24)}</th>`,
  )}<th scope="col">Rows</th></tr></thead><tbody>
${shown.map((actual) => {
  const rows = count(actual, classes);
  return html`<tr><th scope="row">${name(actual)}</th>${columns.map((names) =>
    cell(count(actual, names), rows, names[0] === actual),
  )}<td class="rows">${countText(rows)}</td></tr>
`;
})}</tbody></table></div>`;
}

function cell(count: number, rows: number, right: boolean): Html {
  const share = rows === 0 ? 0 : count / rows;
  const look = `${right ? 'right' : 'wrong'}${count === 0 ? ' none' : ''}`;
  return html`<td class="${look}" style="--share:${share.toFixed(3)}">${countText(count)}<small>${rows === 0 ? '–' : percentText(share)}</small></td>`;
}

/** A class's name; of a long one the beginning and the end, by which it differs from others. */
function name(of: string, length: number = 40): Html {
  if (of === '') return html`<em>empty text</em>`;
  const characters = [...of];
  if (characters.length <= length) return html`<bdi>${of}</bdi>`;
  const half = Math.floor(length / 2);
  const ends = `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`;
  return html`<bdi title="${clipText(of, 200)}">${ends}</bdi>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
