import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { kernelsFolder, userData } from '../../../kernel-lib/src/kernel/kernels-folder.js';

it('is below the prefix, or below that of a Python', async () => {
  expect(await kernelsFolder({ prefix: '.venv' })).toBe(path.resolve('.venv/share/jupyter/kernels'));
  const prefix = execFileSync('python3', ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim();
  expect(await kernelsFolder({ sysPrefix: 'python3' })).toBe(path.join(prefix, 'share/jupyter/kernels'));
});

it('says which Python cannot be run', async () => {
  await expect(kernelsFolder({ sysPrefix: '/no/python' })).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    where: '/no/python',
  });
});

it("is otherwise in Jupyter's folder of the user, on every system", () => {
  expect(userData('linux', {})).toBe(path.join(homedir(), '.local/share/jupyter'));
  expect(userData('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/jupyter');
  expect(userData('linux', { JUPYTER_DATA_DIR: '/mine', XDG_DATA_HOME: '/data' })).toBe('/mine');
  expect(userData('darwin', {})).toBe(path.join(homedir(), 'Library/Jupyter'));
  expect(userData('win32', { APPDATA: '/roaming' })).toBe(path.join('/roaming', 'jupyter'));
});
