import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test as galata } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';
import { demoProject } from './demo-project.js';
import { writeFiles } from './files.js';

export { expect } from '@jupyterlab/galata';

const root = process.env['DRIFTLINE_ROOT'] ?? '';

/**
 * A page of JupyterLab in which `open(name)` opens one of the files, in the light theme at the start. Every test ends
 * with the check that the console has no error.
 */
export const test = galata.extend<{
  /** The example project with a week of results in a folder of its own, by its path below the server's root. */
  demo: string;
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
  // Not in `tmpPath`, whose files Galata deletes one by one through the server.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  demo: async ({}, use, { testId }) => {
    // Those before are removed now: at their end, their page was still open and reading.
    for (const name of readdirSync(root).filter((each) => each.startsWith('demo-'))) {
      rmSync(path.join(root, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
    const folder = `demo-${testId}`;
    demoProject(folder);
    await use(folder);
  },
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
