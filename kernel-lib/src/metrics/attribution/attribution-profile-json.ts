import { MonitorError } from '../../errors.js';
import type { AttributionProfile, FeatureSums, OutputProfile } from './attribution-profile.js';
import { BLOCK_SUMS, DISTRIBUTION_BINS } from './output-sums.js';
import { binsOf } from './value-layout.js';

/** A profile as JSON, without a final newline. The blocks' sums are written as base64 of 32-bit numbers, little-endian. */
export function attributionProfileToJson({ outputs, ...profile }: AttributionProfile): string {
  return JSON.stringify({
    ...profile,
    outputs: outputs.map((output) => ({ ...output, blocks: base64Of(output.blocks) })),
  });
}

/**
 * Reads a profile back.
 *
 * @param where - the file, for errors.
 * @throws MonitorError `FORMAT` where it is none, or of a version this release does not know.
 */
export function parseAttributionProfile(text: string, where: string): AttributionProfile {
  const profile = profileOf(text);
  if (profile !== undefined) return profile;
  throw new MonitorError('FORMAT', 'Not a profile of attributions that this version of driftline can read.', {
    where,
    fix: 'make the baseline again with "driftline baseline model-explainability"',
  });
}

/** An output with its blocks still as text. */
type WrittenOutput = Omit<OutputProfile, 'blocks'> & { readonly blocks: string };

function profileOf(text: string): AttributionProfile | undefined {
  try {
    const written = JSON.parse(text) as Omit<AttributionProfile, 'outputs'> & { readonly outputs: WrittenOutput[] };
    if (written.version !== 1) return undefined;
    const outputs = written.outputs.map((output) => ({ ...output, blocks: numbersOf(output.blocks) }));
    const profile = { ...written, outputs };
    return isWhole(profile) ? profile : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every list is as long as the others ask, and every number is one: a file may have been cut or edited. */
function isWhole({ features, layouts, valueRows, blockRows, outputs, rows }: AttributionProfile): boolean {
  const width = features.length;
  const bins = layouts.map(binsOf);
  return (
    features.every((feature) => typeof feature === 'string') &&
    Number.isInteger(rows) &&
    areNumbers(blockRows, blockRows.length) &&
    blockRows.reduce((sum, ofBlock) => sum + ofBlock, 0) === rows &&
    bins.length === width &&
    valueRows.length === width &&
    valueRows.every((counts, feature) => areNumbers(counts, bins[feature]!)) &&
    outputs.every((output) => isWholeOutput(output, bins, blockRows.length))
  );
}

function isWholeOutput(output: OutputProfile, bins: readonly number[], blocks: number): boolean {
  const { label, expectedValue, answers, totalSquares, features } = output;
  return (
    typeof label === 'string' &&
    areNumbers([expectedValue, answers.sum, answers.squares, totalSquares], 4) &&
    areNumbers(output.blocks, BLOCK_SUMS * bins.length * blocks) &&
    features.length === bins.length &&
    features.every((feature, place) => isWholeFeature(feature, bins[place]!))
  );
}

function isWholeFeature(feature: FeatureSums, bins: number): boolean {
  const { sum, absolute, squares, fourths, absoluteByTotal, pivot, median, range } = feature;
  return (
    areNumbers([sum, absolute, squares, fourths, absoluteByTotal, pivot], 6) &&
    areNumbers([median.value, median.lower, median.upper], 3) &&
    areNumbers(range, 2) &&
    [feature.counts, feature.levels, feature.levelled].every((list) => areNumbers(list, DISTRIBUTION_BINS)) &&
    [feature.valueSums, feature.valueSquares].every((list) => areNumbers(list, bins))
  );
}

function areNumbers(list: ArrayLike<number>, length: number): boolean {
  return list.length === length && Array.prototype.every.call(list, Number.isFinite);
}

function base64Of(numbers: Float32Array): string {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, place) => {
    bytes.writeFloatLE(number, 4 * place);
  });
  return bytes.toString('base64');
}

function numbersOf(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(4 * place));
}
