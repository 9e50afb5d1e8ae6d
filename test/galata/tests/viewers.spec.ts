import { expectAccessibleInBothThemes } from './accessible.js';
import { expect, test } from './page.js';

test('each result file opens in its viewer by a double click', async ({ page, open, tmpPath }) => {
  expect(open).toBeDefined();
  await page.filebrowser.openDirectory(tmpPath);
  await page.filebrowser.refresh();
  for (const [name, heading, table] of [
    ['statistics.json', 'Statistics', 'Features'],
    ['monday_constraints.json', 'Constraints', 'Monitoring configuration'],
    ['constraint_violations.json', 'Constraint violations', 'Violations'],
    ['bias_constraint_violations.json', 'Constraint violations', 'Violations'],
    ['analysis.json', 'Analysis', 'Attributions of label0'],
    ['report.json', 'census-data-quality, 2026-03-05', 'Violations'],
  ] as const) {
    await page.getByRole('listitem', { name: new RegExp(`^Name: ${name}`) }).dblclick();
    const panel = page.locator('.jp-Document:visible .driftline-panel');
    await expect(panel.getByRole('heading', { name: heading })).toBeVisible();
    if (name === 'analysis.json') await panel.getByRole('button', { name: 'Table' }).last().click();
    await expect(panel.getByRole('table', { name: table })).toBeVisible();
  }
});

test('statistics show the distribution of the chosen feature', async ({ page, open }) => {
  await open('statistics.json');
  const panel = page.locator('.driftline-panel');
  await expect(panel.getByRole('img', { name: 'Histogram of price in 10 buckets.' })).toHaveAttribute(
    'data-drawn',
    'true',
  );
  await panel.getByRole('button', { name: 'state' }).click();
  const chart = panel.getByRole('img', { name: 'Bars by category of state.' });
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await expect(chart).toContainText('<b>not bold</b>');
});

test('the context menu opens the viewer, and editor and JSON tree stay on offer', async ({ page, open, tmpPath }) => {
  expect(open).toBeDefined();
  await page.filebrowser.openDirectory(tmpPath);
  await page.filebrowser.refresh();
  const item = page.getByRole('listitem', { name: /^Name: statistics\.json/ });
  const entry = (name: string) => page.locator('.lm-Menu-item', { has: page.getByText(name, { exact: true }) });
  await item.click({ button: 'right' });
  await entry('Open With').hover();
  await expect(entry('Editor')).toBeVisible();
  await expect(entry('JSON')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await item.click({ button: 'right' });
  await entry('Open in Driftline').click();
  await expect(page.locator('.driftline-panel').getByRole('heading', { name: 'Statistics' })).toBeVisible();
});

test('a broken file says so, and opens as text', async ({ page, open }) => {
  await open('broken.statistics.json');
  const panel = page.locator('.driftline-panel');
  await expect(panel.getByRole('alert')).toContainText('The file is not valid JSON');
  await panel.getByRole('button', { name: 'Open as text' }).click();
  await expect(page.locator('.jp-FileEditor .cm-content')).toContainText('"features"');
});

for (const name of ['statistics', 'monday_constraints', 'constraint_violations', 'analysis', 'broken.statistics']) {
  test(`axe-core has nothing serious to say of ${name}.json, in the light theme and the dark`, async ({
    page,
    open,
  }) => {
    await open(`${name}.json`);
    await expect(page.locator('.driftline-panel :is(h2, [role=alert])').first()).toBeVisible();
    await expectAccessibleInBothThemes(page, '.driftline-panel');
  });
}
