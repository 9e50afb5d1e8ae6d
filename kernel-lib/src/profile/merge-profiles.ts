import { DistinctCounter } from '../stats/distinct.js';
import { KllSketch } from '../stats/kll.js';
import { Moments } from '../stats/moments.js';
import { columnProfile } from './column-profile.js';
import { inferType } from './inferred-type.js';
import { type ColumnProfile, type InferredType, type Profile, type TypeCounts, VALUE_CAP } from './profile.js';
import { VALUE_BYTES_CAP } from './value-table.js';

/**
 * The profile of all rows together. Counts, moments and distinct counters merge without loss, sketches within their
 * bound. Columns are united by name in the order first seen; rows of a profile without a column count as missing there.
 * What one of them does not know of a column (`types`, `distinct`, `values` of a foreign profile) is unknown of the whole.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const merger = new ProfileMerger();
  for (const profile of profiles) merger.add(profile);
  return merger.finish();
}

/** Merges profiles one after the other, so that none but the sum is held. */
export class ProfileMerger {
  #rowCount = 0;
  readonly #columns = new Map<string, ColumnMerger>();

  /** Takes in a profile, which is left as it is. */
  add(profile: Profile): void {
    this.#rowCount += profile.rowCount;
    for (const column of profile.columns) {
      let merger = this.#columns.get(column.name);
      if (merger === undefined) {
        merger = new ColumnMerger();
        this.#columns.set(column.name, merger);
      }
      merger.add(column);
    }
  }

  finish(): Profile {
    const columns = [...this.#columns].map(([name, merger]) => merger.finish(name, this.#rowCount));
    return { rowCount: this.#rowCount, columns };
  }
}

class ColumnMerger {
  #present = 0;
  #nonFinite = 0;
  #types: TypeCounts | undefined = { integral: 0, fractional: 0, boolean: 0, text: 0 };
  #foreignType: InferredType = 'Unknown';
  #moments: Moments | undefined;
  #sketch: KllSketch | undefined;
  #distinct: DistinctCounter | undefined = new DistinctCounter();
  /** The largest of those that say no more. */
  #foreignEstimate = 0;
  #values: Map<string, number> | undefined = new Map();
  #valueBytes = 0;

  add(column: ColumnProfile): void {
    this.#present += column.present;
    this.#nonFinite += column.nonFinite;
    if (!column.distinct) this.#foreignEstimate = Math.max(this.#foreignEstimate, column.distinctEstimate);
    this.#foreignType = widerType(this.#foreignType, column.inferredType);
    if (column.numeric !== undefined) {
      this.#moments ??= new Moments();
      this.#moments.merge(column.numeric.moments);
      const { sketch } = column.numeric;
      this.#sketch ??= new KllSketch({ k: sketch.k, c: sketch.c });
      this.#sketch.merge(sketch);
    }
    if (column.present === 0) return;
    this.#addTypes(column.types);
    if (column.distinct === undefined) this.#distinct = undefined;
    else this.#distinct?.merge(column.distinct);
    this.#addValues(column.values);
  }

  finish(name: string, rowCount: number): ColumnProfile {
    const inferredType = this.#types === undefined ? this.#foreignType : inferType(this.#types);
    return columnProfile(
      {
        name,
        inferredType,
        present: this.#present,
        missing: rowCount - this.#present,
        nonFinite: this.#nonFinite,
        types: this.#types,
        numeric: this.#moments && this.#sketch ? { moments: this.#moments, sketch: this.#sketch } : undefined,
        distinct: this.#distinct,
        values: this.#values,
      },
      this.#foreignEstimate,
    );
  }

  #addTypes(types: TypeCounts | undefined): void {
    const sum = this.#types;
    this.#types = sum &&
      types && {
        integral: sum.integral + types.integral,
        fractional: sum.fractional + types.fractional,
        boolean: sum.boolean + types.boolean,
        text: sum.text + types.text,
      };
  }

  #addValues(values: ReadonlyMap<string, number> | undefined): void {
    if (values === undefined) this.#values = undefined;
    const sum = this.#values;
    if (values === undefined || sum === undefined) return;
    for (const [text, count] of values) {
      const known = sum.get(text);
      if (known === undefined) this.#valueBytes += Buffer.byteLength(text);
      sum.set(text, (known ?? 0) + count);
    }
    if (sum.size > VALUE_CAP || this.#valueBytes > VALUE_BYTES_CAP) this.#values = undefined;
  }
}

const WIDTH: readonly InferredType[] = ['Unknown', 'Integral', 'Fractional', 'String'];

function widerType(a: InferredType, b: InferredType): InferredType {
  return WIDTH.indexOf(a) >= WIDTH.indexOf(b) ? a : b;
}
