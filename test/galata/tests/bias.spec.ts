import type { Locator } from '@playwright/test';
import { expectAccessibleInBothThemes } from './accessible.js';
import { expect, test } from './page.js';

/** Scrolls a chart into view, where it is drawn. */
async function expectDrawn(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await expect(chart.locator('.main-svg').first()).toBeVisible();
}

test('a bias report is drawn in its notebook, chart by chart, in the light theme and the dark', async ({
  page,
  open,
}) => {
  await open('bias.ipynb');
  const panel = page.locator('.jp-OutputArea .driftline-panel');
  await expect(panel.getByRole('heading', { name: 'census-bias, 2026-03-07' })).toBeVisible();
  for (const name of [
    /^Chart of 13 bias metrics of sex = Female/,
    /^Bar chart of what the change of/,
    /^Line chart of .* over the window/,
    /^Confusion matrices of both sides/,
    /^Heat map of DPPL/,
    /^Stacked bars by captured hour/,
  ]) {
    await expectDrawn(panel.getByRole('img', { name }));
  }
  const metrics = panel.getByRole('img', { name: /^Chart of 13 bias metrics/ });
  await expectDrawn(metrics);
  const violated = metrics.locator('.scatterlayer .point').filter({ visible: true });
  const fills = (): Promise<string[]> =>
    violated.evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).fill));
  expect(await fills()).toContain('rgb(185, 56, 21)');
  await page.theme.setDarkTheme();
  await expect.poll(fills).toContain('rgb(255, 143, 107)');
});

test('a violation leads to its group and metric, and the keyboard reaches the others', async ({ page, open }) => {
  await open('bias.report.json');
  const panel = page.locator('.driftline-panel');
  await panel.getByRole('button', { name: 'age > 40: GE' }).click();
  await expect(panel.locator('.driftline-facets h4').first()).toHaveText('age > 40');
  const heading = panel.locator('.driftline-metric h5').first();
  await expect(heading).toHaveText('Generalized Entropy (GE)');
  await expect(heading).toBeFocused();

  await panel.locator('.driftline-list button[aria-pressed=true]').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(panel.locator('.driftline-facets h4').first()).toHaveText('sex = Female');
  await panel.getByRole('button', { name: 'Before training' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'Labels: every metric before training' })).toBeVisible();
  await panel.getByRole('group', { name: 'Metric in full' }).getByRole('button', { name: 'CI' }).focus();
  await page.keyboard.press('Space');
  await expect(heading).toHaveText('Class Imbalance (CI)');
});

test('a click on a metric of the chart shows it in full', async ({ page, open }) => {
  await open('bias.report.json');
  const panel = page.locator('.driftline-panel');
  const chart = panel.getByRole('img', { name: /^Chart of 13 bias metrics/ });
  await expectDrawn(chart);
  // plotly.js hears the pointer on its drag layer, which lies over the marks.
  const mark = await chart.locator('.scatterlayer .trace').nth(1).locator('.point').first().boundingBox();
  await page.mouse.move(mark!.x + mark!.width / 2, mark!.y + mark!.height / 2);
  await page.mouse.click(mark!.x + mark!.width / 2, mark!.y + mark!.height / 2);
  await expect(panel.locator('.driftline-metric h5').first()).not.toHaveText(
    'Difference in Conditional Acceptance (DCA)',
  );
});

test('a bias report of 300 pixels needs no sideways scrolling', async ({ page, open }) => {
  await page.setViewportSize({ width: 366, height: 900 });
  await open('bias.report.json');
  await page.sidebar.close('left');
  const panel = page.locator('.driftline-panel');
  await expect(panel.locator('.driftline-chart').first()).toBeAttached();
  await expect
    .poll(() => panel.evaluate((node) => [node.clientWidth <= 310, node.scrollWidth <= node.clientWidth]))
    .toEqual([true, true]);
  await expectDrawn(panel.getByRole('img', { name: /^Chart of 13 bias metrics/ }));
});

test('analysis.json shows each group’s metrics, infinite ones and errors, and the attributions', async ({
  page,
  open,
}) => {
  await open('analysis.json');
  const panel = page.locator('.driftline-panel');
  const chart = panel.getByRole('img', { name: 'Chart of the bias metrics of sex = Female, around equal treatment.' });
  await expectDrawn(chart);
  await expect(chart).toContainText('∞');
  await panel.getByRole('button', { name: 'Table' }).first().click();
  await expect(panel.getByRole('cell', { name: 'Group variable is empty or not provided' })).toBeVisible();
  await panel.getByRole('button', { name: 'Table' }).last().click();
  await expect(panel.getByRole('rowheader', { name: '<b>not bold</b>' })).toBeVisible();
  await panel.getByRole('button', { name: 'age in (40, 90]' }).click();
  await expect(panel.getByRole('heading', { name: 'age in (40, 90]' })).toBeVisible();
});

test('axe-core has nothing serious to say of a bias report, in the light theme and the dark', async ({
  page,
  open,
}) => {
  await open('bias.report.json');
  await expect(page.locator('.driftline-panel').getByRole('heading', { name: 'Violations' })).toBeVisible();
  await expect(page.locator('.driftline-panel .driftline-late')).toHaveCount(0);
  await expectAccessibleInBothThemes(page, '.driftline-panel');
});
