import { MonitorError } from '../errors.js';
import { columnsOfFeatures } from '../models/open-model.js';
import type { TreeModel } from '../models/tree-model.js';

/** Where the features stand in the data, and how that was told. */
export interface ColumnMatch {
  /** By feature: the index of its column. */
  readonly places: readonly number[];
  readonly by: 'name' | 'position';
}

/**
 * Finds the columns of a model's features: by name, columns beyond them ignored. By position where one side has no names
 * (a CSV file without a header; a model trained on an array, whose features are f0, f1, …) and the numbers agree.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`, naming the features without a column; `COLUMN_COUNT` where there is nothing to
 *   go by but the position, and the numbers differ.
 */
export function matchColumns(model: TreeModel, names: readonly string[], modelUri: string, where: string): ColumnMatch {
  const { features } = model;
  if (features.every(({ name }) => names.includes(name))) {
    return { places: columnsOfFeatures(model, names, modelUri), by: 'name' };
  }
  const unnamedData = names.every((name, index) => name === `_c${index}`);
  const unnamedModel = features.every(({ name }, index) => name === `f${index}`);
  if (!unnamedData && !unnamedModel) return { places: columnsOfFeatures(model, names, modelUri), by: 'name' };
  if (names.length === features.length) return { places: features.map((_, index) => index), by: 'position' };
  const nameless = unnamedData ? 'The data have no names' : 'The model has no names';
  throw new MonitorError(
    'COLUMN_COUNT',
    `${nameless}, the number of columns is ${names.length}, and the model takes ${features.length}.`,
    {
      where,
      fix: unnamedData
        ? `name the columns in a header, the model's among them: ${features.map(({ name }) => name).join(', ')}`
        : 'give the columns that the model was trained on, in its order, and no others',
    },
  );
}
