import { MonitorError } from '../../errors.js';
import type { AttributionProfile, OutputProfile } from './attribution-profile.js';
import { BLOCK_SUMS } from './output-sums.js';

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

function isWhole({ features, layouts, valueRows, blockRows, outputs, rows }: AttributionProfile): boolean {
  const width = features.length;
  return (
    Number.isInteger(rows) &&
    [layouts, valueRows].every((list) => list.length === width) &&
    blockRows.length <= rows &&
    outputs.every(
      (output) => output.features.length === width && output.blocks.length === BLOCK_SUMS * width * blockRows.length,
    )
  );
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
