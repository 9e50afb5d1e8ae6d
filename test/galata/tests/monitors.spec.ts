import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { galata, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { writeFleetProject } from '../../support/fleet-project.js';
import { expectAccessibleInBothThemes } from './accessible.js';
import { demoProject, demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

const root = process.env['DRIFTLINE_ROOT'] ?? '';
const demo = 'monitors/census';
const fleet = 'monitors/fleet';
const plugin = '@driftline/jupyterlab:plugin';

/** Never while a page that shows them is open; the server may be writing a checkpoint into them. */
const removeProjects = (): void =>
  rmSync(path.join(root, 'monitors'), { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

const rows = (page: IJupyterLabPageFixture): Locator => page.locator('.driftline-tree [role="treeitem"]');
const row = (page: IJupyterLabPageFixture, name: RegExp): Locator => page.getByRole('treeitem', { name });

async function openMonitors(page: IJupyterLabPageFixture): Promise<void> {
  await page.evaluate(() => window.jupyterapp.commands.execute('driftline:open-monitors'));
  await expect(rows(page).first()).toBeVisible();
}

/** Makes the left side bar so wide. */
async function widen(page: IJupyterLabPageFixture, width: number): Promise<void> {
  const handle = page.locator('#jp-main-split-panel > .lm-SplitPanel-handle:not(.lm-mod-hidden)').first();
  const box = (await handle.boundingBox())!;
  const panel = (await page.locator('.driftline-monitors').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + width - panel.width, box.y + 300);
  await page.mouse.up();
}

test.describe('of the example project', () => {
  test.use({ mockSettings: { ...galata.DEFAULT_SETTINGS, [plugin]: { projects: [demo] } } });
  test.beforeEach(() => {
    removeProjects();
    demoProject(demo);
  });
  test.afterAll(() => removeProjects());

  test('shows each monitor with the violations of its report, and opens its dashboard', async ({ page }) => {
    await openMonitors(page);
    await expect(page.locator('.driftline-monitors-summary')).toHaveText('1 of 1 endpoint has violations');
    for (const [title, monitor] of [
      ['Data quality', 'census-data-quality'],
      ['Model quality', 'census-model-quality'],
      ['Bias', 'census-model-bias'],
      ['Attribution', 'census-model-explainability'],
    ] as const) {
      const { violations, rule } = demoReport<Report>(demo, monitor, '2026-03-09');
      const count = violations.filter(({ rules }) => rules.includes(rule)).length;
      const words = count === 0 ? 'no violations' : `${count} violations`;
      await expect(row(page, new RegExp(`^${title} ${words} `))).toBeVisible();
      await expect(row(page, new RegExp(`^${title} `)).locator('.driftline-status')).toHaveText(words);
    }
    const trend = row(page, /^Data quality/).getByRole('img');
    await expect(trend).toHaveAccessibleName(/^7 executions since 3 Mar 2026: 2 without violations, 5 with violations/);

    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect(row(page, /^Data quality/)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('.driftline-main:visible')).toContainText('census-income');
  });

  test('is at home from 240 to 600 pixels, in light and dark, without a serious finding', async ({ page }) => {
    await openMonitors(page);
    for (const width of [240, 600]) {
      await widen(page, width);
      await expectAccessibleInBothThemes(page, '.driftline-monitors');
      const wider = await page
        .locator('.driftline-tree-scroll')
        .evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(wider).toBe(0);
    }
  });

  test('pauses and resumes a monitor in driftline.yaml, and leaves the comments', async ({ page }) => {
    const file = path.join(root, demo, 'driftline.yaml');
    const before = readFileSync(file, 'utf8');
    await openMonitors(page);
    await row(page, /^Bias/).hover();
    await row(page, /^Bias/).getByRole('button', { name: 'Pause' }).click();
    await expect(row(page, /^Bias paused Before it was paused: 7 violations/)).toBeVisible();
    const paused = readFileSync(file, 'utf8');
    expect(paused.split('\n').filter((line) => !before.split('\n').includes(line))).toEqual(['    paused: true']);
    expect(paused).toContain('# Women against men');

    const bias = row(page, /^Bias/);
    await bias.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await expect(row(page, /^Bias 7 violations/)).toBeVisible();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is as it was left after a reload', async ({ page }) => {
    await openMonitors(page);
    await page.getByRole('button', { name: /^no violations \d/ }).click();
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('combobox', { name: 'Order of endpoints' }).selectOption('By name');
    // The state is saved a moment later.
    await page.waitForTimeout(1500);
    await page.reload();
    await openMonitors(page);
    await expect(rows(page)).toHaveCount(2);
    await expect(row(page, /^Attribution/)).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Order of endpoints' })).toHaveValue('name');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(rows(page)).toHaveCount(5);
  });

  test('shows a mistake in driftline.yaml by line and column, and opens the file', async ({ page }) => {
    await openMonitors(page);
    const file = `${demo}/driftline.yaml`;
    const text = readFileSync(path.join(root, file), 'utf8').replace('type: model-bias', 'type: model-bais');
    const line = text.split('\n').findIndex((each) => each.includes('model-bais')) + 1;
    await page.contents.uploadContent(text, 'text', file);
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    const problem = page.locator('.driftline-monitors-problems');
    await expect(problem).toContainText('Project "census" has a problem');
    await expect(problem).toContainText(`${line}:11 monitors.census-model-bias.type`);
    // What was read before stays.
    await expect(row(page, /^Bias/)).toBeVisible();
    await problem.getByRole('button', { name: 'Open driftline.yaml' }).click();
    await expect(page.locator('.jp-FileEditor .cm-content')).toContainText('type: model-bais');
  });

  test.describe('with the kernel', () => {
    // Galata would stand between the page and the server's kernels.
    test.use({ kernels: null, sessions: null });

    test('runs a monitor now, and shows what it found', async ({ page }) => {
      await openMonitors(page);
      const monitor = 'census-model-explainability';
      await row(page, /^Attribution/).hover();
      await row(page, /^Attribution/)
        .getByRole('button', { name: 'Run now …' })
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: /^Back-fill/ }).check();
      const fields = dialog.locator('input[type="datetime-local"]:enabled');
      await fields.nth(1).fill('2026-03-01T00:00');
      await expect(dialog.getByRole('button', { name: 'Run' })).toBeDisabled();
      await fields.nth(0).fill('2026-03-10T00:00');
      await fields.nth(1).fill('2026-03-10T23:00');
      await expect(dialog.getByRole('status')).toContainText('1 execution is run');
      await dialog.getByRole('button', { name: 'Run' }).click();
      await expect(row(page, /^Attribution running …/)).toBeVisible();
      await expect(page.locator('.driftline-monitors-foot')).toContainText(/Kernel|Running/);
      await expect(row(page, /^Attribution no data .*Last 10 Mar/)).toBeVisible({
        timeout: 60_000,
      });
      const status = readJson<{ monitors: Record<string, { last: { outcome: string } }> }>(
        demo,
        'driftline-status.json',
      );
      expect(status.monitors[monitor]?.last.outcome).toBe('no-data');
      await page.evaluate(() => window.jupyterapp.commands.execute('driftline:stop-kernel'));
    });
  });
});

test.describe('of 500 endpoints', () => {
  test.use({ mockSettings: { ...galata.DEFAULT_SETTINGS, [plugin]: { projects: [fleet] } } });
  test.beforeAll(() => writeFleetProject(path.join(root, fleet), { endpoints: 500, features: 100, detailed: 1 }));
  test.afterAll(() => removeProjects());

  test('has only the rows in view on the page, and goes through all of them by keys', async ({ page }) => {
    await openMonitors(page);
    await expect.poll(() => page.evaluate(() => performance.getEntriesByName('driftline:monitors').length)).toBe(1);
    const ms = await page.evaluate(() => performance.getEntriesByName('driftline:monitors')[0]?.duration);
    process.stdout.write(`Monitors panel of 500 endpoints, from the command to the first rows: ${ms?.toFixed(0)} ms\n`);

    expect(await rows(page).count()).toBeLessThan(60);
    await page.keyboard.press('End');
    const last = rows(page).last();
    await expect(last).toBeFocused();
    await expect(last).toHaveAttribute('aria-posinset', '500');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await expect(rows(page).last()).toHaveAttribute('aria-level', '2');
    expect(await rows(page).count()).toBeLessThan(60);
  });

  test('is searched, filtered and sorted', async ({ page }) => {
    await openMonitors(page);
    const status = readJson<{ monitors: Record<string, { endpoint: string; last: { outcome: string } }> }>(
      fleet,
      'driftline-status.json',
    );
    const failed = Object.values(status.monitors).filter(({ last }) => last.outcome === 'failed');
    const chip = page.getByRole('button', { name: /^failed \d+$/ });
    await expect(chip).toHaveText(`failed ${failed.length}`);
    await chip.click();
    const endpoints = new Set(failed.map(({ endpoint }) => endpoint));
    await expect(page.locator('.driftline-monitors-left')).toContainText(`${endpoints.size} endpoints are shown.`);
    const search = page.getByRole('searchbox', { name: 'Search endpoints and monitors' });
    await search.fill([...endpoints][0]!);
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('combobox', { name: 'Order of endpoints' }).selectOption('By name');
    await expect(rows(page).first()).toHaveAccessibleName(/^churn-apac-01 /);
  });
});
