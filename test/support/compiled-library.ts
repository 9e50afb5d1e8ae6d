import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The library's modules as JavaScript, for tests of what runs outside of the test runner: worker threads and child
 * processes load compiled modules only. Made anew from the sources, types unchecked, in about a second.
 *
 * @returns the folder that stands for `dist`, and what removes it.
 */
export function compiledLibrary(): { readonly dist: string; readonly remove: () => void } {
  const home = path.join(root, '.cache', `compiled-${process.pid}-${Date.now()}`);
  const source = path.join(root, 'kernel-lib/src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(path.join(source, file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    });
    const target = path.join(home, 'dist', file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  cpSync(path.join(root, 'kernel-lib/package.json'), path.join(home, 'package.json'));
  return { dist: path.join(home, 'dist'), remove: () => rmSync(home, { recursive: true }) };
}
