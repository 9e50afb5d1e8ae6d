import { looksLikeLabel } from '../../capture/mapping-warning.js';
import type { ColumnSample } from './column-sample.js';
import type { CapturedColumn } from './inspection.js';
import type { SampledPart } from './sample-capture.js';

/** What a column that has the name of a label must fit better by, to be taken for an input. */
const LABEL_PENALTY = 0.3;
/** Less than this fits badly. */
const FITS = 0.5;

/**
 * Which column of the training file each captured input is: by the name that the capture gives it; without names by
 * order, so that the values fit best, columns in between left out (label, prediction, identifiers).
 *
 * @param inputs - the captured inputs, in order.
 */
export function mapInputs(
  inputs: readonly SampledPart[],
  trained: ReadonlyMap<string, ColumnSample>,
): readonly CapturedColumn[] {
  const byKey = new Set(inputs.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const free = [...trained].filter(([name]) => !byKey.has(name));
  const unnamed = inputs.filter(({ name }) => name === undefined);
  const places = alignInOrder(
    unnamed.map(({ sample }) => sample),
    free.map(([name, sample]) => ({ sample, penalty: looksLikeLabel(name) ? LABEL_PENALTY : 0 })),
  );
  return inputs.map((input) => {
    if (input.name !== undefined) return byName(input, input.name, trained);
    const place = places[unnamed.indexOf(input)];
    const found = place === undefined ? undefined : free[place];
    return found === undefined ? unmatched(input, trained.size) : byOrder(input, found);
  });
}

function byName(part: SampledPart, name: string, trained: ReadonlyMap<string, ColumnSample>): CapturedColumn {
  const column = trained.get(name);
  const head = { ...describe(part, name), named: true };
  if (column === undefined) return { ...head, reason: 'The training file has no column of this name.' };
  const fit = column.fitOf(part.sample);
  return { ...head, column: name, fit, reason: fit < FITS ? `Same name, but ${misfit(fit)}` : 'Same name.' };
}

function byOrder(part: SampledPart, [name, column]: readonly [string, ColumnSample]): CapturedColumn {
  const fit = column.fitOf(part.sample);
  const fits = fit === 1 ? 'the values fit.' : `${percent(fit)} of the values fit.`;
  const reason = fit < FITS ? `By order, but ${misfit(fit)}` : `By order; ${fits}`;
  return { ...describe(part, name), named: false, column: name, fit, reason };
}

function unmatched(part: SampledPart, columns: number): CapturedColumn {
  const reason = `The training file has ${columns} columns, and none is left for it.`;
  return { ...describe(part, `${part.part}-${part.position + 1}`), named: false, reason };
}

/** What is told of a captured column. */
export function describe(
  { part, position, sample }: SampledPart,
  name: string,
): Omit<CapturedColumn, 'named' | 'reason'> {
  return { ...sample.describe(name), part, position };
}

function misfit(fit: number): string {
  return `only ${percent(fit)} of the values fit: look at the examples.`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/**
 * For each sample its place among the columns, ascending, so that the sum of fits is greatest; undefined where the columns
 * do not reach. Time and memory: samples times columns.
 */
function alignInOrder(
  samples: readonly ColumnSample[],
  columns: readonly { readonly sample: ColumnSample; readonly penalty: number }[],
): (number | undefined)[] {
  const width = columns.length + 1;
  const best = new Float64Array((samples.length + 1) * width);
  const fits = samples.map((sample) => columns.map((column) => column.sample.fitOf(sample) - column.penalty));
  for (let row = samples.length - 1; row >= 0; row--) {
    for (let at = columns.length - 1; at >= 0; at--) {
      const taken = fits[row]![at]! + best[(row + 1) * width + at + 1]!;
      // Every match counts for one besides its fit: all are matched as long as there are columns.
      best[row * width + at] = Math.max(taken + 1, best[row * width + at + 1]!, best[(row + 1) * width + at]!);
    }
  }
  const places: (number | undefined)[] = [];
  let at = 0;
  for (let row = 0; row < samples.length; row++) {
    while (at < columns.length && best[row * width + at] === best[row * width + at + 1]) at++;
    const skip = at >= columns.length || best[row * width + at] === best[(row + 1) * width + at];
    places.push(skip ? undefined : at++);
  }
  return places;
}
