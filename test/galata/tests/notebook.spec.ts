import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './page.js';

const project = fileURLToPath(new URL('../../..', import.meta.url));

const folder = 'walkthrough';

/**
 * The first notebook beside an example project of its own, as `npm start` leaves it. The packages are linked outside the
 * server's files, where no clean-up of a test can reach them.
 */
function prepare(files: string): void {
  mkdirSync(path.join(files, folder), { recursive: true });
  cpSync(path.join(project, 'notebooks/01-data-quality.ipynb'), path.join(files, folder, '01-data-quality.ipynb'));
  symlinkSync(path.join(project, 'node_modules'), path.join(files, '..', 'node_modules'));
  const driftline = path.join(project, 'kernel-lib/bin/driftline.js');
  execFileSync(process.execPath, [driftline, 'demo', path.join(files, folder, 'census'), '--quiet']);
}

test('the first notebook runs top to bottom in tslab, and draws a quiet day and the day of the alert', async ({
  page,
}) => {
  prepare(process.env['DRIFTLINE_ROOT'] ?? '');
  await page.evaluate(
    (notebook) => window.jupyterapp.commands.execute('docmanager:open', { path: notebook }),
    `${folder}/01-data-quality.ipynb`,
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
  const title = (index: number) => reports.nth(index).locator('.driftline-title .driftline-status').first();
  await title(0).scrollIntoViewIfNeeded();
  await expect(title(0)).toHaveText('No violations');
  await title(1).scrollIntoViewIfNeeded();
  await expect(title(1)).toHaveText('3 violations');
  await expect(reports.nth(1).getByRole('cell', { name: /"Gig" \(\d+ rows\)/ })).toBeVisible();
  await expect(page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]')).toHaveCount(0);
});
