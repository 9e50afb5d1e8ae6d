import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadHook } from '../../../kernel-lib/src/hooks/load-hook.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'driftline-hook-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function hookFile(name: string, code: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, code);
  return file;
}

type Doubler = (n: number) => number;

describe('loadHook()', () => {
  test.each([
    ['a.ts', 'interface Row { n: number }\nexport default (n: number): number => ({ n: 2 * n } as Row).n;'],
    ['b.mts', 'const two: number = 2;\nexport default function double(n: number) { return two * n; }'],
    ['c.js', 'export default (n) => 2 * n;'],
    ['d.mjs', 'import path from "node:path";\nexport default (n) => path.join("a").length * 2 * n;'],
    ['e.cjs', 'module.exports = (n) => 2 * n;'],
  ])('loads the default export of %s', async (name, code) => {
    const file = await hookFile(name, code);
    expect((await loadHook<Doubler>(file))(21)).toBe(42);
    expect((await loadHook<Doubler>(pathToFileURL(file).href))(21)).toBe(42);
  });

  test.each(['ts', 'mts', 'js', 'mjs'])('reads a .%s module anew after it was changed', async (extension) => {
    const file = await hookFile(`changing.${extension}`, 'export default (n) => n;');
    expect((await loadHook<Doubler>(file))(21)).toBe(21);
    await hookFile(`changing.${extension}`, 'export default (n) => 2 * n;');
    expect((await loadHook<Doubler>(file))(21)).toBe(42);
  });

  test('finds what the module imports beside it', async () => {
    await hookFile('factor.ts', 'export const factor: number = 2;');
    const file = await hookFile(
      'with-import.ts',
      'import { factor } from "./factor.js";\nexport default (n: number) => factor * n;',
    );
    expect((await loadHook<Doubler>(path.relative(process.cwd(), file)))(21)).toBe(42);
  });

  test.each([
    ['a missing module', 'missing.ts', undefined, /no hook module at this path/],
    ['a syntax error', 'syntax.ts', 'export default (n => {', /does not load/],
    [
      'an exception while loading',
      'throws.js',
      'throw new Error("no table");\nexport default () => 1;',
      /does not load: no table/,
    ],
    ['a default export that is no function', 'object.js', 'export default { a: 1 };', /is an object, not a function/],
    ['no default export', 'named.mjs', 'export const hook = () => 1;', /not a function/],
  ])('names the path and a fix for %s', async (_, name, code, message) => {
    const file = code === undefined ? path.join(folder, name) : await hookFile(name, code);
    await expect(loadHook(file)).rejects.toMatchObject({
      code: 'HOOK',
      message: expect.stringMatching(message),
      where: file,
      fix: expect.any(String),
    });
  });
});
