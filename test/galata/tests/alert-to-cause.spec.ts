import { rmSync } from 'node:fs';
import path from 'node:path';
import { galata } from '@jupyterlab/galata';
import type { Report } from '../../../kernel-lib/src/index.js';
import { demoProject, demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

const folder = 'alert';
const project = `${folder}/census`;
const monitor = 'census-data-quality';
const unseen = 'workclass/categorical_values_check';

// Galata would stand between the page and the server's kernels.
test.use({
  kernels: null,
  sessions: null,
  mockSettings: { ...galata.DEFAULT_SETTINGS, '@driftline/jupyterlab:plugin': { projects: [project] } },
});
test.beforeEach(() => demoProject(project));
test.afterAll(() =>
  rmSync(path.join(process.env['DRIFTLINE_ROOT'] ?? '', folder), { recursive: true, force: true, maxRetries: 10 }),
);

test('an alert is followed from the list of monitors to its records, and reproduced in a notebook', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.theme.setLightTheme();
  const report = demoReport<Report>(project, monitor, '2026-03-09');
  const violation = report.violations.find(({ id }) => id === unseen)!;

  // The list of monitors says which of them is in need.
  await page.getByRole('tab', { name: /^Monitors: / }).click();
  const item = page.getByRole('treeitem', { name: /^Data quality/ });
  await expect(item.locator('.driftline-status')).toHaveText(`${report.violations.length} violations`);
  await item.click();

  // Its dashboard has the worst findings of its last execution, and leads to all of them.
  const dashboard = page.locator('.driftline-dashboard:visible');
  await dashboard.getByRole('tab', { name: 'Overview' }).click();
  const card = dashboard.getByRole('article').first();
  await card.getByRole('button', { name: `${report.violations.length - 3} more in the report` }).click();
  await page.getByRole('button', { name: 'Follow the violation of workclass' }).click();

  // The violation has the records that carry it.
  const panel = page.locator('.driftline-violation:visible');
  await expect(panel.locator('header')).toContainText(
    `${(violation.measured * 100).toFixed(1)} % of the values of workclass are known to the baseline`,
  );
  await panel.getByRole('button', { name: 'Read the records' }).click();
  const records = panel.getByRole('table', { name: 'Captured records' });
  await expect(panel.getByText(`Records 1 to 50 of ${violation.rows}`)).toBeVisible({ timeout: 90_000 });
  const titles = await records.locator('thead th').allTextContents();
  const at = titles.indexOf('workclass') + 1;
  expect(await records.locator(`tbody tr td:nth-child(${at})`).allTextContents()).toEqual(Array(50).fill('Gig'));

  // The notebook measures the window again, and comes to the same number.
  await panel.getByRole('button', { name: 'Open in notebook' }).click();
  const name = `driftline-${monitor}-2026-03-09T00.ipynb`;
  await expect(page.getByRole('tab', { name })).toBeVisible();
  const { cells } = readJson<{ cells: { cell_type: string }[] }>(project, name);
  await page.evaluate(async () => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: { sessionContext: { ready: Promise<void> } };
    };
    await currentWidget.sessionContext.ready;
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
  });
  const codeCells = page.locator('.jp-Notebook:visible .jp-CodeCell');
  const count = cells.filter(({ cell_type }) => cell_type === 'code').length;
  await expect(codeCells).toHaveCount(count);
  await expect(codeCells.last().locator('.jp-InputPrompt')).toHaveText(`[${count}]:`, { timeout: 90_000 });
  const outputs = page.locator('.jp-Notebook:visible .jp-OutputArea-output');
  await expect(outputs.filter({ hasText: 'The finding is reproduced.' })).toContainText(
    `measured: ${violation.measured} stored, ${violation.measured} now`,
  );
  await expect(outputs.locator('.driftline-title .driftline-status').first()).toHaveText(
    `${report.violations.length} violations`,
  );
  await expect(page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')).toHaveCount(0);
});
