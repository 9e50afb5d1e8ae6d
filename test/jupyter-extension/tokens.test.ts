import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandIds, pluginIds, reportMimeType } from '../../jupyter-extension/src/tokens.js';
import { REPORT_MIME_TYPE } from '../../kernel-lib/src/report/report.js';

const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as Record<string, unknown>;

it('the MIME type is the one that the library sends', () => {
  expect(reportMimeType).toBe(REPORT_MIME_TYPE);
});

it('the plugins carry the name of the package', () => {
  const { name } = read('jupyter-extension/package.json');
  expect(Object.values(pluginIds).every((id) => id.startsWith(`${String(name)}:`))).toBe(true);
});

it('the context menu names a command that exists', () => {
  const { 'jupyter.lab.menus': menus } = read('jupyter-extension/schema/plugin.json') as {
    'jupyter.lab.menus': { context: { command: string }[] };
  };
  const known: readonly string[] = Object.values(commandIds);
  expect(menus.context.filter(({ command }) => !known.includes(command))).toEqual([]);
  expect(menus.context.map(({ command }) => command)).toContain(commandIds.openFile);
});

it('the npm package and the wheel have one version', () => {
  const { version } = read('jupyter-extension/package.json');
  const text = (file: string): string =>
    readFileSync(new URL(`../../jupyter-extension/${file}`, import.meta.url), 'utf8');
  expect(text('pyproject.toml')).toContain(`\nversion = "${String(version)}"\n`);
  expect(text('jupyterlab_driftline/__init__.py')).toContain(`__version__ = "${String(version)}"`);
});
