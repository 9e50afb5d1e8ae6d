import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page.js';

const project = fileURLToPath(new URL('../../..', import.meta.url));

const folder = 'walkthrough';

/**
 * A notebook beside an example project of its own, as `npm start` leaves it. The packages are linked outside the
 * server's files, where no clean-up of a test can reach them.
 */
function prepare(files: string, notebook: string): void {
  mkdirSync(path.join(files, folder), { recursive: true });
  cpSync(path.join(project, 'notebooks', notebook), path.join(files, folder, notebook));
  const packages = path.join(files, '..', 'node_modules');
  if (!existsSync(packages)) symlinkSync(path.join(project, 'node_modules'), packages);
  const census = path.join(files, folder, 'census');
  const driftline = path.join(project, 'kernel-lib/bin/driftline.js');
  if (!existsSync(census)) execFileSync(process.execPath, [driftline, 'demo', census, '--quiet']);
}

/** Opens a notebook, runs all of it, and gives the reports it draws, of which there are two. */
async function runAll(page: Page, notebook: string): Promise<Locator> {
  prepare(process.env['DRIFTLINE_ROOT'] ?? '', notebook);
  await page.evaluate(
    (name) => window.jupyterapp.commands.execute('docmanager:open', { path: name }),
    `${folder}/${notebook}`,
  );
  await page.waitForSelector('.jp-NotebookPanel .jp-Cell');
  await page.evaluate(async () => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: { sessionContext: { ready: Promise<void> } };
    };
    await currentWidget.sessionContext.ready;
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
  });
  const reports = page.locator('.jp-OutputArea .driftline-panel');
  await expect(reports).toHaveCount(2, { timeout: 60_000 });
  return reports;
}

async function expectStatus(report: Locator, words: string): Promise<void> {
  const status = report.locator('.driftline-title .driftline-status').first();
  await status.scrollIntoViewIfNeeded();
  await expect(status).toHaveText(words);
}

test('the first notebook runs top to bottom in tslab, and draws a quiet day and the day of the alert', async ({
  page,
}) => {
  const reports = await runAll(page, '01-data-quality.ipynb');
  await expectStatus(reports.nth(0), 'No violations');
  await expectStatus(reports.nth(1), '3 violations');
  await expect(reports.nth(1).getByRole('cell', { name: /"Gig" \(\d+ rows\)/ })).toBeVisible();
  await expect(page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]')).toHaveCount(0);
});

test('the second notebook draws a day on which the model is good, and one on which it is worse for one group', async ({
  page,
}) => {
  const reports = await runAll(page, '02-model-quality.ipynb');
  await expectStatus(reports.nth(0), 'No violations');
  await expectStatus(reports.nth(1), '8 violations');
  const group = reports.nth(1).getByText('sex = Female', { exact: true }).first();
  await group.scrollIntoViewIfNeeded();
  await expect(group).toBeVisible();
  await expect(page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]')).toHaveCount(0);
});

test('the third notebook finds the group of people whom the model fails, and draws it', async ({ page }) => {
  const reports = await runAll(page, '03-bias-drift.ipynb');
  await expectStatus(reports.nth(0), 'No violations');
  await expectStatus(reports.nth(1), '7 violations');
  const finding = reports.nth(1).getByText('sex = Female', { exact: true }).first();
  await finding.scrollIntoViewIfNeeded();
  await expect(finding).toBeVisible();
  await expect(page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]')).toHaveCount(0);
});
