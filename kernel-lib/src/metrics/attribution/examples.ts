import { textOf } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { ExplainedRow, FeatureAttributionReport } from '../../report/model-explainability-report.js';

/** One row of a sample as the waterfall shows it: all features, the largest attribution first. */
export function explainedRow(sample: ExplainedSample, output: number, row: number, reason: string): ExplainedRow {
  const { features, outputs, columns, values, answers, times, eventIds } = sample;
  const at = (row * outputs.length + output) * features.length;
  const time = times?.[row];
  const eventId = eventIds?.[row];
  return {
    reason,
    ...(typeof eventId === 'string' && { eventId }),
    ...(time !== undefined && !Number.isNaN(time) && { time: new Date(time).toISOString() }),
    answer: answers[row * outputs.length + output]!,
    features: features
      .map((feature, place) => ({
        feature,
        value: textOf(columns[place]!, row),
        attribution: values[at + place]!,
      }))
      .sort((a, b) => Math.abs(b.attribution) - Math.abs(a.attribution)),
  };
}

/** Features whose change is given an example of its own. */
const MOVED = 2;

/**
 * Requests worth looking at, at most five, each once: those whose answer is most carried by the features that moved the
 * mean answer most, in the direction in which they moved it; the highest and the lowest answer; and the one nearest to the
 * mean answer. Of equal ones the first.
 *
 * @param output - its place among the sample's outputs.
 * @param compared - the output's features, with the changes of their mean attribution where a baseline has rows.
 */
export function chooseExamples(
  sample: ExplainedSample,
  output: number,
  compared: readonly Pick<FeatureAttributionReport, 'feature' | 'meanChange'>[],
): ExplainedRow[] {
  const { rows, features, outputs, values, answers } = sample;
  if (rows === 0) return [];
  const answer = (row: number): number => answers[row * outputs.length + output]!;
  const attribution = (row: number, place: number): number =>
    values[(row * outputs.length + output) * features.length + place]!;
  let mean = 0;
  for (let row = 0; row < rows; row++) mean += answer(row) / rows;
  const moved = compared
    .filter(({ meanChange, feature }) => meanChange !== undefined && features.includes(feature))
    .filter(({ meanChange }) => (meanChange!.pValue ?? 0) < 0.05 && meanChange!.value !== 0)
    .sort((a, b) => Math.abs(b.meanChange!.value) - Math.abs(a.meanChange!.value))
    .slice(0, MOVED);
  const candidates: { readonly reason: string; readonly size: (row: number) => number }[] = [
    ...moved.map(({ feature, meanChange }) => {
      const place = features.indexOf(feature);
      const sign = Math.sign(meanChange!.value);
      return {
        reason: `${feature} ${sign > 0 ? 'raises' : 'lowers'} this answer most`,
        size: (row: number): number => sign * attribution(row, place),
      };
    }),
    { reason: 'the highest answer', size: answer },
    { reason: 'the lowest answer', size: (row) => -answer(row) },
    { reason: 'the answer nearest to the mean', size: (row) => -Math.abs(answer(row) - mean) },
  ];
  const chosen = new Set<number>();
  return candidates.flatMap(({ reason, size }) => {
    let best = -1;
    for (let row = 0; row < rows; row++) if (best < 0 || size(row) > size(best)) best = row;
    if (chosen.has(best)) return [];
    chosen.add(best);
    return [explainedRow(sample, output, best, reason)];
  });
}
