import type { InferredType, TypeCounts } from './profile.js';

/**
 * The type of a column from its cells' lexical classes: nothing but missing cells `Unknown`; any text, booleans mixed
 * with numbers, or nothing but booleans `String` (the service's files have no boolean); any fractional cell
 * `Fractional`; else `Integral`.
 *
 * @see Source: deequ `DataTypeHistogram.determineType`.
 */
export function inferType(types: TypeCounts): InferredType {
  if (types.text > 0 || types.boolean > 0) return 'String';
  if (types.fractional > 0) return 'Fractional';
  return types.integral > 0 ? 'Integral' : 'Unknown';
}
