import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { expectAccessibleInBothThemes } from './accessible.js';
import { driftline, readJson } from './demo-project.js';
import { expect, test } from './page.js';

const serverRoot = process.env['DRIFTLINE_ROOT'] ?? '';
const names = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'].map(
  (type) => `census-income-${type}`,
);

/** The example project's data, and nothing that was made of them. */
function demoData(folder: string): void {
  const place = path.join(serverRoot, folder);
  for (const name of ['driftline.yaml', 'driftline-status.json', 'reports', '.driftline']) {
    rmSync(path.join(place, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(path.join(place, 'baseline'), { withFileTypes: true })) {
    if (name.isDirectory()) rmSync(path.join(place, 'baseline', name.name), { recursive: true });
  }
}

/** Violations that a list shows: their ids. */
const shown = (list: Locator): Promise<(string | null)[]> =>
  list.locator('li').evaluateAll((items) => items.map((item) => item.getAttribute('data-violation')));

// Galata would stand between the page and the server's kernels.
test.use({ kernels: null, sessions: null });

test('from a training file and a capture to the violations of the first check, by the keyboard', async ({
  page,
  demo,
}) => {
  test.setTimeout(240_000);
  demoData(demo);
  const look = async (name: string): Promise<void> => {
    if (process.env['DRIFTLINE_LOOK'] === undefined) return;
    const folder = process.env['DRIFTLINE_LOOK'];
    for (const width of [1280, 420]) {
      await page.setViewportSize({ width: width === 420 ? 760 : 1600, height: 1000 });
      for (const theme of ['light', 'dark']) {
        await (theme === 'light' ? page.theme.setLightTheme() : page.theme.setDarkTheme());
        await page.waitForTimeout(400);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-${theme}.png`) });
      }
    }
    await page.theme.setLightTheme();
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  await page.theme.setLightTheme();
  await page.evaluate(async (project) => {
    await window.jupyterapp.commands.execute('driftline:set-up', { project });
  }, demo);
  const panel = page.locator('.driftline-setup');
  const step = (name: string): Locator => panel.getByRole('heading', { name });
  await expect(step('1. Data')).toBeVisible();

  await panel.getByLabel('Training file').focus();
  await page.keyboard.type(`${demo}/baseline/none.csv`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${demo}/capture/census-income`);
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('There is no file', { timeout: 60_000 });
  await panel.getByLabel('Training file').fill(`${demo}/baseline/validation.csv`);
  await panel.getByLabel('Ground truth').fill(`${demo}/ground-truth/census-income`);
  await panel.getByLabel('Model (optional)').fill(`${demo}/model/census-model.json`);
  await look('1-data');
  await page.keyboard.press('Enter');

  await expect(step('2. Columns')).toBeFocused({ timeout: 60_000 });
  await expect(panel.getByLabel('Column of Input 1', { exact: true })).toHaveValue('age');
  await expect(panel.getByLabel('Label', { exact: true })).toHaveValue('income');
  await expect(panel.getByLabel('The label that means yes')).toHaveValue('1');
  await expectAccessibleInBothThemes(page, '.driftline-setup');
  await look('2-columns');
  await panel.getByRole('button', { name: 'Choose monitors' }).click();

  await expect(panel.getByRole('checkbox', { name: 'Attribution' })).toBeChecked();
  await panel.getByRole('radio', { name: 'Every hour' }).check();
  await panel.getByRole('radio', { name: 'Every day at' }).check();
  await expect(panel.getByRole('list', { name: 'The next executions' }).getByRole('listitem')).toHaveCount(3);
  await expectAccessibleInBothThemes(page, '.driftline-setup');
  await look('3-monitors');
  await panel.getByRole('button', { name: 'Back' }).click();
  await expect(panel.getByLabel('Label', { exact: true })).toHaveValue('income');
  await panel.getByRole('button', { name: 'Choose monitors' }).click();
  await panel.getByRole('button', { name: 'Review' }).click();

  const yaml = panel.getByLabel('driftline.yaml', { exact: true });
  await expect(yaml).toContainText('dataset: baseline/validation.csv');
  await look('4-review');
  const text = await yaml.textContent();
  await panel.getByRole('button', { name: 'Create and run the first check' }).click();

  await expect(step('The first check is done')).toBeVisible({ timeout: 120_000 });
  expect(readFileSync(path.join(serverRoot, demo, 'driftline.yaml'), 'utf8')).toBe(text);
  const config = JSON.parse(driftline('validate', '--json', '--project', path.join(serverRoot, demo))) as {
    readonly monitors: object;
  };
  expect(Object.keys(config.monitors)).toEqual(names);
  let found = 0;
  for (const monitor of names) {
    const report = readJson<Report>(demo, 'reports/census-income', monitor, '2026/03/09/00/report.json');
    const ids = report.violations.filter(({ rules }) => rules.includes(report.rule)).map(({ id }) => id);
    found += ids.length;
    expect(await shown(panel.getByRole('list', { name: `Violations of ${monitor}` }))).toEqual(ids.slice(0, 10));
    const words = ids.length === 0 ? 'No violations' : new RegExp(`^${ids.length} violations?$`);
    await expect(panel.getByRole('region', { name: monitor }).getByText(words)).toBeVisible();
  }
  expect(found).toBeGreaterThan(3);
  await expectAccessibleInBothThemes(page, '.driftline-setup');
  await look('5-result');
  await panel.getByRole('button', { name: 'Open the report' }).first().click();
  await expect(page.getByRole('tab', { name: new RegExp(names[0]!) })).toBeVisible();
});

test('monitors are added to an endpoint that has none, and what the project says stays', async ({ page, demo }) => {
  demoData(demo);
  const file = path.join(serverRoot, demo, 'driftline.yaml');
  writeFileSync(file, 'version: 1\nendpoints:\n  census:\n    capture: capture/census-income # ours\nmonitors: {}\n');
  await page.evaluate(async (project) => {
    await window.jupyterapp.commands.execute('driftline:set-up', { project, endpoint: 'census' });
  }, demo);
  const panel = page.locator('.driftline-setup');
  await expect(panel.getByLabel('Capture')).toHaveValue(`${demo}/capture/census-income`);
  await panel.getByLabel('Training file').fill(`${demo}/baseline/training.csv`);
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Choose monitors' }).click();
  await expect(panel.getByRole('checkbox', { name: 'Model quality' })).toBeDisabled();
  await panel.getByRole('button', { name: 'Review' }).click();
  await expect(panel.getByLabel('driftline.yaml', { exact: true })).toContainText(
    'capture: capture/census-income # ours',
  );
  await expect(panel.getByLabel('driftline.yaml', { exact: true })).toContainText('census-data-quality:');
});
