import { flipTest } from '../../metrics/bias/flip-test.js';
import { throwIfAborted } from '../../storage/abort.js';
import type { BiasColumn } from './bias-column.js';
import type { BiasSample } from './bias-sample.js';
import { hasTruths, truthOf } from './grouping.js';
import type { MeasuredBias, MeasuredGroup } from './measure.js';
import type { BiasSettings } from './settings.js';

/**
 * The measured groups with their flip tests, where these are wanted and there are predictions. Features are all columns
 * but the facet's own and the excluded ones; truths are 0 and 1. One that is not numeric makes the service, and so us, run
 * none.
 */
export async function withFlips(
  { columns, names }: BiasSample,
  measured: MeasuredBias,
  { metrics, excluded }: BiasSettings,
  { seed = 0, signal }: { readonly seed?: number; readonly signal?: AbortSignal },
): Promise<MeasuredBias> {
  const { predictions } = measured.rows;
  if (predictions === undefined || !metrics.includes('FT')) return measured;
  const values = new Map(columns.map((column) => [column.name, numbersOf(column)]));
  const groups: MeasuredGroup[] = [];
  for (const group of measured.groups) {
    const features = names.filter((name) => name !== group.facet && !excluded.includes(name));
    const tested = features.map((name) => values.get(name));
    const flips = await flipTest(tested, group.members, predictions, { seed, ...(signal && { signal }) }).catch(
      (error: unknown) => {
        throwIfAborted(signal);
        throw error;
      },
    );
    groups.push({ ...group, counts: { ...group.counts, flips } });
  }
  return { ...measured, groups };
}

/** A column as pandas has it: of numbers, or of truths without gaps. */
function numbersOf(column: BiasColumn): Float64Array | undefined {
  if (column.kind === 'numeric') return column.values;
  if (!hasTruths(column) || column.values.includes(null)) return undefined;
  return Float64Array.from(column.values, (cell) => Number(truthOf(cell!)));
}

/** What a reader of FT must know: that it is of a sample, or that rows were left out. */
export function flipNotes(groups: readonly MeasuredGroup[]): string[] {
  return groups.flatMap(({ title, counts: { flips } }) => {
    if (flips === undefined || flips.error !== undefined) return [];
    if (flips.sampled === undefined) return [];
    return [`FT of ${title} is of a sample of ${flips.sampled} rows, so that it is an estimate.`];
  });
}
