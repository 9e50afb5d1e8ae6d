import { expectAccessibleInBothThemes } from './accessible.js';
import { expect, test } from './page.js';

test('the plugins are active, and a start with them leaves no error in the console', async ({ page }) => {
  await page.reload();
  const active = await page.evaluate(() =>
    ['mime', 'files', 'plugin'].map((name) => window.jupyterapp.isPluginActivated(`@driftline/jupyterlab:${name}`)),
  );
  expect(active).toEqual([true, true, true]);
});

test('a stored report is drawn in its notebook, and follows the theme', async ({ page, open }) => {
  await open('sample.ipynb');
  const panel = page.locator('.jp-OutputArea .driftline-panel');
  await expect(panel.getByRole('heading', { name: 'census-data-quality, 2026-03-05' })).toBeVisible();
  await expect(panel.locator('.driftline-title .driftline-status').first()).toHaveText('4 violations');
  const chart = panel.getByRole('img', { name: /^Bar chart of the distance from the baseline/ });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await expect(chart.locator('.main-svg').first()).toBeVisible();
  const bar = chart.locator('.barlayer .point path').first();
  await expect(bar).toHaveCSS('fill', 'rgb(185, 56, 21)');
  await page.theme.setDarkTheme();
  await expect(bar).toHaveCSS('fill', 'rgb(255, 143, 107)');
  const width = (await chart.boundingBox())?.width ?? 0;
  expect((await chart.locator('.main-svg').first().boundingBox())?.width).toBeCloseTo(width, 0);
  await panel.getByRole('button', { name: 'Table' }).first().click();
  await expect(panel.getByRole('table', { name: 'Distance from the baseline by feature' })).toBeVisible();
});

test('baseline and current are overlaid, and drawn only when they come into view', async ({ page, open }) => {
  await page.setViewportSize({ width: 1280, height: 620 });
  await open('report.json');
  const distribution = page.getByRole('img', { name: /^Histograms of hours-per-week/ });
  const bars = page.getByRole('img', { name: /^Bar chart of the distance/ });
  await bars.scrollIntoViewIfNeeded();
  await expect(bars).toHaveAttribute('data-drawn', 'true');
  await expect(distribution).not.toHaveAttribute('data-drawn', 'true');
  await distribution.scrollIntoViewIfNeeded();
  await expect(distribution).toHaveAttribute('data-drawn', 'true');
  await expect(distribution.locator('.barlayer .trace')).toHaveCount(2);
});

test('a chart in a tab that was hidden comes back in the theme and the size of now', async ({ page, open }) => {
  await open('report.json');
  const chart = page.getByRole('img', { name: /^Bar chart of the distance/ });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await open('statistics.json');
  await expect(chart).toBeHidden();
  await page.theme.setDarkTheme();
  await page.sidebar.close('left');
  await page.activity.activateTab('report.json');
  await expect(chart.locator('.barlayer .point path').first()).toHaveCSS('fill', 'rgb(255, 143, 107)');
  const drawing = chart.locator('.main-svg').first();
  await expect
    .poll(
      async () => Math.abs(((await drawing.boundingBox())?.width ?? 0) - ((await chart.boundingBox())?.width ?? 0)) < 1,
    )
    .toBe(true);
});

test('the keyboard reaches everything in an output, and the notebook does not get its keys', async ({ page, open }) => {
  await open('sample.ipynb');
  const panel = page.locator('.jp-OutputArea .driftline-panel');
  const sort = panel.getByRole('button', { name: 'Measured' });
  await sort.focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('columnheader', { name: 'Measured' })).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Space');
  await expect(panel.getByRole('columnheader', { name: 'Measured' })).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(page.locator('.jp-Notebook .jp-CodeCell')).toHaveCount(1);
  await expect(page.locator('.jp-Notebook.jp-mod-editMode')).toHaveCount(0);

  await panel.getByRole('button', { name: 'workclass' }).first().focus();
  await page.keyboard.press('Enter');
  const heading = panel.locator('.driftline-detail h4').first();
  await expect(heading).toHaveText('workclass');
  await expect(heading).toBeFocused();
  await expect(panel.getByRole('img', { name: /Not in the baseline: Gig\.$/ })).toBeVisible();

  await panel.getByRole('searchbox', { name: 'Filter features' }).focus();
  await page.keyboard.type('edu');
  await expect(panel.locator('.driftline-list li:visible')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('education-num');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const focused = page.locator(':focus');
  await expect(focused).toHaveAccessibleName('Table');
  await page.keyboard.press('Enter');
  await expect(
    panel.getByRole('table', { name: 'Distribution of education-num on the bins of the baseline' }),
  ).toBeVisible();
});

test('a clean day, an empty window and a newer version each say what they are', async ({ page, open }) => {
  await open('others.ipynb');
  const panels = page.locator('.jp-OutputArea .driftline-panel');
  await expect(panels).toHaveCount(3);
  await expect(panels.nth(0)).toContainText('No violations in 15 features.');
  await expect(panels.nth(1)).toContainText('Nothing was captured in this window');
  await expect(panels.nth(2)).toContainText('This report is of version 2; this extension reads version 1.');
});

test('a panel of 300 pixels needs no sideways scrolling', async ({ page, open }) => {
  await page.setViewportSize({ width: 366, height: 900 });
  await open('report.json');
  await page.sidebar.close('left');
  const panel = page.locator('.driftline-panel');
  await expect(panel.locator('.driftline-chart').first()).toBeAttached();
  await expect
    .poll(() => panel.evaluate((node) => [node.clientWidth <= 310, node.scrollWidth <= node.clientWidth]))
    .toEqual([true, true]);
});

test('axe-core has nothing serious to say of a report, in the light theme and the dark', async ({ page, open }) => {
  await open('report.json');
  const chart = page.getByRole('img', { name: /^Histograms of hours-per-week/ });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await expectAccessibleInBothThemes(page, '.driftline-panel');
});
