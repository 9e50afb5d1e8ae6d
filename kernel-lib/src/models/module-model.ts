import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MonitorError } from '../errors.js';
import { throwIfAborted } from '../storage/abort.js';
import { type Model, type ModelAnswer, type ModelConfig, outputNames } from './model.js';

/** What the default export of a JavaScript module is. */
type ModelFunction = (rows: Record<string, unknown>[]) => unknown;

/**
 * A JavaScript module whose default export takes rows as objects (missing cells `null`) and returns, now or later, a number
 * or a list of numbers for each.
 *
 * @throws MonitorError `MODEL` where it cannot be loaded or exports no function.
 */
export async function moduleModel(uri: string, config?: ModelConfig): Promise<Model> {
  const ask = await loadFunction(uri);
  return {
    ...outputNames(config),
    async predict(names, rows, { signal } = {}) {
      throwIfAborted(signal);
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

async function loadFunction(uri: string): Promise<ModelFunction> {
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
  if (typeof exported === 'function') return exported as ModelFunction;
  throw new MonitorError('MODEL', 'The module has no default export that is a function.', {
    where: uri,
    fix: 'write: export default async (rows) => rows.map((row) => 0.5)',
  });
}

function checkedAnswers(answers: unknown, rows: number, where: string): readonly ModelAnswer[] {
  const list: unknown = ArrayBuffer.isView(answers) ? [...(answers as Float64Array)] : answers;
  const fix = 'return a list with a number, or a list of numbers, for each row';
  if (!Array.isArray(list) || list.length !== rows) {
    const got = Array.isArray(list) ? `a list of ${list.length}` : `a value of type ${typeof list}`;
    throw new MonitorError('MODEL', `The module answered ${got} for ${rows} rows.`, { where, fix });
  }
  const wrong = list.findIndex((answer) => ![answer].flat().every(Number.isFinite));
  if (wrong < 0) return list as readonly ModelAnswer[];
  throw new MonitorError('MODEL', `The module answered ${String(list[wrong])} for the row at index ${wrong}.`, {
    where,
    fix,
  });
}
