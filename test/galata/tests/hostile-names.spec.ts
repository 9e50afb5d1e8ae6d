import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Report } from '../../../kernel-lib/src/index.js';
import { demoReport } from './demo-project.js';
import { expect, test } from './page.js';

const feature = '<img src=x onerror=window.hostile=1>';
const facet = '<b onmouseover=window.hostile=2>sex</b>';
const category = '<img src=z onerror=window.hostile=3>';
const root = process.env['DRIFTLINE_ROOT'] ?? '';

// Galata would stand between the page and the server's kernels.
test.use({ kernels: null, sessions: null });

/** The example project in which a feature, a facet and a category that came have names that are markup. */
function hostileProject(project: string): void {
  const folder = path.join(root, project);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(json|jsonl|csv|yaml)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const quote = entry.name.endsWith('.yaml') ? "'" : '';
    const changed = text
      .replace(/\bworkclass\b/g, () => quote + feature + quote)
      .replace(/\bGig\b/g, category)
      .replace(/(?<=[",[]|- |name: )sex(?=[",\n/ ])/g, () => quote + facet + quote);
    if (changed !== text) writeFileSync(file, changed);
  }
}

/** Nothing of it became an element, and nothing of it ran. */
async function expectOnlyText(page: IJupyterLabPageFixture, words: string): Promise<void> {
  const markup = page.locator('img[src="x"], img[src="z"], [onerror], [onmouseover]');
  expect(await markup.count(), words).toBe(0);
  expect(await page.evaluate(() => (window as { hostile?: number }).hostile), words).toBeUndefined();
}

test('names that are markup are text in every panel', async ({ page, demo }) => {
  test.setTimeout(300_000);
  const project = demo;
  hostileProject(project);
  const endpoint = 'census-income';
  const run = (command: string, args: object): Promise<void> =>
    page.evaluate(
      async ([name, given]) => {
        await window.jupyterapp.commands.execute(name, given as never);
      },
      [command, args] as const,
    );
  const main = page.locator('.driftline-main:visible');
  const scheduledTime = '2026-03-08T00:00:00Z';

  for (const [tab, shown] of [
    ['overview', facet],
    ['data-quality', feature],
    ['model-quality', facet],
    ['bias', facet],
    ['attribution', feature],
    ['executions', feature],
  ] as const) {
    await run('driftline:open-dashboard', { project, endpoint, tab });
    await expect(main.getByText(shown, { exact: false }).first(), tab).toBeAttached();
    for (const chart of await main.locator('[role=tabpanel]:not([hidden]) .driftline-chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await expect(chart).toHaveAttribute('data-drawn', 'true');
    }
    await expectOnlyText(page, `dashboard ${tab}`);
  }

  for (const monitor of ['data-quality', 'model-quality', 'model-bias', 'model-explainability']) {
    const name = `census-${monitor}`;
    await run('driftline:open-execution', { project, monitor: name, scheduledTime });
    await expect(main.locator('.driftline-title').first()).toBeVisible();
    for (const chart of await main.locator('.driftline-chart:visible').all()) await chart.scrollIntoViewIfNeeded();
    await expectOnlyText(page, `report of ${name}`);
    await run('driftline:edit-constraints', { project, monitor: name });
    await expect(main.getByRole('heading', { name: /^Limits/ }).first()).toBeVisible();
    await expectOnlyText(page, `limits of ${name}`);
    const [first] = demoReport<Report>(project, name, '2026-03-08').violations;
    if (first === undefined) continue;
    await run('driftline:open-violation', { project, monitor: name, scheduledTime, violation: first.id });
    await expect(main.locator('header').first()).toBeVisible();
    await expectOnlyText(page, `violation of ${name}`);
  }

  const violation = `${feature}/categorical_values_check`;
  const { rows } = demoReport<Report>(project, 'census-data-quality', '2026-03-08').violations.find(
    ({ id }) => id === violation,
  )!;
  await run('driftline:open-violation', { project, monitor: 'census-data-quality', scheduledTime, violation });
  await expect(main.getByRole('heading', { name: feature, level: 2 })).toBeVisible();
  await main.getByRole('button', { name: 'Read the records' }).click();
  await expect(main.getByText(`Records 1 to 50 of ${rows}`)).toBeVisible({ timeout: 90_000 });
  await expect(main.getByRole('cell', { name: category }).first()).toBeVisible();
  await expectOnlyText(page, 'records');
  await main.getByRole('button', { name: 'Open in notebook' }).click();
  await expect(page.locator('.jp-Notebook:visible .jp-MarkdownOutput h1').first()).toContainText(feature);
  await expectOnlyText(page, 'notebook');

  const execution = { project, monitor: 'census-data-quality', scheduledTime };
  await run('driftline:compare', { left: { ...execution, scheduledTime: '2026-03-04T00:00:00Z' }, right: execution });
  await expect(main.getByText(feature).first()).toBeVisible();
  await expectOnlyText(page, 'compare');

  const results = `${project}/reports/${endpoint}/census-data-quality/2026/03/08/00`;
  for (const [file, shown] of [
    [`${results}/statistics.json`, feature],
    [`${results}/constraint_violations.json`, feature],
    [`${project}/baseline/census-data-quality/constraints.json`, feature],
    [`${project}/baseline/census-model-bias/analysis.json`, facet],
    [`${project}/capture/${endpoint}/AllTraffic/2026/03/07/10/${captured(project)}`, feature],
  ] as const) {
    await run('docmanager:open', { path: file });
    const viewer = page.locator('.jp-MainAreaWidget:visible, .jp-Document:visible');
    await expect(viewer.getByText(shown).first(), file).toBeAttached();
    await expectOnlyText(page, file);
  }

  await run('driftline:open-monitors', {});
  await expectOnlyText(page, 'monitors');
});

/** A file of captured requests with a category that came. */
function captured(project: string): string {
  return readdirSync(path.join(root, project, 'capture/census-income/AllTraffic/2026/03/07/10'))[0]!;
}
