import type { ColumnSample } from './column-sample.js';
import type { CapturedColumn, SetupInspection } from './inspection.js';
import { describe } from './map-columns.js';
import type { SampledPart } from './sample-capture.js';

/**
 * What the captured outputs are: by the name that the capture gives them, else a number from 0 to 1 is the probability and
 * the first other one the prediction. Where the training file has neither, they get these words as names.
 */
export function mapOutputs(
  outputs: readonly SampledPart[],
  trained: ReadonlyMap<string, ColumnSample>,
  { probability, prediction }: Pick<SetupInspection, 'probability' | 'prediction'>,
): readonly CapturedColumn[] {
  const used = new Set(outputs.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const take = (name: string): string | undefined => {
    if (used.has(name)) return undefined;
    used.add(name);
    return name;
  };
  const roles = new Set<string>();
  return outputs.map((output) => {
    const { name, sample, position } = output;
    const role = sample.isProbability ? ('probability' as const) : ('prediction' as const);
    const head = roles.has(role) ? {} : { role };
    roles.add(role);
    if (name !== undefined) {
      const column = trained.get(name);
      const known = { ...describe(output, name), ...head, named: true } as const;
      if (column === undefined) return { ...known, reason: 'Named by the capture.' };
      return { ...known, column: name, fit: column.fitOf(sample), reason: 'Same name.' };
    }
    const guess = sample.isProbability ? probability : prediction;
    const why = sample.isProbability ? 'Numbers from 0 to 1' : 'No numbers from 0 to 1';
    const column = guess && take(guess.value);
    if (column !== undefined) {
      const fit = trained.get(column)!.fitOf(sample);
      const reason = `${why}, as ${column} of the training file.`;
      return { ...describe(output, column), ...head, named: false, column, fit, reason };
    }
    const own = (trained.has(role) ? undefined : take(role)) ?? `output-${position + 1}`;
    return { ...describe(output, own), ...head, named: false, reason: `${why}; the training file has no ${role}.` };
  });
}
