import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelSpec, libraryFolder } from '../../../kernel-lib/src/kernel/kernelspec.js';
import { root, temporaryFolder } from '../../support/driftline.js';
import { errorOf } from '../../support/error-of.js';

const folder = realpathSync(temporaryFolder());
const place = (...names: string[]): string => path.join(folder, ...names);

/** A package that does nothing. */
function install(name: string, ...where: string[]): string {
  const home = place(...where, 'node_modules', name);
  mkdirSync(path.join(home, 'bin'), { recursive: true });
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  return home;
}

beforeAll(() => {
  install('driftline', 'bare');
  install('driftline', 'project');
  install('tslab', 'project');
  install('driftline', 'pnpm', 'node_modules', '.pnpm', 'driftline@1.0.0');
  install('tslab', 'pnpm', 'node_modules', '.pnpm', 'driftline@1.0.0');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('kernelSpec()', () => {
  it('names Node, tslab and the library by absolute paths, so that the kernel starts anywhere', () => {
    expect(kernelSpec(place('project/node_modules/driftline'), folder)).toEqual({
      argv: [
        process.execPath,
        place('project/node_modules/tslab/bin/tslab'),
        'kernel',
        '--config-path',
        '{connection_file}',
      ],
      display_name: 'Driftline (TypeScript)',
      language: 'typescript',
      interrupt_mode: 'signal',
      env: {
        NODE_PATH: place('project/node_modules'),
        DRIFTLINE_LIBRARY: place('project/node_modules/driftline'),
      },
    });
  });

  it('finds the packages of a workspace, which links the library', () => {
    const library = libraryFolder();
    expect(library).toBe(path.join(realpathSync(root), 'kernel-lib'));
    expect(kernelSpec(library, folder).env).toEqual({
      NODE_PATH: path.join(realpathSync(root), 'node_modules'),
      DRIFTLINE_LIBRARY: library,
    });
  });

  it('finds the packages that pnpm links', () => {
    const home = place('pnpm/node_modules/.pnpm/driftline@1.0.0/node_modules');
    symlinkSync(path.join(home, 'driftline'), place('pnpm/node_modules/driftline'));
    expect(kernelSpec(path.join(home, 'driftline'), folder).env['NODE_PATH']).toBe(home);
  });

  it('takes the tslab of the folder in which the command runs, where the library has none beside it', () => {
    const { argv, env } = kernelSpec(place('bare/node_modules/driftline'), place('project'));
    expect(argv[1]).toBe(place('project/node_modules/tslab/bin/tslab'));
    expect(env['NODE_PATH']).toBe(place('bare/node_modules'));
  });

  it('says that tslab is not installed, where it was looked for, and how it is installed', () => {
    const library = place('bare/node_modules/driftline');
    const { code, what, where, fix } = errorOf(() => kernelSpec(library, place('bare')));
    expect({ code, what, where }).toEqual({
      code: 'FILE_NOT_FOUND',
      what: 'tslab, which runs TypeScript in Jupyter, is not installed.',
      where: library,
    });
    expect(fix).toMatch(/^run "npm install tslab@1\.0\.22"/);
  });

  it('names the release of tslab that the tests run with', async () => {
    const { default: manifest } = (await import(path.join(root, 'package.json'))) as {
      default: { devDependencies: Record<string, string> };
    };
    const { fix } = errorOf(() => kernelSpec(place('bare/node_modules/driftline'), place('bare')));
    expect(fix).toContain(`tslab@${manifest.devDependencies['tslab']}"`);
  });
});
