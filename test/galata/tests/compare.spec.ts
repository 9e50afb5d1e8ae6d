import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { expectAccessible } from './accessible.js';
import { demoProject, demoReport } from './demo-project.js';
import { expect, test } from './page.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const root = process.env['DRIFTLINE_ROOT'] ?? '';
const project = 'compare/census';

// Galata would stand between the page and the server's kernels.
test.use({ kernels: null, sessions: null });

test.beforeAll(() => demoProject(project));

async function open(page: Page, args: Record<string, unknown>): Promise<Locator> {
  await page.evaluate(async (given) => {
    await window.jupyterapp.commands.execute('driftline:compare', given as never);
  }, args);
  const panel = page.getByRole('article', { name: 'Comparison' });
  await panel.waitFor();
  return panel;
}

/** The value, not its interval and limit, of the cells of a row. */
async function valuesOf(row: Locator): Promise<string[]> {
  return row.locator('.driftline-compare-value').allTextContents();
}

const execution = (monitor: string, day: number): Record<string, string> => ({
  project,
  monitor,
  scheduledTime: `2026-03-0${day}T00:00:00Z`,
});

test('two executions stand side by side with what their reports measured, and can be swapped', async ({ page }) => {
  const monitor = 'census-data-quality';
  const panel = await open(page, { left: execution(monitor, 5), right: execution(monitor, 6) });
  const distance = (windowEnd: string): string => {
    const { features } = demoReport<Report>(project, monitor, windowEnd);
    const feature = features.find(({ name }) => name === 'hours-per-week')!;
    return feature.distances.find(({ threshold }) => threshold !== undefined)!.value.toFixed(3);
  };
  const [before, after] = [distance('2026-03-05'), distance('2026-03-06')];
  expect(before).not.toBe(after);
  const row = panel.locator('tr[data-measure="hours-per-week"]');
  await expect(row).toBeVisible();
  expect(await valuesOf(row)).toEqual([before, after]);
  await expect(panel.getByRole('heading', { name: 'Both windows over one another' })).toBeVisible();
  // Charts are drawn when they are seen.
  await panel.locator('.driftline-figure').first().scrollIntoViewIfNeeded();
  await expect(panel.locator('.driftline-figure .js-plotly-plot').first()).toBeVisible();
  await expectAccessible(page, '.driftline-compare');

  await panel.getByRole('button', { name: 'Swap' }).click();
  await expect.poll(() => valuesOf(row)).toEqual([after, before]);

  // The layout is saved a moment after it changed.
  await page.waitForTimeout(2_000);
  await page.reload({ waitForIsReady: false });
  await expect.poll(() => valuesOf(row), { timeout: 30_000 }).toEqual([after, before]);
});

test('metrics of model quality say whether they moved beyond chance', async ({ page }) => {
  const monitor = 'census-model-quality';
  const panel = await open(page, { left: execution(monitor, 4), right: execution(monitor, 6) });
  const [left, right] = ['2026-03-04', '2026-03-06'].map(
    (day) => demoReport<Report>(project, monitor, day).modelQuality!.metrics.find(({ name }) => name === 'precision')!,
  );
  const [a, b] = [left!.current!, right!.current!];
  const row = panel.locator('tr[data-measure="precision"]');
  await expect(row).toContainText(`${a.lower!.toFixed(3)} to ${a.upper!.toFixed(3)}`);
  await expect(row).toContainText(`${b.lower!.toFixed(3)} to ${b.upper!.toFixed(3)}`);
  const apart = a.upper! < b.lower! || b.upper! < a.lower!;
  await expect(row).toContainText(apart ? 'moved beyond chance' : 'within chance');
});

test('two windows are compared directly by the kernel', async ({ page }) => {
  test.setTimeout(180_000);
  const side = (day: number): Record<string, string> => ({
    project,
    endpoint: 'census-income',
    start: `2026-03-0${day}T00:00:00Z`,
    end: `2026-03-0${day + 1}T00:00:00Z`,
  });
  const panel = await open(page, { kind: 'windows', left: side(3), right: side(6) });
  await panel.getByRole('button', { name: 'Compare the windows' }).click();
  const report = panel.getByRole('article');
  await expect(report).toBeVisible({ timeout: 120_000 });

  const library = path.join(repository, 'kernel-lib/dist/index.js');
  const script = `
    import { openProject } from ${JSON.stringify(library)};
    const project = await openProject(${JSON.stringify(path.join(root, project))});
    const [baseline, current] = ${JSON.stringify([side(3), side(6)].map(({ project: _, ...window }) => window))};
    console.log(JSON.stringify(await project.compare({ baseline, current })));`;
  const expected = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', maxBuffer: 1e8 }),
  ) as Report;
  expect(expected.violations.length).toBeGreaterThan(0);
  await expect(report).toContainText(expected.headline);
  await expect(report).toContainText(expected.notes[0]!);

  await panel.getByRole('combobox', { name: 'Current: Variant' }).fill('B');
  await page.keyboard.press('Tab');
  await panel.getByRole('button', { name: 'Compare the windows' }).click();
  await expect(panel.getByRole('alert')).toContainText('The capture has no variant "B".', { timeout: 60_000 });
  await expect(panel.getByRole('alert')).toContainText('use one of: AllTraffic');
  await page.evaluate(() => window.jupyterapp.commands.execute('driftline:stop-kernel'));
});
