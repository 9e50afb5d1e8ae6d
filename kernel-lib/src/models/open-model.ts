import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MonitorError, placed } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';
import type { ModelCell, TreeModel } from './tree-model.js';
import { parseXgboostModel } from './xgboost.js';

/** A model that can be asked: of each row a number, or a list of numbers (one a class). */
export interface Model {
  /** @param names - of the cells, in order; the model picks its own. */
  predict(
    names: readonly string[],
    rows: readonly (readonly ModelCell[])[],
  ): Promise<readonly (number | readonly number[])[]>;
}

/** What the default export of a JavaScript module is. */
type ModelFunction = (rows: Record<string, unknown>[]) => unknown;

/**
 * Opens a model: a file of XGBoost (`save_model("model.json")`), or a JavaScript module whose default export takes rows as
 * objects and returns a number, or a list of numbers, for each.
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`.
 */
export async function openModel(uri: string): Promise<Model> {
  if (/\.[cm]?js$/.test(uri)) return moduleModel(uri);
  if (/\.json$/.test(uri)) return treeModel(uri);
  throw new MonitorError('MODEL', 'This kind of model cannot be asked by this version.', {
    where: uri,
    fix: 'give an XGBoost model saved as .json, or a JavaScript module (.js, .mjs) that asks it',
  });
}

/**
 * Opens a model that is a sum of trees: a file of XGBoost (`save_model("model.json")`).
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`.
 */
export async function openTreeModel(uri: string): Promise<TreeModel> {
  if (!/\.json$/.test(uri)) {
    throw new MonitorError('MODEL', 'This kind of model cannot be explained by this version.', {
      where: uri,
      fix: 'give an XGBoost model saved as .json',
    });
  }
  const text = new TextDecoder().decode(await openStorage(uri).read(uri));
  try {
    return parseXgboostModel(text, uri);
  } catch (error) {
    throw placed(error, uri);
  }
}

/**
 * Where each of a model's features stands among the columns' names.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`, naming those that are absent.
 */
export function columnsOfFeatures(model: TreeModel, names: readonly string[], uri: string): number[] {
  const places = model.features.map(({ name }) => names.indexOf(name));
  const absent = model.features.filter((_, index) => places[index] === -1).map(({ name }) => name);
  if (absent.length === 0) return places;
  throw new MonitorError('COLUMN_NOT_FOUND', `The model asks for ${absent.join(', ')}, which the data lack.`, {
    where: uri,
    fix: `use data with these columns; there are: ${names.join(', ')}`,
  });
}

async function treeModel(uri: string): Promise<Model> {
  const model = await openTreeModel(uri);
  return {
    async predict(names, rows) {
      const places = columnsOfFeatures(model, names, uri);
      return [...model.predict(rows.map((row) => places.map((place) => row[place] ?? null)))];
    },
  };
}

async function moduleModel(uri: string): Promise<Model> {
  let exported: unknown;
  try {
    exported = ((await import(pathToFileURL(path.resolve(uri)).href)) as { readonly default?: unknown }).default;
  } catch (cause) {
    throw new MonitorError('MODEL', `The module could not be loaded: ${(cause as Error).message}`, {
      where: uri,
      fix: 'check its path, and that Node can import it',
      cause,
    });
  }
  if (typeof exported !== 'function') {
    throw new MonitorError('MODEL', 'The module has no default export that is a function.', {
      where: uri,
      fix: 'write: export default async (rows) => rows.map((row) => 0.5)',
    });
  }
  const ask = exported as ModelFunction;
  return {
    async predict(names, rows) {
      const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
      let answers: unknown;
      try {
        answers = await ask(objects);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new MonitorError('MODEL', `The module failed: ${reason}`, {
          where: uri,
          fix: 'correct the module',
          cause,
        });
      }
      return checkedAnswers(answers, rows.length, uri);
    },
  };
}

function checkedAnswers(answers: unknown, rows: number, where: string): readonly (number | readonly number[])[] {
  const list: unknown = ArrayBuffer.isView(answers) ? [...(answers as Float64Array)] : answers;
  const fix = 'return a list with a number, or a list of numbers, for each row';
  if (!Array.isArray(list) || list.length !== rows) {
    const got = Array.isArray(list) ? `a list of ${list.length}` : `a value of type ${typeof list}`;
    throw new MonitorError('MODEL', `The module answered ${got} for ${rows} rows.`, { where, fix });
  }
  const wrong = list.findIndex((answer) => ![answer].flat().every(Number.isFinite));
  if (wrong < 0) return list as readonly (number | readonly number[])[];
  throw new MonitorError('MODEL', `The module answered ${String(list[wrong])} for the row at index ${wrong}.`, {
    where,
    fix,
  });
}
