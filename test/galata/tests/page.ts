import { test as galata } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';
import { writeFiles } from './files.js';

export { expect } from '@jupyterlab/galata';

/**
 * A page of JupyterLab in which `open(name)` opens one of the files, in the light theme at the start. Every test ends
 * with the check that the console has no error.
 */
export const test = galata.extend<{
  open: (name: string, factory?: string) => Promise<void>;
  errors: string[];
}>({
  errors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await use(errors);
      await stopKernels(page);
      galata.expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, tmpPath }, use) => {
    writeFiles(tmpPath);
    await page.theme.setLightTheme();
    await use(async (name, factory) => {
      await page.evaluate(
        async ([path, wanted]) => {
          await window.jupyterapp.commands.execute('docmanager:open', {
            path,
            ...(wanted !== undefined && { factory: wanted }),
          });
        },
        [`${tmpPath}/${name}`, factory] as const,
      );
    });
  },
});

/** Ends the background kernel where a test has started it: the next one begins without. */
async function stopKernels(page: Page): Promise<void> {
  const sessions = `${process.env['TARGET_URL']}/api/sessions`;
  const answer = await page.request.get(sessions);
  for (const { id, path } of (await answer.json()) as readonly { readonly id: string; readonly path: string }[]) {
    if (path === 'driftline-kernel') await page.request.delete(`${sessions}/${id}`);
  }
}
