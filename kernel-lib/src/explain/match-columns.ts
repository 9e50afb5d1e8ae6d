import { MonitorError } from '../errors.js';

/** Where the features stand in the data, and how that was told. */
export interface ColumnMatch {
  /** By feature: the index of its column. */
  readonly places: readonly number[];
  readonly by: 'name' | 'position';
}

/**
 * Finds the columns of a model's features: by name, columns beyond them ignored. By position where one side has no names
 * (a CSV file without a header; a model trained on an array, whose features are f0, f1, … or Column_0, Column_1, …) and the
 * numbers agree.
 *
 * @param features - of the model, in its order.
 * @param names - of the columns.
 * @throws MonitorError `COLUMN_NOT_FOUND`, naming the features without a column; `COLUMN_COUNT` where there is nothing to
 *   go by but the position, and the numbers differ.
 */
export function matchColumns(
  features: readonly string[],
  names: readonly string[],
  modelUri: string,
  where: string,
): ColumnMatch {
  const places = features.map((feature) => placeOf(feature, features, names));
  const absent = features.filter((_, index) => places[index] === -1);
  if (absent.length === 0) return { places, by: 'name' };
  const unnamedData = names.every((name, index) => name === `_c${index}`);
  const unnamedModel = isUnnamed(features);
  if (!unnamedData && !unnamedModel) {
    throw new MonitorError('COLUMN_NOT_FOUND', `The model asks for ${absent.join(', ')}, which the data lack.`, {
      where: modelUri,
      fix: `use data with these columns; there are: ${names.join(', ')}`,
    });
  }
  if (names.length === features.length) return { places: features.map((_, index) => index), by: 'position' };
  const nameless = unnamedData ? 'The data have no names' : 'The model has no names';
  throw new MonitorError(
    'COLUMN_COUNT',
    `${nameless}, the number of columns is ${names.length}, and the model takes ${features.length}.`,
    {
      where,
      fix: unnamedData
        ? `name the columns in a header, the model's among them: ${features.join(', ')}`
        : 'give the columns that the model was trained on, in its order, and no others',
    },
  );
}

/** LightGBM writes an underscore for each blank in a name. */
function placeOf(feature: string, features: readonly string[], names: readonly string[]): number {
  const place = names.indexOf(feature);
  if (place !== -1 || !feature.includes('_')) return place;
  const alike = names.flatMap((name, index) =>
    name.replaceAll(' ', '_') === feature && !features.includes(name) ? [index] : [],
  );
  return alike.length === 1 ? alike[0]! : -1;
}

/** Whether a model was trained on an array: its library has given its features numbers. */
export function isUnnamed(features: readonly string[]): boolean {
  return ['f', 'Column_'].some((prefix) => features.every((feature, index) => feature === `${prefix}${index}`));
}
