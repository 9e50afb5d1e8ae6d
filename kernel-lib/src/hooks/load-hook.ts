import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';

/**
 * Loads a hook: the default export of a TypeScript or JavaScript module (`.ts`, `.mts`, `.js`, `.mjs`, and their CommonJS
 * forms). TypeScript is stripped of its types, not checked. A module runs with the rights of this process.
 *
 * @param location - A path, absolute or from the working folder, or a `file://` URL.
 * @throws MonitorError `HOOK`: no such file, a module that does not load, or a default export that is no function.
 */
export async function loadHook<T>(location: string): Promise<T> {
  const file = path.resolve(location.startsWith('file://') ? fileURLToPath(location) : location);
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) {
    throw new MonitorError('HOOK', 'There is no hook module at this path.', {
      where: file,
      fix: 'name a .ts, .mts, .js or .mjs file whose default export is a function',
    });
  }
  let exported: unknown;
  try {
    // No caches: a hook edited in a running notebook is read anew, and nothing is written beside it. Node keeps every
    // module that it loads itself, so all of them are transpiled and evaluated here.
    const { createJiti } = await import('jiti');
    const jiti = createJiti(import.meta.url, { interopDefault: true, moduleCache: false, fsCache: false });
    const source = await readFile(file, 'utf8');
    const module = await jiti.evalModule(source, { filename: file, async: true, forceTranspile: true });
    exported = (module as { readonly default?: unknown }).default ?? module;
  } catch (cause) {
    throw new MonitorError('HOOK', `The hook module does not load: ${firstLine(cause)}`, {
      where: file,
      fix: 'run it by itself to see the whole error, and correct it',
      cause,
    });
  }
  if (typeof exported !== 'function') {
    throw new MonitorError('HOOK', `The hook's default export is ${kindOf(exported)}, not a function.`, {
      where: file,
      fix: 'write "export default (input) => ...;" in it; docs/hooks.md has an example of each kind',
    });
  }
  return exported as T;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
