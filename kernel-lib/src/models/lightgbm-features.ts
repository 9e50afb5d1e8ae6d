import { type LightgbmSection, parts } from './lightgbm-text.js';
import type { CategoryTable, ModelFeature } from './model-features.js';

/**
 * The features of a model. Which of them are categorical is told by `feature_infos` (a list of codes instead of a
 * range), and, for those that were of no use, by the parameter `categorical_feature`.
 *
 * @param tables - `pandas_categorical`: of each categorical column of the training data, in their order.
 * @throws MonitorError `MODEL` where the tables cannot be told to belong to the categorical features.
 */
export function readFeatures(
  header: LightgbmSection,
  parameters: ReadonlyMap<string, string>,
  tables: readonly CategoryTable[],
): ModelFeature[] {
  const where = 'header';
  const names = header.words('feature_names', where);
  const infos = header.words('feature_infos', where);
  const count = header.number('max_feature_idx', where) + 1;
  if (names.length !== count || infos.length !== count) {
    parts.broken(`has ${names.length} names and ${infos.length} ranges for ${count} features`, where);
  }
  const listed = new Set((parameters.get('categorical_feature') ?? '').split(','));
  const categorical = infos.map(
    (info, index) => /^-?\d+(:-?\d+)*$/.test(info) || (info === 'none' && listed.has(`${index}`)),
  );
  const places = categorical.flatMap((is, index) => (is ? [index] : []));
  if (tables.length > 0) checkTables(tables, places, infos);
  return names.map((name, index) => {
    if (!categorical[index]) return { name, kind: 'number' };
    const categories = tables[places.indexOf(index)];
    return categories === undefined ? { name, kind: 'code' } : { name, kind: 'category', categories };
  });
}

/** Ordered categories of pandas have a table too, and are numbers to LightGBM: then tables and features are no pairs. */
function checkTables(tables: readonly CategoryTable[], places: readonly number[], infos: readonly string[]): void {
  if (tables.length !== places.length) {
    parts.refuse(
      `${tables.length} tables in pandas_categorical for ${places.length} categorical features`,
      'train on columns of unordered categories, and name no others in categorical_feature',
    );
  }
  for (const [index, place] of places.entries()) {
    const most = infos[place] === 'none' ? -1 : Math.max(...infos[place]!.split(':').map(Number));
    const size = new Set(tables[index]!.values()).size;
    if (most >= size) {
      parts.broken(`has category ${most} where its table has ${size} categories`, `feature ${place}`);
    }
  }
}

/** The line `pandas_categorical:`, the last of a file; no tables without it, or where it is null. */
export function readCategoryTables(line: string | undefined): CategoryTable[] {
  const where = 'pandas_categorical';
  if (line === undefined) return [];
  let lists: unknown;
  try {
    lists = JSON.parse(line) ?? [];
  } catch {
    return parts.broken('has a line that is not JSON', where);
  }
  if (!Array.isArray(lists) || !lists.every((list) => Array.isArray(list))) {
    return parts.broken('has no list of lists', where);
  }
  return (lists as unknown[][]).map((list) => new Map(list.flatMap(keysOf)));
}

/** A category as a cell may write it, with its code. */
function keysOf(category: unknown, code: number): [string | number, number][] {
  if (typeof category === 'string' || typeof category === 'number') return [[category, code]];
  if (typeof category === 'boolean') {
    const name = String(category);
    return [
      [name, code],
      [`${name[0]!.toUpperCase()}${name.slice(1)}`, code],
    ];
  }
  return parts.refuse(
    'categories that are neither text nor number',
    'train on categories of text',
    'pandas_categorical',
  );
}
